"""The law that checks, the remedy ladder and letters cite: dated provisions out of `law.toml`.

What a provision says is told in our own words. This is not legal advice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

__all__ = [
    "CONFIDENCES",
    "PROVISIONS",
    "Confidence",
    "Provision",
    "cite",
    "in_force",
    "least",
    "letter_law",
    "provision",
]

Confidence = Literal["V", "V-sec", "G"]
# Surest first: the text itself was read; a secondary copy was; general knowledge.
CONFIDENCES: tuple[Confidence, ...] = ("V", "V-sec", "G")


@dataclass(frozen=True)
class Provision:
    """One provision: its name and what it says in two languages, its days, and the source.

    `id` is instrument.article; `zh` and `en` name both. `until` is the last day
    it was in force (None: it still is). `number_read` is False where the article number was not
    read in an official text; the name says so then. `dated_by` is "conduct" where the day of the
    conduct chooses the text. `letter` marks what every letter names. `confidence` is one of
    CONFIDENCES, `checked` the day on which the source was read.
    """

    id: str
    instrument: str
    instrument_zh: str
    instrument_en: str
    article_zh: str
    article_en: str
    says_zh: str
    says_en: str
    in_force: date
    until: date | None
    number_read: bool
    dated_by: str
    letter: bool
    source_zh: str
    source_en: str
    confidence: Confidence
    checked: date

    def held_on(self, day: date) -> bool:
        """Whether it was in force on `day`."""
        return self.in_force <= day and (self.until is None or day <= self.until)

    @property
    def zh(self) -> str:
        """Instrument and article in Chinese."""
        return cite([self], "zh")

    @property
    def en(self) -> str:
        """Instrument and article in English."""
        return cite([self], "en")


def cite(provisions: Sequence[Provision], language: str) -> str:
    """The provisions as a text cites them: an instrument once, then its articles."""
    articles: dict[str, list[str]] = {}
    for one in provisions:
        name = one.instrument_zh if language == "zh" else one.instrument_en
        article = one.article_zh if language == "zh" else one.article_en
        if article not in articles.setdefault(name, []):
            articles[name].append(article)
    if language == "zh":
        # A number in words stands right behind the name; a remark stands apart from it.
        told = [
            name + ("" if listed[0].startswith("第") else "，") + "、".join(listed)
            for name, listed in articles.items()
        ]
        return "；".join(told)
    return "; ".join(f"{name}, {', '.join(listed)}" for name, listed in articles.items())


def _provision(entry: Mapping[str, Any], instruments: Mapping[str, Mapping[str, Any]]) -> Provision:
    instrument = str(entry["id"]).split(".")[0]
    told = {**instruments[instrument], **entry}
    return Provision(
        id=told["id"],
        instrument=instrument,
        instrument_zh=instruments[instrument]["zh"],
        instrument_en=instruments[instrument]["en"],
        until=told.get("until"),
        number_read=told.get("number_read", True),
        dated_by=told.get("dated_by", ""),
        letter=told.get("letter", False),
        **{name: told[name] for name in ("article_zh", "article_en", "says_zh", "says_en")},
        **{name: told[name] for name in ("in_force", "confidence", "checked")},
        **{name: told[name] for name in ("source_zh", "source_en")},
    )


def _read() -> tuple[Provision, ...]:
    with Path(__file__).with_name("law.toml").open("rb") as file:
        raw = tomllib.load(file)
    return tuple(_provision(entry, raw["instruments"]) for entry in raw["provision"])


PROVISIONS: tuple[Provision, ...] = _read()
_BY_ID: Mapping[str, Provision] = MappingProxyType({one.id: one for one in PROVISIONS})


def provision(identity: str) -> Provision:
    """The provision with this id, such as "EC.34"; raises KeyError when there is none."""
    return _BY_ID[identity]


def in_force(day: date) -> list[Provision]:
    """The provisions in force on `day`."""
    return [one for one in PROVISIONS if one.held_on(day)]


def letter_law(day: date, cited: Iterable[str] = ()) -> list[Provision]:
    """What a letter names: what every letter does, where in force on `day`, and what is `cited`.

    `cited` are ids that a check gave as its hooks: the day that counts for it has chosen them
    already. In the order of `law.toml`, each once.
    """
    wanted = set(cited)
    return [one for one in PROVISIONS if one.id in wanted or (one.letter and one.held_on(day))]


def least(confidences: Iterable[str]) -> str:
    """The least sure of some confidences; "" of none."""
    return max(confidences, key=CONFIDENCES.index, default="")
