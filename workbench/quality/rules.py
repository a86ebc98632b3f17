"""The rules of impossible and odd values, read once from `rules.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["RULES", "Condition", "Rule"]

_TESTS = frozenset(
    [
        "one_of",
        "matches",
        "filled",
        "earlier_than",
        "later_than",
        "less_than",
        "more_than",
        "equals",
    ]
)


@dataclass(frozen=True)
class Condition:
    """One comparison of a cell: `test` is what it is held to, `value` the other side."""

    test: str
    value: Any
    column: str = ""

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Condition:
        """From a table of `rules.toml`; raises ValueError unless it has exactly one test."""
        tests = [name for name in raw if name != "column"]
        if len(tests) != 1 or tests[0] not in _TESTS:
            raise ValueError(
                f"a condition needs one test of {', '.join(sorted(_TESTS))}, not {tests}"
            )
        return cls(tests[0], raw[tests[0]], raw.get("column", ""))


@dataclass(frozen=True)
class Rule:
    """One rule; see the head of `rules.toml` for its parts."""

    code: str
    of: str
    severity: str
    odd: Condition
    title: Mapping[str, str]
    innocent: Mapping[str, str]
    do: Mapping[str, str]
    among: tuple[Condition, ...] = ()
    columns: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    type: str = ""
    excepted: frozenset[str] = field(default_factory=frozenset)


def _read() -> Mapping[str, Rule]:
    with Path(__file__).with_name("rules.toml").open("rb") as file:
        raw = tomllib.load(file)["rule"]
    return {entry["code"]: _rule(entry) for entry in raw}


def _rule(entry: dict[str, Any]) -> Rule:
    given = dict(entry)
    given["odd"] = Condition.read(given["odd"])
    given["among"] = tuple(Condition.read(one) for one in given.get("among", []))
    given["excepted"] = frozenset(given.pop("except", []))
    for name in ("columns", "shown", "needs"):
        given[name] = tuple(given.get(name, ()))
    return Rule(**given)


RULES: Mapping[str, Rule] = _read()
