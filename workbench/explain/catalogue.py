"""The catalogue of papers that can settle a suspicion, read once from `evidence.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

__all__ = ["PAPERS", "Paper", "missing_evidence"]


@dataclass(frozen=True)
class Paper:
    """One kind of evidence: what it is, who can supply it, and what it does not show.

    `confidence` is V where a platform, court or statute says that it counts, P where it rests on
    practice. `system` is the source system that it comes out of, `neutral` whether that has no
    stake in the outcome, `ask` whom a request for it goes to (carrier | supplier | platform |
    buyer | institution | own); these rest on `basis`, with its own confidence. One that `seals`
    shows that what another source made was not changed, and is no second source.
    """

    code: str
    zh: str
    en: str
    who_zh: str
    who_en: str
    limits_zh: str
    limits_en: str
    confidence: str
    system: str
    neutral: bool
    ask: str
    basis: str
    basis_confidence: str
    seals: bool = False


def _read() -> Mapping[str, Paper]:
    with Path(__file__).with_name("evidence.toml").open("rb") as file:
        raw = tomllib.load(file)
    return MappingProxyType({code: Paper(code=code, **entry) for code, entry in raw.items()})


PAPERS: Mapping[str, Paper] = _read()


def missing_evidence(codes: Iterable[str]) -> list[dict[str, str]]:
    """The papers of `codes`, each once, in the order given: code, zh, en, who_zh, who_en."""
    papers = (PAPERS[code] for code in dict.fromkeys(codes))
    return [
        {"code": p.code, "zh": p.zh, "en": p.en, "who_zh": p.who_zh, "who_en": p.who_en}
        for p in papers
    ]
