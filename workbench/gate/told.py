"""The checks of the gate as lines of text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from workbench.inert import inert
from workbench.language import Say, check_word, words

__all__ = ["gate_lines"]

_MARKS = {"passed": "✓", "failed": "✗", "needs_answer": "?"}
_SHOWN = 8
# Chinese characters are twice as wide.
_WIDTH = {"en": 98, "zh": 49}


def gate_lines(checks: pd.DataFrame, language: str, *, questions: bool = False) -> list[str]:
    """What `checks` gives, to be printed: each check, what to do, and what holds the appeal back.

    With `questions` also those that are open, with the code by which they are answered.
    """
    say = words("gate", language)
    rows = checks.to_dict("records")
    lines = [line for row in rows for line in _check(row, say, language, questions=questions)]
    held = [str(row["check"]) for row in rows if row["blocking"] and row["state"] != "passed"]
    last = (
        say(
            "Held back by the checks marked ★ that have not passed: {numbers}.",
            numbers=", ".join(held),
        )
        if held
        else say("Nothing holds the appeal back.")
    )
    return [*lines, "", last]


def _check(row: Mapping[Any, Any], say: Say, language: str, *, questions: bool) -> Iterator[str]:
    star = "★" if row["blocking"] else " "
    state = f"{_MARKS[row['state']]} {check_word(say, row['state'])}"
    yield f"{row['check']:>2} {star} {state}: {row[f'title_{language}']}"
    yield _indented(row[language], language)
    if row["state"] != "passed":
        yield _indented(say("To do: {do}", do=row[f"do_{language}"]), language)
        if row["orders"]:
            yield _indented(say("Orders: {orders}", orders=_listed(row["orders"])), language)
    for one in row["questions"] if questions else ():
        if one["state"] != "passed":
            yield from _question(one, say, language)


def _question(one: Mapping[str, Any], say: Say, language: str) -> Iterator[str]:
    of = "" if one["subject"] == "case" else f" --{one['subject']} {one['subject_id']}"
    yield _indented(say("Asked: {code}", code=f"{one['code']}{of}"), language)
    yield _indented(one[language], language, 7)
    if one["quote"]:
        # What strangers wrote must not be able to speak to the terminal.
        yield _indented(f"“{inert(one['quote'])}”", language, 7)


def _listed(orders: list[str]) -> str:
    more = len(orders) - _SHOWN
    return ", ".join(orders[:_SHOWN]) + (f" (+{more})" if more > 0 else "")


def _indented(text: str, language: str, by: int = 5) -> str:
    margin = " " * by
    return textwrap.fill(text, _WIDTH[language], initial_indent=margin, subsequent_indent=margin)
