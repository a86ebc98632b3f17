"""Put the snapshot together and write it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.case import (
    Case,
    Masker,
    decisions,
    evidence_files,
    order_decisions,
    scrub,
    write_atomically,
)
from workbench.case.scrub import WITHHELD
from workbench.notice import Notice, notices
from workbench.snapshot.groups import group_records, todo_records
from workbench.snapshot.orders import order_records, shown_lines
from workbench.snapshot.plain import plain, plain_rows
from workbench.snapshot.read import VERSION
from workbench.snapshot.totals import day_records, shop_currency, totals
from workbench.tables import TABLES, Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["SNAPSHOT_FILE", "build_snapshot", "publish"]

SNAPSHOT_FILE = "snapshot.json"

_RUNS = ("detector", "state", "needs", "shop")
_NOTICE_TEXTS = ("platform", "violation", "rule_clause", "measure")
_NOTICE_TIMES = ("issued_at", "decided_at", "appeal_deadline")
_NOTICE_COUNTS = ("attempts_allowed", "attempts_used", "attempts_left")


def publish(case: Case, tables: Tables, assessment: Assessment) -> Path:
    """Write the snapshot of a case to CASE/published/snapshot.json and give its path.

    Readers see the old file or the new one, never half of one.
    """
    path = case.published_dir / SNAPSHOT_FILE
    snapshot = build_snapshot(case, tables, assessment)
    text = json.dumps(snapshot, ensure_ascii=False, indent=1, allow_nan=False)
    # It holds nothing personal, and the dashboard may run as another user.
    write_atomically(path, text.encode("utf-8"), mode=0o644)
    return path


def build_snapshot(case: Case, tables: Tables, assessment: Assessment) -> dict[str, Any]:
    """All that a merchant's page needs, as JSON can hold it, and nothing personal.

    Buyers appear as aliases, addresses as places; reasons of decisions are shown without any
    name, number or address of the orders concerned.
    """
    told = notices(tables, case)
    named = sorted({order_id for notice in told for order_id in notice.order_ids})
    assessed = assessment.orders
    ran = assessment.detectors
    lines = shown_lines(tables, assessed, named)
    decided, by_order = decisions(case), order_decisions(case)
    decided["reason"] = _without(decided["reason"], _personal(lines))
    groups = group_records(assessment.groups, assessed, named, decided, evidence_files(case))
    masker = Masker.for_case(case)
    return {
        "version": VERSION,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "as_of": case.now().isoformat(timespec="seconds"),
        "case": {
            "shop": case.shop,
            "platform": case.platform,
            "zone": case.zone,
            "language": case.language,
            "currency": shop_currency(tables, case.currency),
        },
        "notice": _notice(told[0], case.now()) if told else None,
        "totals": totals(tables, assessed, groups, named, by_order["order_id"]),
        "detectors": plain_rows(ran, [c for c in _RUNS if c != "shop" or c in ran]),
        "groups": groups,
        "orders": order_records(lines, assessed, named, by_order, masker),
        "per_day": day_records(tables, assessed),
        "missing": todo_records(groups),
    }


def _notice(notice: Notice, now: datetime) -> dict[str, object]:
    texts = {name: getattr(notice, name) for name in _NOTICE_TEXTS}
    return {
        "notice_id": notice.notice_id,
        **{name: text and scrub(text) for name, text in texts.items()},
        **{name: plain(getattr(notice, name)) for name in (*_NOTICE_TIMES, *_NOTICE_COUNTS)},
        "orders_named": len(notice.order_ids),
        "days_left": notice.days_left(now),
    }


def _personal(lines: pd.DataFrame) -> set[str]:
    """What the masked columns of these lines hold, save signs too short to name anybody."""
    masked = [c.name for c in TABLES["orders"].columns if c.mask and c.name in lines]
    values = (str(value).strip() for name in masked for value in lines[name].dropna().unique())
    return {value for value in values if len(value) >= 2}


def _without(texts: Sequence[str] | pd.Series, personal: Iterable[str]) -> list[str]:
    # Longest first, so that an address goes as a whole and not a name inside it.
    known = sorted(personal, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, known))) if known and len(texts) else None
    shown = (pattern.sub(WITHHELD, text) if pattern else text for text in texts)
    return [scrub(text) for text in shown]
