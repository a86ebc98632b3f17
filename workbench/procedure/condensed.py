"""A chronology short enough for a letter: first, last and count where there are many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.language import LANGUAGES, Say, words
from workbench.procedure.contradictions import contradiction_name
from workbench.procedure.moments import KIND_OF

__all__ = ["Condensed", "condensed"]

# So many moments of one kind are told one by one.
_FEW = 2
_RANK = {step: rank for rank, step in enumerate(KIND_OF)}
_COLUMNS = [
    "at", "last_at", "kind", "step", "order_id", "group_id", "count", "zh", "en", "source_file",
    "source_row", "event", "flag", "flag_zh", "flag_en",
]  # fmt: skip


@dataclass(frozen=True)
class Condensed:
    """The rows of a short chronology, and how many moments none of them tells.

    `rows`: the columns of `chronology`, and last_at (the last moment it tells of) and count (how
    many moments it tells of). A row of several has the source of the first of them.
    """

    rows: pd.DataFrame
    left_out: int


def condensed(rows: pd.DataFrame, max_rows: int = 80) -> Condensed:
    """`rows` of `chronology` in at most `max_rows` rows, oldest first.

    Moments of one step, one group and one contradiction are one row where they are more than
    two: first, last and count. If that is still too long, groups are kept apart only where they
    were placed, and then not at all; then carriers' scans on the way, and at last single steps
    of orders, are left out and counted. What the platform and the shop did in the case, and
    contradictions, are kept longest.
    """
    apart = rows["group_id"].where(rows["step"].eq("placed"), "")
    for groups in (rows["group_id"], apart, ""):
        short = _put_together(rows.assign(group_id=groups))
        if len(short) <= max_rows:
            break
    kept = short.assign(worth=[_worth(row) for row in short.to_dict("records")])
    kept = kept.sort_values(["worth", "at"], kind="stable", ascending=[False, True]).head(max_rows)
    told = kept.drop(columns="worth").sort_index().reset_index(drop=True)
    return Condensed(told, len(rows) - int(told["count"].sum()))


def _put_together(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per set of moments that are alike, or the moments themselves where they are few."""
    told: list[dict[str, Any]] = []
    of_orders = rows["order_id"].ne("")
    for _, same in rows[of_orders].groupby(["step", "group_id", "flag"], sort=False):
        if len(same) <= _FEW:
            told += [_alone(row) for row in same.to_dict("records")]
        else:
            told.append(_several(same))
    told += [_alone(row) for row in rows[~of_orders].to_dict("records")]
    told.sort(key=lambda row: (row["at"], _RANK[row["step"]]))
    frame = pd.DataFrame(told, columns=_COLUMNS)
    return frame.astype({"source_row": "Int64", "event": "Int64", "count": "int64"})


def _alone(row: dict[Any, Any]) -> dict[str, Any]:
    told = {**row, "last_at": row["at"], "count": 1}
    for language in LANGUAGES:
        say = words("procedure", language)
        if row["order_id"]:
            told[language] = say(
                "Order {order}: {moment}", order=row["order_id"], moment=row[language]
            )
        if row["flag"]:
            told[language] = _marked(told[language], row[f"flag_{language}"], say)
    return told


def _several(same: pd.DataFrame) -> dict[str, Any]:
    first = same.iloc[0]
    told = {name: first[name] for name in _COLUMNS if name in same.columns}
    told |= {"order_id": "", "last_at": same["at"].max(), "count": len(same)}
    for language in LANGUAGES:
        say = words("procedure", language)
        told[language] = _sentence(same, say)
        flag = _odd(first["flag"], say)
        told[f"flag_{language}"] = flag
        if flag:
            told[language] = _marked(told[language], flag, say)
    return told


def _sentence(same: pd.DataFrame, say: Say) -> str:
    what, group = _step_words(say)[same["step"].iloc[0]], same["group_id"].iloc[0]
    orders, count = same["order_id"].nunique(), len(same)
    many = (
        say("{orders} orders", orders=orders)
        if orders == count
        else say("{orders} orders, {count} times", orders=orders, count=count)
    )
    last = f"{same['at'].max():%Y-%m-%d %H:%M}"
    if group:
        return say(
            "{what}: {many} of group {group}; the last at {last}.",
            what=what,
            many=many,
            group=group,
            last=last,
        )
    return say("{what}: {many}; the last at {last}.", what=what, many=many, last=last)


def _marked(moment: str, flag: str, say: Say) -> str:
    return say("{moment} Contradiction: {flag}.", moment=moment, flag=flag)


def _odd(flag: str, say: Say) -> str:
    """What is odd about all of them, without times; "" when nothing is."""
    return say("; ").join(contradiction_name(code, say) for code in flag.split("; ") if code)


def _worth(row: dict[Any, Any]) -> int:
    """What a letter keeps longest: the case, contradictions, the trade, the way of a parcel."""
    if row["flag"]:
        return 3
    if not row["order_id"] and row["count"] == 1:
        return 4
    return 0 if row["step"] in ("moved", "scanned") else 2 if row["count"] > 1 else 1


def _step_words(say: Say) -> dict[str, str]:
    return {
        "placed": say("Placed"),
        "paid": say("Paid"),
        "picked": say("Picked and packed"),
        "shipped": say("Marked as shipped"),
        "handed_over": say("Handed over"),
        "collected": say("Collected by the carrier"),
        "moved": say("Scanned on the way"),
        "scanned": say("Scanned"),
        "signed": say("Signed for"),
        "confirmed": say("Receipt confirmed"),
        "reviewed": say("Reviewed"),
        "refund_asked": say("Refund or return asked for"),
        "refund_done": say("Refund or return settled"),
        "taken": say("Decision written down"),
        "added": say("Evidence added"),
        "statement": say("Statement of a buyer"),
    }
