"""The SQL of a rule's conditions, and the same asked of a text."""

from __future__ import annotations

import re
from collections.abc import Callable

from workbench.load.cells import listed, quoted, word_key
from workbench.load.rules import Condition

__all__ = ["condition_sql", "holds_of"]


def condition_sql(
    condition: Condition,
    cell_of: Callable[[str], str | None],
    pointed: Callable[[str, str], str] = lambda _, cell: cell,
) -> str:
    """SQL that is true or false, never NULL; `cell_of` gives the cell under a header.

    `pointed` gives, for a header and its cell, the cell as a number with a decimal point.
    A header that the file lacks counts as an empty cell.
    """
    if condition.continued is not None:
        return "continued" if condition.continued else "NOT continued"
    cell = cell_of(condition.header) or "NULL::VARCHAR"
    number = f"amount({pointed(condition.header, cell)})"
    tests = []
    if condition.one_of:
        words = listed([word_key(word) for word in condition.one_of])
        tests.append(f"word({cell}) IN ({words})")
    if condition.none_of:
        words = listed([word_key(word) for word in condition.none_of])
        tests.append(f"word({cell}) NOT IN ({words})")
    for name, text in (
        ("prefix", condition.starts_with),
        ("suffix", condition.ends_with),
        ("contains", condition.contains),
    ):
        if text:
            tests.append(f"{name}(word({cell}), {quoted(word_key(text))})")
    if condition.matches:
        tests.append(f"regexp_full_match({cell}, {quoted(condition.matches)})")
    if condition.negative is not None:
        tests.append(f"({number} < 0) = {condition.negative}")
    if condition.zero is not None:
        # What cannot be read as an amount is not nothing.
        tests.append(f"({cell} IS NULL OR coalesce({number} = 0, false)) = {condition.zero}")
    if condition.filled is not None:
        tests.append(f"{cell} IS {'NOT ' if condition.filled else ''}NULL")
    return f"coalesce({' AND '.join(tests) or 'true'}, false)"


def holds_of(condition: Condition, text: str) -> bool:
    """Whether a condition about the words of a cell holds of `text`; false of any other."""
    word = word_key(text)
    tests = []
    if condition.one_of:
        tests.append(word in map(word_key, condition.one_of))
    if condition.starts_with:
        tests.append(word.startswith(word_key(condition.starts_with)))
    if condition.ends_with:
        tests.append(word.endswith(word_key(condition.ends_with)))
    if condition.contains:
        tests.append(word_key(condition.contains) in word)
    if condition.matches:
        tests.append(re.fullmatch(condition.matches, text, re.DOTALL) is not None)
    return bool(tests) and all(tests)
