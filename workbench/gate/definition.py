"""The checks of the gate as data, read once from `checks.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

__all__ = ["CHECKS", "Check"]


@dataclass(frozen=True)
class Check:
    """One check: what must be true, whether it holds an appeal back, and what to do about it.

    `kind` is computed, asked or both. `causes` are the known causes of rejection it prevents.
    `codes` are kinds of evidence that answer it, `least_pixels` the shorter side of a picture
    below which nobody can read it, where the check has such.
    """

    number: int
    blocking: bool
    kind: str
    zh: str
    en: str
    do_zh: str
    do_en: str
    causes: tuple[str, ...]
    confidence: str
    codes: tuple[str, ...] = ()
    least_pixels: int = 0


def _read() -> Mapping[int, Check]:
    with Path(__file__).with_name("checks.toml").open("rb") as file:
        raw = tomllib.load(file)
    return MappingProxyType({int(number): _check(int(number), raw[number]) for number in raw})


def _check(number: int, entry: dict[str, Any]) -> Check:
    lists = {name: tuple(entry.get(name, ())) for name in ("causes", "codes")}
    return Check(**{**entry, **lists, "number": number})


CHECKS: Mapping[int, Check] = _read()
