"""What stood before: the groups, the figures and the sources of a pack or of a screening."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from workbench.errors import BadInput
from workbench.language import LANGUAGES

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["Baseline", "baseline_of_pack", "baseline_of_results"]

_FIGURES = "/data/reproduce/figures.json"
_ORDERS = "/data/results/orders.csv"
_GROUPS = "/data/results/groups.csv"
_SOURCES = "/data/sources.csv"


@dataclass(frozen=True)
class Baseline:
    """What a later state is held against.

    `members`, `assessments` and `sentences` ({zh, en}) by group; `figures` by id: {name, value},
    those that were counted from the shop's data, the screening or what people decided, and empty
    where no pack was made (days left and attempts change by themselves); `sources` are SHA-256
    of the files that were loaded by then, None where that is unknown.
    """

    members: Mapping[str, frozenset[str]]
    assessments: Mapping[str, str]
    sentences: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    figures: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sources: frozenset[str] | None = None


def baseline_of_results(assessment: Assessment) -> Baseline:
    """The groups of a screening; `sources` where the screening wrote them down."""
    orders = assessment.orders.dropna(subset="group_id")
    told = assessment.summary.get("sources")
    return Baseline(
        members=_members(zip(orders["order_id"], orders["group_id"], strict=True)),
        assessments=dict(
            zip(assessment.groups["group_id"], assessment.groups["assessment"], strict=True)
        ),
        sentences={
            row["group_id"]: {language: row[f"sentence_{language}"] for language in LANGUAGES}
            for row in assessment.groups.to_dict("records")
        },
        sources=frozenset(map(str, told)) if isinstance(told, list) else None,
    )


def baseline_of_pack(path: Path) -> Baseline:
    """What a pack says; raises BadInput when it cannot be read."""
    try:
        with ZipFile(path) as archive:
            orders = _rows(archive, _ORDERS)
            groups = _rows(archive, _GROUPS)
            sources = _rows(archive, _SOURCES)
            figures = json.loads(_entry(archive, _FIGURES) or '{"figures": []}')
    except (BadZipFile, OSError, ValueError) as error:
        raise BadInput(f"The pack cannot be read: {error}", str(path)) from None
    return Baseline(
        members=_members((row["order_id"], row["group_id"]) for row in orders),
        assessments={row["group_id"]: row["assessment"] for row in groups},
        sentences={
            row["group_id"]: {language: row[f"sentence_{language}"] for language in LANGUAGES}
            for row in groups
        },
        figures={
            str(one["id"]): {"name": str(one["name"]["en"]), "value": str(one["value"])}
            for one in figures["figures"]
            if not _of_the_day(str(one["operation"]["table"]))
        },
        sources=frozenset(row["sha256"] for row in sources),
    )


def _of_the_day(table: str) -> bool:
    """Whether what is counted from a table changes with the day and with what was sent."""
    return table.startswith("case/") and table != "case/orders"


def _members(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for order_id, group_id in pairs:
        if group_id:
            found.setdefault(group_id, set()).add(order_id)
    return {group_id: frozenset(orders) for group_id, orders in found.items()}


def _rows(archive: ZipFile, ending: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_entry(archive, ending))))


def _entry(archive: ZipFile, ending: str) -> str:
    name = next((name for name in archive.namelist() if name.endswith(ending)), None)
    return "" if name is None else archive.read(name).decode("utf-8-sig")
