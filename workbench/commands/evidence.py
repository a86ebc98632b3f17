"""How well the orders at issue are proved, what is missing, and requests for it; add a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from workbench.case import Case, EvidenceFile, attach, open_case, order_decisions
from workbench.case.evidence import Copy
from workbench.commands.tables import open_tables
from workbench.errors import BadInput, Problem
from workbench.explain import Assessment, read_assessment
from workbench.notice import notices
from workbench.proof import (
    Request,
    group_orders_of,
    missing_papers,
    order_strength,
    requests,
)
from workbench.tables import Tables

__all__ = ["Evidence", "attach_file", "evidence", "write_requests"]


@dataclass(frozen=True)
class Evidence:
    """`strength` as `order_strength` tells it, `missing` as `missing_papers`, and `requests`."""

    strength: pd.DataFrame
    missing: pd.DataFrame
    requests: list[Request]


def evidence(case: Path, order_ids: Sequence[str] = ()) -> Evidence:
    """How well these orders are proved, what is missing, and requests for it.

    Left out, the orders are those that a notice names and those that somebody defends; where
    there are none, all that screening does not clear. Conceded orders need no proof. Raises
    BadInput when the case has not been screened, or does not know an order.
    """
    opened = open_case(case)
    tables, assessment = open_tables(opened), read_assessment(opened.results_dir)
    orders = list(dict.fromkeys(order_ids)) or _at_issue(opened, tables, assessment)
    known = set(assessment.orders["order_id"]) | _named(opened, tables)
    if unknown := [one for one in orders if one not in known]:
        raise BadInput.many([Problem(f"The case has no order {one}") for one in unknown])
    strength = order_strength(opened, orders, group_orders_of(assessment))
    missing = missing_papers(opened, tables, assessment, orders)
    return Evidence(strength, missing, requests(opened, tables, missing))


def write_requests(found: Sequence[Request], folder: Path) -> list[Path]:
    """Write each request as two text files, in Chinese and English, into a new or empty folder.

    Files are named by who is asked and a number, never by what a stranger is called. Raises
    BadInput when the folder holds anything.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        do = "Name a new folder: requests that were completed are not written over"
        raise BadInput("The folder for the requests is not empty", str(folder), do)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, one in enumerate(found, start=1):
        told = {"zh": (one.subject_zh, one.zh), "en": (one.subject_en, one.en)}
        for language, (subject, text) in told.items():
            path = folder / f"{number:02d}-{one.ask}.{language}.txt"
            path.write_text(f"{subject}\n\n{text}\n", "utf-8")
            written.append(path)
    return written


def attach_file(
    case: Path,
    file: Path,
    *,
    orders: Sequence[str] = (),
    groups: Sequence[str] = (),
    codes: Sequence[str] = (),
    note: str = "",
    origin: str = "",
    supplier: str = "",
    captured_at: str = "",
    copy: Copy = "unknown",
    system: str = "",
    who: str,
) -> EvidenceFile:
    """Attach a file to orders and groups, or to the whole case where none is named."""
    subjects = [*(("order", one) for one in orders), *(("group", one) for one in groups)]
    (kind, subject_id), *more = subjects or [("case", "")]
    return attach(
        open_case(case),
        file,
        subject=kind,
        subject_id=subject_id,
        also_for=more,
        codes=codes,
        note=note,
        origin=origin,
        supplier=supplier,
        captured_at=captured_at,
        copy=copy,
        system=system,
        who=who,
    )


def _at_issue(case: Case, tables: Tables, assessment: Assessment) -> list[str]:
    decided = order_decisions(case).set_index("order_id")["decision"]
    wanted = _named(case, tables) | set(decided.index[decided != "concede"])
    if not wanted:
        flagged = assessment.orders["assessment"] != "none"
        wanted = set(assessment.orders.loc[flagged, "order_id"])
    return sorted(wanted - set(decided.index[decided == "concede"]))


def _named(case: Case, tables: Tables) -> set[str]:
    """The orders that a notice names, whether it was loaded or recorded by a person."""
    return {order for notice in notices(tables, case) for order in notice.order_ids}
