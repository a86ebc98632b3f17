"""The checks, the ladder and the clocks as lines of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from workbench.language import LANGUAGES, Say, check_word, step_word, words
from workbench.procedure.procedural_checks import not_advice

__all__ = ["procedure_lines"]


def procedure_lines(
    checks: pd.DataFrame,
    ladder: pd.DataFrame,
    clocks: pd.DataFrame,
    conduct: pd.DataFrame,
    language: str = "zh",
) -> list[str]:
    """Everything about the procedure, to be printed; it ends with `not_advice` in both languages.

    The frames are those of `procedural_checks`, `ladder`, `record_clocks` and `conduct_law`.
    """
    say = words("procedure", language)
    counts = checks["state"].value_counts()
    lines = [
        say(
            "Procedural checks: {failed} failed, {open} need an answer, {passed} passed, {none} do "
            "not apply.",
            failed=int(counts.get("failed", 0)),
            open=int(counts.get("needs_answer", 0)),
            passed=int(counts.get("passed", 0)),
            none=int(counts.get("not_applicable", 0)),
        )
    ]
    for row in checks.to_dict("records"):
        lines += ["", *_check(row, language, say)]
    lines += ["", say("The law of the orders' days")]
    lines += [f"  {text}" for text in conduct[language]] or [f"  {_nothing(say)}"]
    lines += ["", say("What comes next")]
    for row in ladder.to_dict("records"):
        lines.append(f"  [{step_word(say, row['state'])}] {row[language]}")
        lines.append(f"      {row[f'clock_{language}']}")
        lines.append(f"      {row[f'hook_{language}']} ({row['confidence']})")
    lines += ["", say("Until when records are kept")]
    lines += [f"  {text}" for text in clocks[language]]
    return [*lines, "", *(not_advice(one) for one in LANGUAGES)]


def _check(row: Mapping[Any, Any], language: str, say: Say) -> list[str]:
    state = str(row["state"])
    lines = [f"{row['code']} [{check_word(say, state)}] {row[f'question_{language}']}"]
    lines.append(f"    {row[f'told_{language}']}")
    if state == "needs_answer":
        lines.append(f"    {say('To do: {ask}', ask=row[f'ask_{language}'])}")
    hook = row[f"hook_{language}"]
    if hook:
        lines.append(f"    {say('Rests on: {hook}', hook=hook)} ({row['confidence']})")
    return lines


def _nothing(say: Say) -> str:
    return say("None of the listed orders is in the loaded data.")
