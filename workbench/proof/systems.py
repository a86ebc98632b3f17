"""The systems that evidence comes out of, read once from `systems.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from workbench.explain import PAPERS

__all__ = ["SYSTEMS", "System", "independent", "system_of"]


@dataclass(frozen=True)
class System:
    """One source system: what it is called, and in whose hand it is (own | neutral | other).

    `confidence` is V where a statute says so, P where it is our reading or practice.
    """

    name: str
    zh: str
    en: str
    hand: str
    source: str
    confidence: str

    @property
    def neutral(self) -> bool:
        """Whether it has no stake in the outcome."""
        return self.hand == "neutral"


def _read() -> Mapping[str, System]:
    with Path(__file__).with_name("systems.toml").open("rb") as file:
        raw = tomllib.load(file)
    return MappingProxyType({name: System(name=name, **entry) for name, entry in raw.items()})


SYSTEMS: Mapping[str, System] = _read()


def system_of(codes: Sequence[str], said: str = "") -> str:
    """The one system that a file counts for: what a person said, else that of what it shows.

    A file shows several things and comes out of one system: the first code names it. A seal (a
    notary's or a time stamp) is the system only of a file that shows nothing else, for it proves
    no more than that what another source made was not changed afterwards. "" where nobody said
    what the file is.
    """
    if said in SYSTEMS:
        return said
    papers = sorted((PAPERS[code] for code in codes if code in PAPERS), key=lambda p: p.seals)
    return papers[0].system if papers else ""


def independent(systems: Collection[str]) -> list[str]:
    """The systems that count as sources of their own, sorted; the shop's own count as one."""
    known = [SYSTEMS[name] for name in sorted(set(systems)) if name in SYSTEMS]
    own = [system.name for system in known if system.hand == "own"]
    return [system.name for system in known if system.name not in own[1:]]
