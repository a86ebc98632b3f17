"""Which export gives a column, read once from `exports.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["EXPORTS", "NOWHERE", "Export", "exports_of", "is_known"]


@dataclass(frozen=True)
class Export:
    """One file that a merchant can get.

    `gives` maps "table.column" to the header it comes from (empty where headers differ);
    `platforms` are names in lower case, "*" for all; `confidence` is verified, weak or unverified.
    """

    code: str
    platforms: tuple[str, ...]
    name: Mapping[str, str]
    confidence: str
    gives: Mapping[str, str]
    note: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Nowhere:
    columns: frozenset[str]
    words: Mapping[str, str]


def exports_of(column: str, platform: str = "") -> list[Export]:
    """The exports that give "table.column": of the platform, and those of no platform."""
    wanted = platform.strip().lower()
    giving = [export for export in EXPORTS if column in export.gives]
    return [one for one in giving if "*" in one.platforms or wanted in one.platforms]


def is_known(platform: str) -> bool:
    """Whether exports of the platform are listed."""
    return any(platform.strip().lower() in export.platforms for export in EXPORTS)


def _read() -> tuple[tuple[Export, ...], _Nowhere]:
    with Path(__file__).with_name("exports.toml").open("rb") as file:
        raw: dict[str, Any] = tomllib.load(file)
    exports = tuple(
        Export(**{**entry, "platforms": tuple(entry["platforms"])}) for entry in raw["export"]
    )
    nowhere = raw["nowhere"]
    told = _Nowhere(frozenset(nowhere.pop("columns")), nowhere)
    return exports, told


EXPORTS, NOWHERE = _read()
