"""Requests for what is missing: who is asked, for what, about which orders, in which words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from workbench.case import Case, Masker
from workbench.case.purge import retention
from workbench.explain import PAPERS
from workbench.language import Language, words
from workbench.proof.facts import (
    OrderFacts,
    appeal_deadline,
    order_facts,
    platform_name,
    suppliers,
)
from workbench.proof.letters import LETTERS, Letter, Told
from workbench.proof.missing import ASKED
from workbench.tables import Tables

__all__ = ["Request", "papers_asked_of", "request_for", "requests"]

_TO_FILL = re.compile("【[^】]*】")


@dataclass(frozen=True)
class Request:
    """A request that is ready but for what only a person knows.

    `ask` is one of ASKED, `to` the name of who is asked ("" where the data tell none), `codes`
    the papers it asks for. `subject_zh`, `subject_en`, `zh` and `en` are its heading and text.
    `to_fill` are the places of the texts, in 【…】, that a person has to fill in before it is sent.
    """

    ask: str
    to: str
    order_ids: tuple[str, ...]
    codes: tuple[str, ...]
    subject_zh: str
    subject_en: str
    zh: str
    en: str

    @property
    def to_fill(self) -> tuple[str, ...]:
        """The places to fill in, each once, in both languages."""
        return tuple(dict.fromkeys(_TO_FILL.findall(f"{self.zh}\n{self.en}")))


def papers_asked_of(ask: str) -> tuple[str, ...]:
    """The codes of all papers that a request to `ask` may be about."""
    return tuple(code for code, paper in PAPERS.items() if paper.ask == ask)


def request_for(
    case: Case, tables: Tables, ask: str, order_ids: Sequence[str], codes: Sequence[str] = ()
) -> list[Request]:
    """The requests to carriers, suppliers, the platform or buyers about these orders.

    One request to each carrier, to each supplier whom the purchases name, and to the buyer of
    each order; else one. `codes` are the papers asked for, all that `ask` can give where none is
    named. What leaves the shop names no consignee (masked) and no place beyond the city; a
    supplier is told of items only. Nothing is sent. KeyError for an `ask` that is none of ASKED.
    """
    letter = LETTERS[ask]
    wanted = tuple(dict.fromkeys(codes)) or papers_asked_of(ask)
    facts = order_facts(tables, order_ids, Masker.for_case(case))
    kept = retention(case)
    deadline = appeal_deadline(tables, order_ids, pd.Timestamp(case.now()))
    platform = platform_name(tables, order_ids) or case.platform
    told = Told(case.shop, platform, deadline, kept.until if kept else None)
    return [
        _request(ask, letter, to, about, part, told)
        for part in _of_one_system(ask, wanted)
        for to, about in _addressed(PAPERS[part[0]].system if part else "", ask, facts, tables)
    ]


def requests(case: Case, tables: Tables, missing: pd.DataFrame) -> list[Request]:
    """The requests for what is missing, as `missing_papers` tells it: each addressee once.

    Those who have no stake come first. Orders that want different papers of one addressee are
    asked about together.
    """
    found: list[Request] = []
    for ask in ASKED:
        rows = missing[missing["ask"] == ask]
        if len(rows):
            orders, codes = dict.fromkeys(rows["order_id"]), dict.fromkeys(sorted(rows["code"]))
            found += request_for(case, tables, ask, list(orders), list(codes))
    return found


def _of_one_system(ask: str, codes: Sequence[str]) -> list[tuple[str, ...]]:
    """The papers that one addressee has: a parcel station is no carrier, a leader no landlord."""
    if ask not in ("carrier", "institution"):
        return [tuple(codes)]
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for code in codes:
        parts[PAPERS[code].system].append(code)
    return [tuple(part) for part in parts.values()]


def _addressed(
    system: str, ask: str, facts: Sequence[OrderFacts], tables: Tables
) -> Iterable[tuple[str, list[OrderFacts]]]:
    """Who is asked about which orders."""
    if ask == "buyer":
        return [("", [one]) for one in facts]
    parts: defaultdict[str, list[OrderFacts]] = defaultdict(list)
    if system == "carrier":
        for one in facts:
            for name in dict.fromkeys(parcel.carrier for parcel in one.parcels):
                own = tuple(parcel for parcel in one.parcels if parcel.carrier == name)
                parts[name].append(replace(one, parcels=own))
    elif ask == "supplier":
        known = suppliers(tables, (product for one in facts for product in one.products))
        for one in facts:
            for name in dict.fromkeys(known.get(product, "") for product in one.products) or ("",):
                parts[name].append(one)
    return sorted(parts.items()) or [("", list(facts))]


def _request(
    ask: str, letter: Letter, to: str, about: list[OrderFacts], codes: tuple[str, ...], told: Told
) -> Request:
    texts: dict[Language, tuple[str, str]] = {
        "zh": letter(words("proof", "zh"), "zh", to, about, codes, told),
        "en": letter(words("proof", "en"), "en", to, about, codes, told),
    }
    return Request(
        ask,
        to,
        tuple(one.order_id for one in about),
        codes,
        texts["zh"][0],
        texts["en"][0],
        texts["zh"][1],
        texts["en"][1],
    )
