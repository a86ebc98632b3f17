"""The questions F01 to F23 about a platform's decision, read once from `checks.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from workbench.procedure.law import Provision, least, provision

__all__ = ["CHECKS", "Check"]

By = Literal["decision", "change", "appeal"]


@dataclass(frozen=True)
class Check:
    """One question; "yes" means that it was done as it should be, "no" names a flaw.

    `hooks` are the provisions it rests on, `by` the day that says which of them are in force.
    `test` names the automatic test, "" where only a person can tell. `confidence` is that of an
    argument that goes beyond what its hooks say, "" where the hooks carry it.
    """

    code: str
    question_zh: str
    question_en: str
    hooks: tuple[Provision, ...]
    by: By
    data_zh: str
    data_en: str
    ask_zh: str
    ask_en: str
    test: str = ""
    confidence: str = ""

    def sureness(self, hooks: tuple[Provision, ...]) -> str:
        """The least sure of the check itself and of those of its hooks that are in force."""
        own = [self.confidence] if self.confidence else []
        return least([*own, *(hook.confidence for hook in hooks)])


def _read() -> Mapping[str, Check]:
    with Path(__file__).with_name("checks.toml").open("rb") as file:
        raw = tomllib.load(file)
    return MappingProxyType(
        {
            code: Check(code=code, **{**told, "hooks": tuple(map(provision, told["hooks"]))})
            for code, told in raw.items()
        }
    )


CHECKS: Mapping[str, Check] = _read()
