"""How a file was read, kept beside its rows, so that corrected rows are read the same way."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Any

from workbench.load import decide, formats, rules
from workbench.load.compiler import make_plan
from workbench.load.decide import Decided
from workbench.load.formats import Format
from workbench.load.plan import Check, Plan

__all__ = ["Reading", "reading_path"]

# What a format is made of; nothing else is ever read back.
_KINDS = {
    name: kind
    for module in (rules, formats, decide)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and is_dataclass(kind)
}


@dataclass(frozen=True)
class Reading:
    """The format of a file (also one that a mapping or its headers gave it) and its headers.

    `headless` is the position of the one headless cell that rows carry behind their last header, -1
    where they carry none; `decided` is what was decided for whole columns.
    """

    form: Format
    headers: tuple[str, ...]
    headless: int
    decided: Decided
    delimiter: str
    zone: str
    currency: str

    def plan(self) -> Plan:
        """How the cells become canonical columns."""
        plan = make_plan(self.form, self.headers, self.zone, self.currency, decided=self.decided)
        if self.headless >= 0:
            # The headless cell is dropped only where it is empty.
            plan.cells.add(self.headless)
            filled = f"k{self.headless} IS NOT NULL"
            plan.checks.append(Check("", filled, f"k{self.headless}", "misshapen", filled))
        return plan

    def to_json(self) -> str:
        """The reading as JSON; `from_json` reads it."""
        return json.dumps(_plain(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Reading:
        """The reading that `to_json` wrote."""
        found = _made(json.loads(text))
        if not isinstance(found, Reading):
            raise ValueError("this is no reading")
        return found


def reading_path(tables_dir: Path, table: str, sha256: str) -> Path:
    """Where the reading of a loaded file lies."""
    return tables_dir / table / f"{sha256}.reading"


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        told = {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {"kind": type(value).__name__, **told}
    if isinstance(value, Mapping):
        return {"map": [[key, _plain(inner)] for key, inner in value.items()]}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value


def _made(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_made(inner) for inner in value)
    if not isinstance(value, dict):
        return value
    if "map" in value:
        return {key: _made(inner) for key, inner in value["map"]}
    kind = Reading if value["kind"] == "Reading" else _KINDS[value["kind"]]
    return kind(**{name: _made(inner) for name, inner in value.items() if name != "kind"})
