"""The steps of the remedy ladder, read once from `ladder.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from workbench.procedure.law import Provision, provision

__all__ = ["STEPS", "Step"]


@dataclass(frozen=True)
class Step:
    """One remedy: what to do, its law, and the recorded requests that mean it was taken."""

    name: str
    zh: str
    en: str
    hooks: tuple[Provision, ...]
    requests: tuple[str, ...]
    needs: str = ""
    zh_without: str = ""
    en_without: str = ""

    def told(self, day: date) -> tuple[str, str]:
        """What to do, in zh and en, as the law stood on `day`."""
        if self.needs and not provision(self.needs).held_on(day):
            return self.zh_without, self.en_without
        return self.zh, self.en


def _read() -> Mapping[str, Step]:
    with Path(__file__).with_name("ladder.toml").open("rb") as file:
        raw = tomllib.load(file)
    return MappingProxyType(
        {
            name: Step(
                name=name,
                **{
                    **told,
                    "hooks": tuple(map(provision, told["hooks"])),
                    "requests": tuple(told["requests"]),
                },
            )
            for name, told in raw.items()
        }
    )


STEPS: Mapping[str, Step] = _read()
