"""The platform's notice: what it alleges, by when it can be answered, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import floor

import pandas as pd

from workbench.tables import Tables

__all__ = ["Notice", "notices"]

_DAY_SECONDS = 86_400
_TEXTS = ("platform", "violation", "rule_clause", "measure")
_TIMES = ("issued_at", "decided_at", "appeal_deadline")
_COUNTS = ("attempts_allowed", "attempts_used")


@dataclass(frozen=True)
class Notice:
    """One notice of the platform.

    What the notice does not say is None. Times are the shop's local time, without a zone.
    `order_ids` are the orders it names, sorted; a notice may name none.
    """

    notice_id: str | None
    platform: str | None
    violation: str | None
    rule_clause: str | None
    issued_at: datetime | None
    decided_at: datetime | None
    appeal_deadline: datetime | None
    attempts_allowed: int | None
    attempts_used: int | None
    measure: str | None
    order_ids: tuple[str, ...]

    def days_left(self, now: datetime) -> int | None:
        """Whole days from `now` (local time of the shop, no zone) to the appeal deadline.

        Rounded down: 0 on the last day, negative once the deadline is over. None when the
        notice states no deadline.
        """
        if self.appeal_deadline is None:
            return None
        return floor((self.appeal_deadline - now).total_seconds() / _DAY_SECONDS)

    @property
    def attempts_left(self) -> int | None:
        """Appeals that can still be made, never below 0; None when the notice gives no number.

        A notice that states how many are allowed and not how many were used gives None too: it
        is not for us to assume that none was used.
        """
        if self.attempts_allowed is None or self.attempts_used is None:
            return None
        return max(0, self.attempts_allowed - self.attempts_used)


def notices(tables: Tables) -> list[Notice]:
    """The notices of a case, newest first; [] without a notices table.

    Rows with one notice_id are one notice; rows without an id are one notice per moment of
    issue. Where rows of one notice disagree, the last row in its file counts. A notice without
    a date comes last.
    """
    if "notices" not in tables:
        return []
    table = tables["notices"]
    rows = table.order_by([c for c in ("source_file", "source_row") if c in table.columns])
    frame = rows.to_pandas()
    columns = ("notice_id", "order_id", *_TEXTS, *_TIMES, *_COUNTS)
    frame = frame.reindex(columns=list(dict.fromkeys(columns)))
    keys = frame["notice_id"].map(_text).where(frame["notice_id"].notna(), None)
    issued = frame["issued_at"].astype("string").fillna("")
    frame["key"] = [k if k else f"\0{at}" for k, at in zip(keys, issued, strict=True)]
    found = [_notice(rows) for _, rows in frame.groupby("key", sort=True)]
    return sorted(found, key=_age)


def _age(notice: Notice) -> tuple[float, str]:
    at = notice.issued_at or notice.decided_at
    newest_first = -(at - datetime(1970, 1, 1)).total_seconds() if at else float("inf")
    return newest_first, notice.notice_id or ""


def _notice(rows: pd.DataFrame) -> Notice:
    texts = {name: _text(_last(rows[name])) for name in ("notice_id", *_TEXTS)}
    times = {name: _time(_last(rows[name])) for name in _TIMES}
    counts = {name: _count(_last(rows[name])) for name in _COUNTS}
    orders = {text for one in rows["order_id"].dropna() if (text := _text(one))}
    return Notice(**texts, **times, **counts, order_ids=tuple(sorted(orders)))  # type: ignore[arg-type]


def _last(column: pd.Series) -> object:
    stated = column.dropna()
    return stated.iloc[-1] if len(stated) else None


def _text(value: object) -> str | None:
    if pd.isna(value):  # type: ignore[call-overload]
        return None
    return str(value).strip() or None


def _time(value: object) -> datetime | None:
    return None if value is None else pd.Timestamp(value).to_pydatetime()  # type: ignore[arg-type]


def _count(value: object) -> int | None:
    return None if value is None else int(value)  # type: ignore[call-overload]
