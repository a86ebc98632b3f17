"""What names a column of a table but cannot be read as it, and why it is left unread."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.language import LANGUAGES, Say, words
from workbench.load.cells import word_key
from workbench.load.looks import filled_cells
from workbench.load.names import GRAMS, name_key, names_of, split_unit, unread_words

__all__ = ["remarks"]


def remarks(
    headers: Sequence[str], sample_rows: Sequence[Sequence[str]], table: str
) -> dict[str, list[str]]:
    """By language, one line per header that is left unread for a reason; {} without any."""
    told: dict[str, list[str]] = {}
    for language in LANGUAGES:
        say = words("load", language)
        lines = (
            _unread(header, [row[at] for row in sample_rows if at < len(row)], table, say)
            for at, header in enumerate(headers)
        )
        told[language] = [line for line in lines if line]
    return told if any(told.values()) else {}


def _unread(header: str, cells: Sequence[str], table: str, say: Say) -> str:
    names, (name, unit) = names_of(table), split_unit(header)
    key = name_key(name)
    column, _ = names.columns.get(key) or names.maybe.get(key) or ("", 0)
    filled = sorted(set(filled_cells(cells)))
    if not column or not filled:
        return ""
    if column.endswith("_g") and unit not in GRAMS:
        return say(
            "{header} has no unit: head it {header}(kg) or {header}(g); until then it is not read.",
            header=header.strip(),
        )
    if {word_key(cell) for cell in filled} <= unread_words(table, column):
        return say(
            "{header} grades in words ({words}) that say no number of stars; {column} stays empty.",
            header=header.strip(),
            words=", ".join(filled),
            column=column,
        )
    if key in names.maybe:
        return say(
            "{header} may be {column}, but the name alone does not say: a mapping can.",
            header=header.strip(),
            column=column,
        )
    return ""
