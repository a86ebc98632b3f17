"""Provisions of law that a letter may name, read once from `law.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

__all__ = ["PROVISIONS", "Provision", "in_force"]


@dataclass(frozen=True)
class Provision:
    """One provision: its name and what it says in two languages, since when, and the source.

    `confidence` is V where the text itself was read and S where only secondary sources were.
    """

    zh: str
    en: str
    says_zh: str
    says_en: str
    in_force: date
    source_zh: str
    source_en: str
    confidence: str
    checked: date


def _read() -> tuple[Provision, ...]:
    with Path(__file__).with_name("law.toml").open("rb") as file:
        return tuple(Provision(**entry) for entry in tomllib.load(file)["provision"])


PROVISIONS: tuple[Provision, ...] = _read()


def in_force(day: date) -> list[Provision]:
    """The provisions in force on `day`."""
    return [provision for provision in PROVISIONS if provision.in_force <= day]
