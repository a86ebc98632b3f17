"""How findings are weighed and which innocent explanations apply, from `rules.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

__all__ = [
    "CALIBRATION",
    "CUTS",
    "ECHOES",
    "MERGING",
    "NULL",
    "TESTS",
    "WEIGHING",
    "Rule",
    "Signal",
    "signal",
]


@dataclass(frozen=True)
class Rule:
    """One innocent explanation.

    `factor` multiplies the evidence of a signal when the explanation fits; `explains` tells
    whether it then accounts for the whole oddity or only speaks for the shop; `papers` are the
    codes that settle it where the data cannot tell.
    """

    factor: float
    explains: bool
    papers: tuple[str, ...]
    reason: str
    source: str


@dataclass(frozen=True)
class Signal:
    """What one kind of signal calls for: tests, which of them are decisive, and papers."""

    tests: tuple[str, ...]
    decisive: tuple[str, ...]
    papers: tuple[str, ...]


def _read() -> dict[str, Any]:
    with Path(__file__).with_name("rules.toml").open("rb") as file:
        return tomllib.load(file)


def _values(table: Mapping[str, Mapping[str, Any]]) -> Mapping[str, float]:
    return MappingProxyType({name: entry["value"] for name, entry in table.items()})


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}


_RAW = _read()

WEIGHING: Mapping[str, float] = _values(_RAW["weighing"])
MERGING: Mapping[str, float] = _values(_RAW["merging"])
CALIBRATION: Mapping[str, float] = _values(_RAW["calibration"])
NULL: Mapping[str, float] = _values(_RAW["null"])
ECHOES: Mapping[str, frozenset[str]] = MappingProxyType(
    {detector: frozenset(entry["of"]) for detector, entry in _RAW["echoes"].items()}
)
CUTS: Mapping[str, float] = _values(_RAW["cuts"])
TESTS: Mapping[str, Rule] = MappingProxyType(
    {name: Rule(**_tuples(entry)) for name, entry in _RAW["tests"].items()}
)
_SIGNALS = {name: Signal(**_tuples(entry)) for name, entry in _RAW["signals"].items()}


def signal(detector: str, family: str, field: str = "") -> Signal:
    """What a detector's signal on `field` calls for; a detector of its own uses its family's.

    Raises KeyError for a family that is none.
    """
    for name in (f"{detector}.{field}", detector):
        if name in _SIGNALS:
            return _SIGNALS[name]
    return _SIGNALS[family]
