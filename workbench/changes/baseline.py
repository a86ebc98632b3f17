"""What stands, or stood: the groups, figures and sources of a pack, a screening or a case."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from workbench.appeal import gather, letter_figures
from workbench.case import Case, Masker
from workbench.errors import BadInput
from workbench.language import LANGUAGES
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["Baseline", "baseline_of_case", "baseline_of_pack", "baseline_of_results"]

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


def baseline_of_case(case: Case, tables: Tables, assessment: Assessment) -> Baseline:
    """What a pack would say that was made now, without making it."""
    matter = gather(case, tables, assessment, Masker.for_case(case))
    counted = letter_figures(matter, tables, assessment).all()
    return replace(
        baseline_of_results(assessment),
        figures=_figures((one.id, one.name["en"], one.value, one.operation) for one in counted),
        sources=frozenset(matter.origins["sha256"]),
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
        figures=_figures(
            (one["id"], one["name"]["en"], one["value"], one["operation"])
            for one in figures["figures"]
        ),
        sources=frozenset(row["sha256"] for row in sources),
    )


def _figures(
    told: Iterable[tuple[str, str, str, Mapping[str, Any]]],
) -> dict[str, dict[str, str]]:
    return {
        number: {"name": name, "value": value}
        for number, name, value, operation in told
        if not _of_the_day(operation["table"])
    }


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
