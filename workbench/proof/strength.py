"""How much the evidence of an order weighs, by the rules of evidence.

A source is a system that records came out of (`systems.toml`). An order is proved sufficiently
when at least two independent sources speak for it and one of them is neutral. The rules are those
of the Supreme People's Court on evidence in civil procedure (2019 revision, in force 2020-05-01):
article 90 (not enough alone: a party's own word, an interested witness, copies that cannot be
checked), articles 93 and 94 (data kept by a neutral third party or in the ordinary course of
business are presumed true), articles 87 and 88 (each item, then all together).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import pandas as pd

from workbench.case import Case, evidence_files
from workbench.case.statements import statements
from workbench.language import LANGUAGES, Say, words
from workbench.proof.systems import SYSTEMS, independent, system_of
from workbench.rows import each

__all__ = ["LEVELS", "Level", "Source", "Weight", "order_sources", "order_strength", "weigh"]

Level = Literal["none", "weak", "enough", "strong"]
LEVELS: tuple[Level, ...] = ("none", "weak", "enough", "strong")

_STRONG = 3  # independent sources; the law asks for no number, two is the rule of the gate
_STATEMENT = "E15"
_COLUMNS = ["order_id", "exhibits", "systems", "independent", "neutral", "original"]
_COLUMNS += ["sufficient", "level", "lacking"]

Subject = tuple[str, str]


@dataclass(frozen=True)
class Source:
    """One thing that speaks for an order: a file, or a buyer's statement without one (sha256 "").

    `system` is "" where nobody said what it is; `copy` is original | copy | unknown. `consented`
    is false for a buyer's statement without recorded consent, which counts for nothing.
    """

    sha256: str
    system: str
    copy: str
    consented: bool = True

    @property
    def counts(self) -> bool:
        """Whether it is a source at all."""
        return self.consented and self.system in SYSTEMS

    @property
    def original(self) -> bool:
        """Whether it is an original, or a neutral system's own export not said to be a copy."""
        if not self.counts:
            return False
        exported = SYSTEMS[self.system].neutral and self.copy == "unknown"
        return self.copy == "original" or exported


@dataclass(frozen=True)
class Weight:
    """What the sources of an order come to."""

    systems: tuple[str, ...] = ()
    neutral: bool = False
    original: bool = False
    sources: tuple[Source, ...] = field(default=(), repr=False)

    @property
    def sufficient(self) -> bool:
        """At least two independent sources, one of them neutral."""
        return len(self.systems) >= 2 and self.neutral

    @property
    def level(self) -> Level:
        """In one word how much speaks for it.

        none: nothing; weak: something, and not enough; enough: sufficient; strong: sufficient,
        three independent sources, and an original among them.
        """
        if not self.sources:
            return "none"
        if not self.sufficient:
            return "weak"
        return "strong" if len(self.systems) >= _STRONG and self.original else "enough"


def order_strength(
    case: Case,
    order_ids: Sequence[str],
    members: Mapping[str, Sequence[str]] | None = None,
    until: datetime | None = None,
) -> pd.DataFrame:
    """How much the evidence of each order weighs, one row per order, in the order given.

    `members` (group id → its orders) lets what speaks for a group speak for its orders; what
    speaks for the whole case speaks for every order. Columns: order_id; exhibits (list of
    sha256); systems (list: the independent source systems); independent (how many); neutral (one
    of them has no stake); original (at least one original, or a neutral system's own export);
    sufficient (two independent sources, one of them neutral); level (none | weak | enough |
    strong); lacking (list of {zh, en}: what the rules of evidence still ask for). A buyer's
    statement counts as the system "buyer". `until` (UTC) shows an earlier day.
    """
    sources = order_sources(case, order_ids, members, until)
    rows = [_row(order_id, weigh(sources[order_id])) for order_id in order_ids]
    return pd.DataFrame(rows, columns=_COLUMNS).astype(
        {"independent": "int64", "neutral": bool, "original": bool, "sufficient": bool}
    )


