"""What the notice and the events of a case tell: decided, sent, answered, decided here, proven."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from workbench.case import Case, Standing, standing_events
from workbench.case.submissions import submissions
from workbench.explain.catalogue import PAPERS
from workbench.notice import Notice
from workbench.procedure.moments import Moment
from workbench.procedure.records import requests
from workbench.tables import Tables

__all__ = ["moments_of_case", "moments_of_notice"]

_NOTICE_STEPS = {
    "decided_at": "decided",
    "issued_at": "issued",
    "received_at": "received",
    "appeal_deadline": "deadline",
    "measure_end": "measure_ends",
}


def moments_of_notice(
    notice: Notice | None, case: Case, tables: Tables, until: datetime | None = None
) -> Iterator[Moment]:
    """The days that the notice tells; they belong to all its orders."""
    if notice is None:
        return
    where = _where(notice, tables) or _recorded(notice, case, until)
    for name, step in _NOTICE_STEPS.items():
        at = getattr(notice, name)
        if at is not None:
            yield Moment(at, step, figures={"count": len(notice.order_ids)}, **where)


def moments_of_case(
    case: Case,
    order_ids: Sequence[str],
    groups: Mapping[str, str],
    until: datetime | None = None,
) -> list[Moment]:
    """Appeals, answers, requests, decisions and evidence about these orders or their groups."""
    wanted = set(order_ids)
    touched = {groups[one] for one in wanted if one in groups}
    found = [*_of_appeals(case, until), *_of_requests(case, until)]
    for event in standing_events(case, "decision", "statement", until=until):
        if _concerns(event, wanted, touched):
            figures = {"decision": event.body.get("decision", "")}
            step = "taken" if event.kind == "decision" else "statement"
            found.append(_moment(case, event, step, figures))
    return [*found, *_of_evidence(case, wanted, touched, until)]


def _of_appeals(case: Case, until: datetime | None) -> Iterator[Moment]:
    for row in submissions(case, until).to_dict("records"):
        sent = _local(row["sent_at"], case.zone)
        figures = {"attempt": row["attempt"], "result": row["result"]}
        yield Moment(sent, "sent", figures=figures, event=int(row["seq"]))
        if row["result"]:
            at = _local(row["replied_at"], case.zone)
            yield Moment(at, "replied", figures=figures, event=int(row["reply_seq"]))


def _of_requests(case: Case, until: datetime | None) -> Iterator[Moment]:
    for one in requests(case, until):
        figures = {"request": one.request}
        yield Moment(one.sent_at, "asked_for", figures=figures, event=one.seq)


def _of_evidence(
    case: Case, wanted: set[str], touched: set[str], until: datetime | None
) -> Iterator[Moment]:
    """What was added or linked, and neither withdrawn nor replaced."""
    kinds = ("evidence_added", "evidence_linked", "evidence_withdrawn", "evidence_superseded")
    standing: dict[tuple[str, str, str], Standing] = {}
    papers: dict[str, dict[str, str]] = {}
    for event in standing_events(case, *kinds, until=until):
        sha256 = event.body["sha256"]
        key = (event.subject_kind, event.subject_id, sha256)
        if event.kind in ("evidence_added", "evidence_linked"):
            standing[key] = event
            papers.setdefault(sha256, _paper(event.body))
        elif event.kind == "evidence_withdrawn":
            standing.pop(key, None)
        else:
            standing = {key: one for key, one in standing.items() if key[2] != sha256}
    for event in standing.values():
        if event.subject_kind == "case" or _concerns(event, wanted, touched):
            yield _moment(case, event, "added", papers[event.body["sha256"]])


def _paper(body: Mapping[str, Any]) -> dict[str, str]:
    """What kind of evidence it is; the name of a file may name a person and is not told."""
    codes = body.get("codes") or [body.get("code", "")]
    known = [PAPERS[code] for code in codes if code in PAPERS]
    return {
        "paper_zh": "、".join(f"{one.code} {one.zh}" for one in known),
        "paper_en": ", ".join(f"{one.code} {one.en}" for one in known),
    }


def _concerns(event: Standing, wanted: set[str], touched: set[str]) -> bool:
    if event.subject_kind == "order":
        return event.subject_id in wanted
    members = set(event.body.get("order_ids", ()))
    return event.subject_id in touched or bool(members & wanted)


def _moment(case: Case, event: Standing, step: str, figures: Mapping[str, Any]) -> Moment:
    return Moment(
        _local(event.at, case.zone),
        step,
        order_id=event.subject_id if event.subject_kind == "order" else "",
        group_id=event.subject_id if event.subject_kind == "group" else "",
        figures=figures,
        event=event.seq,
    )


def _local(at: pd.Timestamp, zone: str) -> datetime:
    local = at.tz_convert(ZoneInfo(zone)).tz_localize(None)
    return local.to_pydatetime()


def _where(notice: Notice, tables: Tables) -> dict[str, Any]:
    """The first row that the notice was read from; {} where it is in no table."""
    table = tables.get("notices")
    if table is None or notice.notice_id is None or "notice_id" not in table.columns:
        return {}
    rows = table.filter(table.notice_id == notice.notice_id)
    first = rows.order_by(["source_file", "source_row"]).limit(1).to_pandas()
    if first.empty:
        return {}
    row = first.iloc[0]
    return {"source_file": str(row["source_file"]), "source_row": int(row["source_row"])}


def _recorded(notice: Notice, case: Case, until: datetime | None) -> dict[str, Any]:
    """The event by which a person recorded it last; {} where nobody did."""
    found = [
        event.seq
        for event in standing_events(case, "notice", until=until)
        # What a purge took away is no longer an object.
        if isinstance(fields := event.body["fields"], dict)
        and fields.get("notice_id") == notice.notice_id
    ]
    return {"event": found[-1]} if found else {}
