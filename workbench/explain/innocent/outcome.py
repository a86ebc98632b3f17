"""What an innocent explanation is, and what its test answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from workbench.language import Say, words
from workbench.tables import Tables

__all__ = ["InnocentTest", "Outcome", "Result", "each", "failed", "passed", "percent", "undecided"]

Result = Literal["passed", "failed", "not_available"]
Tell = Callable[[Say], str]


@dataclass(frozen=True)
class Outcome:
    """Whether the explanation fits (passed: it speaks for the shop), and why, in two languages.

    `p_value` is set where the test itself found a contradiction that chance seldom makes.
    """

    result: Result
    zh: str
    en: str
    p_value: float | None = None


@dataclass(frozen=True)
class InnocentTest:
    """One innocent explanation and how it is tested.

    Parameters
    ----------
    name
        Its name in `rules.toml`, in groups.parquet and in the pack.
    needs
        Columns without which it cannot be told, as "table.column".
    prepare
        Takes the tables and the order lines of all groups (`members`) and gives the shop's own
        normal, once for all groups.
    judge
        Takes the order lines of the groups that call for it, with a column `group` (a number; an
        order of two groups is there twice), and what `prepare` gave. Answers for every group.
    """

    name: str
    needs: tuple[str, ...]
    prepare: Callable[[Tables, pd.DataFrame], Any]
    judge: Callable[[pd.DataFrame, Any], dict[int, Outcome]]


def passed(tell: Tell) -> Outcome:
    """The explanation fits the data."""
    return Outcome("passed", tell(words("explain", "zh")), tell(words("explain", "en")))


def failed(tell: Tell, p_value: float | None = None) -> Outcome:
    """The data contradict the explanation."""
    return Outcome("failed", tell(words("explain", "zh")), tell(words("explain", "en")), p_value)


def undecided(tell: Tell) -> Outcome:
    """The data cannot tell; a paper has to."""
    return Outcome("not_available", tell(words("explain", "zh")), tell(words("explain", "en")))


def each(figures: pd.DataFrame, judge: Callable[[Any], Outcome]) -> dict[int, Outcome]:
    """What `judge` says of each row of `figures`, whose index is the number of the group."""
    return {
        group: judge(row)
        for group, row in zip(figures.index.tolist(), figures.itertuples(), strict=True)
    }


def percent(share: float) -> str:
    """A share as a reader meets it: 0.616 gives "62 %"."""
    return f"{100 * share:.0f} %"
