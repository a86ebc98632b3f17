"""Every notice of one or many cases: days left, and how much evidence is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.case import Case, open_case, order_decisions
from workbench.case.submissions import attempts_left, submissions
from workbench.engine import connect
from workbench.errors import BadInput
from workbench.explain import read_assessment
from workbench.notice.match import match_ids
from workbench.notice.notices import Notice, notices
from workbench.proof import group_orders_of, order_strength
from workbench.tables import Tables, read_tables

__all__ = ["BOARD_COLUMNS", "NEAR_DAYS", "STATES", "board_data", "find_cases", "is_urgent"]

NEAR_DAYS = 3
"""Whole days up to which a deadline is near."""

STATES = (
    "cannot_open", "urgent", "unknown_deadline", "collect", "decide", "send", "waiting",
    "past", "exhausted", "no_notice", "conceded", "settled",
)  # fmt: skip
"""States of a notice, in the order in which somebody should look at them.

cannot_open: the case cannot be read; urgent: at most three days are left and evidence is missing;
unknown_deadline: the notice gives none; collect: evidence is missing; decide: no evidence is
missing, but orders are undecided; send: nothing is missing; waiting: an appeal is under way;
past: the deadline is over and nothing was sent; exhausted: no attempt is left; no_notice: none was
loaded or recorded; conceded: every named order is; settled: the platform accepted an appeal in
full.
"""

BOARD_COLUMNS = [
    "case", "path", "shop", "platform", "notice_id", "deadline", "days_left", "attempts_left",
    "named", "not_found", "decided", "defended", "conceded", "missing", "state", "problem",
]  # fmt: skip


def find_cases(places: Iterable[Path]) -> list[Path]:
    """The case folders among `places`, and one level below those that are none, each once.

    A place without any case is given back as it is, so that it is told and not skipped.
    """
    found: list[Path] = []
    for place in map(Path, places):
        if (place / "case.toml").is_file() or not place.is_dir():
            found.append(place)
            continue
        inside = sorted(one.parent for one in place.glob("*/case.toml"))
        found += inside or [place]
    return list({one.resolve(): one for one in found}.values())


def board_data(cases: Iterable[Path | Case], now: datetime | None = None) -> pd.DataFrame:
    """One row per notice (per case without one), the most pressing first.

    Columns: case (the folder's name), path, shop, platform, notice_id, deadline (the shop's local
    time, or missing), days_left (whole days, negative once it is over; missing), attempts_left,
    named (orders), not_found (of them, in the data), decided, defended, conceded (of the named),
    missing (named orders, those conceded aside, whose evidence is not sufficient by
    `workbench.proof.order_strength`), state (one of STATES), problem (why a case cannot be read).

    `now` is the local time of each shop (its own by default). A case that cannot be read is a row
    with its reason. Counts that are not known are missing, never 0.
    """
    rows: list[dict[str, Any]] = []
    for one in cases:
        path = one.path if isinstance(one, Case) else Path(one)
        try:
            rows += _rows(one if isinstance(one, Case) else open_case(path), now)
        except (BadInput, OSError) as error:
            reason = str(error.problems[0].what) if isinstance(error, BadInput) else str(error)
            rows.append(_row(path, state="cannot_open", problem=reason))
    frame = pd.DataFrame(rows, columns=BOARD_COLUMNS)
    counts = ("days_left", "attempts_left", "named", "not_found", "decided", "defended")
    for name in (*counts, "conceded", "missing"):
        frame[name] = frame[name].astype("Int64")
    frame["deadline"] = pd.to_datetime(frame["deadline"]).astype("datetime64[us]")
    order = frame["state"].map(list(STATES).index)
    by = frame.assign(order=order, days=frame["days_left"].fillna(10**6))
    return frame.loc[by.sort_values(["order", "days", "path"], kind="stable").index].reset_index(
        drop=True
    )


def is_urgent(rows: pd.DataFrame) -> bool:
    """Whether somebody must act: a near deadline lacks evidence, or a case cannot be read."""
    return bool(rows["state"].isin(["urgent", "cannot_open"]).any())


def _rows(case: Case, now: datetime | None) -> list[dict[str, Any]]:
    tables = read_tables(connect(), case.tables_dir)
    found = notices(tables, case)
    if not found:
        return [_row(case.path, case, state="no_notice")]
    sent = submissions(case)
    decided = order_decisions(case).set_index("order_id")["decision"]
    members = _members(case)
    return [_of_notice(case, one, tables, sent, decided, members, now) for one in found]


def _members(case: Case) -> dict[str, list[str]]:
    """The groups of the last screening; none where the case was not screened."""
    try:
        return group_orders_of(read_assessment(case.results_dir))
    except BadInput:
        return {}


def _of_notice(
    case: Case,
    notice: Notice,
    tables: Tables,
    sent: pd.DataFrame,
    decided: pd.Series,
    members: dict[str, list[str]],
    now: datetime | None,
) -> dict[str, Any]:
    named = list(notice.order_ids)
    own = decided.reindex(named)
    to_prove = [one for one in named if own[one] != "concede"]
    strength = order_strength(case, to_prove, members)
    missing = int((~strength["sufficient"]).sum()) if named else None
    left = attempts_left(notice.attempts_allowed, notice.attempts_used, sent)
    days = notice.days_left(now or case.now())
    undecided = int(own.isna().sum())
    return _row(
        case.path,
        case,
        platform=notice.platform or case.platform,
        notice_id=notice.notice_id or "",
        deadline=notice.appeal_deadline,
        days_left=days,
        attempts_left=left,
        named=len(named) if named else None,
        not_found=sum(not one.found for one in match_ids(named, tables)) if named else None,
        decided=len(named) - undecided if named else None,
        defended=int(own.eq("defend").sum()) if named else None,
        conceded=int(own.eq("concede").sum()) if named else None,
        missing=missing,
        state=_state(_results(sent, notice, case), days, left, missing, undecided, len(to_prove)),
    )


def _results(sent: pd.DataFrame, notice: Notice, case: Case) -> list[str]:
    """What became of the appeals sent since this notice, oldest first ("" while it waits)."""
    since = notice.issued_at or notice.decided_at or notice.received_at
    local = sent["sent_at"].dt.tz_convert(case.zone).dt.tz_localize(None)
    own = sent if since is None else sent[local >= since]
    return [str(one) for one in own["result"]]


def _state(
    results: Sequence[str],
    days: int | None,
    left: int | None,
    missing: int | None,
    undecided: int,
    to_prove: int,
) -> str:
    if "accepted" in results:
        return "settled"
    if results and results[-1] == "":
        return "waiting"
    if left == 0:
        return "exhausted"
    if days is not None and days < 0:
        return "past"
    if days is None:
        return "unknown_deadline"
    if missing is None or missing > 0:
        return "urgent" if days <= NEAR_DAYS else "collect"
    if not to_prove:
        return "conceded"
    return "decide" if undecided else "send"


def _row(path: Path, case: Case | None = None, **told: Any) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(BOARD_COLUMNS)
    row |= {"case": path.name or str(path), "path": str(path), "problem": "", "notice_id": ""}
    row |= {"shop": case.shop if case else "", "platform": case.platform if case else ""}
    return row | told
