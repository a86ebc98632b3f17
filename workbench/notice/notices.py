"""The notices of a case: those of the loaded tables, and those that a person confirmed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from math import floor
from typing import Any

import pandas as pd

from workbench.case import Case
from workbench.notice.match import match_ids
from workbench.notice.recorded import Recorded, recorded
from workbench.tables import Tables

__all__ = ["Notice", "notices"]

_DAY_SECONDS = 86_400
_TEXTS = ("platform", "violation", "rule_clause", "measure")
_TIMES = ("issued_at", "decided_at", "appeal_deadline")
_COUNTS = ("attempts_allowed", "attempts_used")


@dataclass(frozen=True)
class Notice:
    """One notice of the platform.

    What the notice does not say is None, or () for a list. Times are the shop's local time,
    without a zone. `order_ids` are the orders it names, sorted, as the data write them where the
    data hold them; a notice may name none. `measure` is all `measures` in one text. `text` is
    the whole text as a person recorded it (`sha256` names its file), `confirmed` the fields that
    a person confirmed, `confirmed_by` who did so last. `orders_stated` is how many orders the
    notice says there are, `pending_appeal` whether it says that an appeal is under way.
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
    received_at: datetime | None = None
    channel: str | None = None
    rule_name: str | None = None
    rule_version_date: date | None = None
    facts_stated: str | None = None
    evidence_shown_by_platform: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    measure_start: datetime | None = None
    measure_end: datetime | None = None
    points: Decimal | None = None
    money_withheld: Decimal | None = None
    money_currency: str | None = None
    pending_appeal: bool | None = None
    human_review: str | None = None
    human_review_requested_at: datetime | None = None
    orders_stated: int | None = None
    text: str | None = None
    sha256: str = ""
    confirmed: tuple[str, ...] = ()
    confirmed_by: str = ""

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


def notices(
    tables: Tables, case: Case | None = None, until: datetime | None = None
) -> list[Notice]:
    """The notices of a case, newest first; [] where there is none.

    Those of the notices table: rows with one notice_id are one notice; rows without an id are
    one notice per moment of issue; where rows of one notice disagree, the last row in its file
    counts. With a `case` also those that people recorded (`record_notice`): what a person
    confirmed wins over the table, field by field. An order that the data write otherwise (full
    width, blanks, leading zeros) is given as the data write it; one that a person put right is
    given as put right. A notice without a date comes last. `until` (UTC) leaves out what was
    recorded later.
    """
    found = dict(_of_table(tables))
    for one in recorded(case, until) if case is not None else []:
        found[one.key] = _with(found.get(one.key, _silent()), one, tables)
    return sorted(found.values(), key=_age)


def _of_table(tables: Tables) -> list[tuple[str, Notice]]:
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
    return [(str(key), _notice(rows)) for key, rows in frame.groupby("key", sort=True)]


def _silent() -> Notice:
    silent = dict.fromkeys(("notice_id", *_TEXTS, *_TIMES, *_COUNTS))
    return Notice(**silent, order_ids=())  # type: ignore[arg-type]


def _with(notice: Notice, one: Recorded, tables: Tables) -> Notice:
    """The notice with what a person confirmed in it."""
    fields: dict[str, Any] = dict(one.fields)
    pairs = dict(fields.pop("orders_corrected", ()))
    if "measures" in fields:
        fields["measure"] = "；".join(fields["measures"]) or None
    order_ids = fields.get("order_ids", notice.order_ids)
    put_right = [pairs.get(given, given) for given in order_ids]
    same = {row.order_id: row.matched for row in match_ids(put_right, tables) if row.found}
    fields["order_ids"] = tuple(sorted({same.get(given, given) for given in put_right}))
    confirmed = tuple(dict.fromkeys([*notice.confirmed, *one.fields]))
    return replace(
        notice,
        **fields,
        text=one.text if one.text is not None else notice.text,
        sha256=one.sha256 or notice.sha256,
        confirmed=confirmed,
        confirmed_by=one.who,
    )


def _age(notice: Notice) -> tuple[float, str]:
    at = notice.issued_at or notice.decided_at or notice.received_at
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
