"""What the papers tell of a case, as tables that its figures can be counted from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

import pandas as pd

from workbench.explain import Assessment
from workbench.figures.ledger import Ledger, said_rows
from workbench.rows import each
from workbench.tables import Tables

__all__ = ["Told", "case_tables", "ledger_of", "moment_table", "result_tables"]

_MOMENT = ("at", "kind", "step", "order_id", "group_id", "flag", "source_file", "source_row")

_ORDERS = ("order_id", "named", "in_data", "contested", "assessment", "group_id")
_DECIDED = ("decision", "decided_by", "reason", "strength")
_NOTICE = ("notice_id", "issued_at", "decided_at", "appeal_deadline")
_ATTEMPTS = ("attempts_allowed", "attempts_used")
_GROUPS = (
    "group_id", "size", "statistic", "observed", "expected", "p_value", "q_value", "q_formula",
    "q_shuffled", "assessment", "window_start", "window_end", "shop",
)  # fmt: skip


class Told(Protocol):
    """What is told of a case (`workbench.appeal.matter.Matter`)."""

    @property
    def now(self) -> datetime: ...  # noqa: D102
    @property
    def notice(self) -> Any: ...  # noqa: D102
    @property
    def orders(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def contested(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def exhibits(self) -> pd.DataFrame: ...  # noqa: D102


def ledger_of(matter: Told, tables: Tables, assessment: Assessment) -> Ledger:
    """The ledger of a case: `case/…` (see `case_tables`) and `results/…` (see `result_tables`)."""
    return Ledger({**case_tables(matter, tables), **result_tables(assessment)}, tables)


def case_tables(matter: Told, tables: Tables) -> dict[str, pd.DataFrame]:
    """The tables of what people and the platform said.

    case/orders: the orders at issue, with named (by the notice), in_data, contested (the letter
    is about it), assessment, group_id, decision ("" where nobody decided), decided_by, reason,
    strength and exhibits (how many). case/notice: one row with the notice's times and attempts,
    and `now`, the date of the papers. case/named: the orders that the notice names. Both have
    the row of the notice's file, where it was loaded from one.
    case/exhibits: one row per evidence file and what it was given for: number, source_file
    (SHA-256 of the file), code, size, subject, subject_id.
    """
    named = _named(matter, tables)
    return {
        "case/orders": _orders(matter),
        "case/notice": _notice(matter, named),
        "case/named": named,
        "case/exhibits": _exhibits(matter.exhibits),
    }


def result_tables(assessment: Assessment) -> Mapping[str, pd.DataFrame]:
    """The tables of what the screening said.

    results/orders (order_id, score, q_value, assessment, group_id), results/groups (its numbers),
    results/detectors (detector, state), results/said (see `workbench.figures.ledger.said_rows`)
    and results/summary (how many orders were screened).
    """
    orders = assessment.orders.drop(columns="reasons", errors="ignore")
    groups = assessment.groups
    runs = assessment.detectors
    return {
        "results/orders": orders,
        "results/groups": groups[[name for name in _GROUPS if name in groups]],
        "results/detectors": runs[[n for n in ("shop", "detector", "state", "needs") if n in runs]],
        "results/said": said_rows(assessment),
        "results/summary": pd.DataFrame({"orders": [len(orders)], "groups": [len(groups)]}),
    }


def moment_table(moments: pd.DataFrame, origins: pd.DataFrame) -> pd.DataFrame:
    """The table case/moments: every moment of the chronology, and the row it was read from.

    `origins` says which table a file (sha256) was loaded into; `event` is the number of the event
    of the case, for what people recorded.
    """
    table = dict(zip(origins["sha256"], origins["table"], strict=True))
    frame = moments[[*_MOMENT, "event"]].copy()
    frame["source_table"] = [table.get(file, "") for file in frame["source_file"]]
    return frame.reset_index(drop=True)


def _orders(matter: Told) -> pd.DataFrame:
    contested = set(matter.contested["order_id"])
    orders = matter.orders
    frame = orders.assign(contested=[one in contested for one in orders["order_id"]])
    frame = frame[[name for name in (*_ORDERS, *_DECIDED) if name in frame]].copy()
    frame["exhibits"] = [len(numbers) for numbers in orders["exhibits"]]
    return frame.reset_index(drop=True)


def _named(matter: Told, tables: Tables) -> pd.DataFrame:
    ids = sorted(matter.notice.order_ids) if matter.notice else []
    frame = pd.DataFrame({"order_id": pd.Series(ids, dtype="object")})
    loaded = tables.get("notices")
    if loaded is None or not {"order_id", "notice_id"} <= set(loaded.columns) or not ids:
        return frame.assign(source_table="", source_file="", source_row=None)
    rows = loaded.select("notice_id", "order_id", "source_file", "source_row").to_pandas()
    rows = rows[rows["notice_id"].eq(matter.notice.notice_id) & rows["order_id"].notna()]
    rows = rows.sort_values(["source_file", "source_row"]).drop_duplicates("order_id", keep="last")
    found = frame.merge(rows.drop(columns="notice_id"), on="order_id", how="left")
    return found.assign(
        source_table=found["source_file"].map(lambda f: "" if pd.isna(f) else "notices")
    )


def _notice(matter: Told, named: pd.DataFrame) -> pd.DataFrame:
    values = {name: getattr(matter.notice, name, None) for name in (*_NOTICE, *_ATTEMPTS)}
    frame = pd.DataFrame({name: [value] for name, value in values.items()}, dtype="object")
    places = ["source_table", "source_file", "source_row"]
    first = named.dropna(subset="source_row").head(1)
    for place in places:
        frame[place] = list(first[place]) or [None]
    return frame.assign(now=[matter.now])


def _exhibits(exhibits: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {
            "number": row.number,
            "source_file": row.sha256,
            "code": row.code,
            "size": row.size,
            "subject": subject,
            "subject_id": subject_id,
        }
        for row in each(exhibits)
        for subject, subject_id in row.subjects
    ]
    columns = ["number", "source_file", "code", "size", "subject", "subject_id"]
    return pd.DataFrame(rows, columns=columns)
