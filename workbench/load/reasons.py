"""Why a header is proposed for a column, in words."""

from __future__ import annotations

from collections.abc import Callable

from workbench.language import LANGUAGES, Say, words
from workbench.tables import Column

__all__ = ["in_words", "named", "shaped"]


def in_words(line: Callable[[Say], str]) -> dict[str, str]:
    """A sentence in every language; `line` says it with the words of one."""
    return {language: line(words("load", language)) for language in LANGUAGES}


def named(
    say: Say, column: Column, header: str, origin: str, seen: tuple[int, int], *, sure: bool
) -> str:
    """Why a header was taken for a column by its name.

    `origin` is canonical, usual or the title of an export; `seen` counts the cells that have the
    column's type, and all that are filled.
    """
    caller = {
        "canonical": say("the canonical table"),
        "usual": say("a usual list of this kind"),
    }.get(origin, origin)
    if sure:
        told = say("the header {header} is what {origin} calls it", header=header, origin=caller)
    else:
        told = say("the header {header} may mean it; a person must say", header=header)
    if column.type == "text" or not seen[1]:
        return told
    return told + _counted(say, column, *seen)


def _counted(say: Say, column: Column, count: int, filled: int) -> str:
    return say(
        "; {count} of {filled} cells are {kind}",
        count=count,
        filled=filled,
        kind=_kind(say, column),
    )


def shaped(say: Say, column: Column, count: int, filled: int) -> str:
    """Why a header was taken for a column by the shape of its cells."""
    return say(
        "no header names it, but {count} of {filled} cells look like {kind}; a person must say",
        count=count,
        filled=filled,
        kind=_kind(say, column),
    )


def _kind(say: Say, column: Column) -> str:
    by_name = {
        "order_id": say("order numbers"),
        "tracking_no": say("waybill numbers"),
        "phone": say("mobile numbers"),
        "address": say("addresses"),
        **dict.fromkeys(("status", "speaker", "direction", "state", "kind"), say("known words")),
    }
    by_type = {
        "time": say("times"),
        "date": say("dates"),
        "money": say("amounts"),
        "integer": say("whole numbers"),
        "number": say("numbers"),
    }
    return by_name.get(column.name) or by_type.get(column.type, column.type)