def order_sources(
    case: Case,
    order_ids: Sequence[str],
    members: Mapping[str, Sequence[str]] | None = None,
    until: datetime | None = None,
) -> dict[str, list[Source]]:
    """All that speaks for each order, as `order_strength` weighs it."""
    groups = _groups_of(members or {})
    found = _sources(case, until)
    told = {}
    for order_id in order_ids:
        subjects = [("order", order_id), *groups.get(order_id, ()), ("case", "")]
        told[order_id] = [one for subject in subjects for one in found.get(subject, ())]
    return told


def weigh(sources: Iterable[Source]) -> Weight:
    """What these sources come to together; the same file linked twice counts once."""
    all_of_them = tuple(_once(sources))
    counting = [one for one in all_of_them if one.counts]
    systems = independent({one.system for one in counting})
    return Weight(
        tuple(systems),
        any(SYSTEMS[name].neutral for name in systems),
        any(one.original for one in counting),
        all_of_them,
    )


def _row(order_id: str, weight: Weight) -> dict[str, Any]:
    return {
        "order_id": order_id,
        "exhibits": [one.sha256 for one in weight.sources if one.sha256],
        "systems": list(weight.systems),
        "independent": len(weight.systems),
        "neutral": weight.neutral,
        "original": weight.original,
        "sufficient": weight.sufficient,
        "level": weight.level,
        "lacking": _lacking(weight),
    }


def _once(sources: Iterable[Source]) -> list[Source]:
    files: dict[str, Source] = {}
    spoken = []
    for one in sources:
        if not one.sha256:
            spoken.append(one)
        elif one.sha256 not in files or (one.consented and not files[one.sha256].consented):
            files[one.sha256] = one
    return [*files.values(), *spoken]


def _lacking(weight: Weight) -> list[dict[str, str]]:
    told = {language: _asked(weight, words("proof", language)) for language in LANGUAGES}
    return [dict(zip(LANGUAGES, texts, strict=True)) for texts in zip(*told.values(), strict=True)]


def _asked(weight: Weight, say: Say) -> list[str]:
    """What the rules of evidence still ask for, in one language."""
    asked = []
    counting = [one for one in weight.sources if one.counts]
    if not weight.sources:
        asked.append(say("Nothing has been given for it yet."))
    if any(not one.system for one in weight.sources):
        asked.append(say("A file counts for nothing until somebody says what it is."))
    if any(not one.consented for one in weight.sources):
        asked.append(
            say("A buyer's statement counts only once its consent and question are recorded.")
        )
    if counting and all(SYSTEMS[one.system].hand == "own" for one in counting):
        asked.append(
            say("All of it is the shop's own: a party's own word is not enough alone (art. 90).")
        )
    elif counting and {one.system for one in counting} == {"buyer"}:
        asked.append(
            say("Only the buyer speaks for it: an interested witness is not enough (art. 90).")
        )
    if weight.sources and len(weight.systems) == 1:
        asked.append(say("A second source that is independent of the first."))
    if weight.sources and not weight.neutral:
        asked.append(say("A neutral source: the carrier, the platform or the bank (art. 94)."))
    if counting and not weight.original:
        asked.append(say("An original: copies that cannot be checked weigh little (art. 90)."))
    return asked


def _groups_of(members: Mapping[str, Sequence[str]]) -> dict[str, list[Subject]]:
    groups: defaultdict[str, list[Subject]] = defaultdict(list)
    for group_id, order_ids in members.items():
        for order_id in order_ids:
            groups[order_id].append(("group", group_id))
    return groups


def _sources(case: Case, until: datetime | None) -> dict[Subject, list[Source]]:
    """What speaks for each subject: its files, and for orders what buyers said of them."""
    found: defaultdict[Subject, list[Source]] = defaultdict(list)
    files = evidence_files(case, until)
    for row in each(files):
        system = system_of(row.codes, row.system)
        # Such a file counts by the statement that was recorded of it, with its consent.
        is_statement = _STATEMENT in row.codes[:1] or (
            system == "buyer" and _STATEMENT in row.codes
        )
        source = Source(row.sha256, system, row.copy, consented=not is_statement)
        found[row.subject, row.subject_id].append(source)
    copies = dict(zip(files["sha256"], files["copy"], strict=True))
    for row in each(statements(case, until)):
        source = Source(row.sha256, "buyer", copies.get(row.sha256, "unknown"))
        found["order", row.order_id].append(source)
    return found
