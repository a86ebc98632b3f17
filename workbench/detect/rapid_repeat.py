"""One account that orders again and again, fast, and always the same.

Oddity 1, which an account must show before it is looked at further: the larger of two. Gaps of the
account no longer than its median gap, against Binom(gaps, G), G the shop's own gaps of repeat
buyers; and its median gap among those of the other repeat buyers (log-normal), because gaps of one
buyer are alike. In a shop to which too few come back for a rhythm: the number of its orders, from
the chance of one more. Oddity 2, paid for with the accounts that show the first: purchases with
its most ordered item against how often the shop's repeat buyers take theirs again (binomial). The
account is left out of every baseline.
"""

from __future__ import annotations

from collections import Counter

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table
from scipy import stats

from workbench.detect.baseline import sharing_tail
from workbench.detect.constants import (
    DENSE_GAP,
    FILTER,
    LEAD,
    MIN_REPEAT_BUYERS,
    MIN_REPEATS,
)
from workbench.detect.finding import Detector, no_findings
from workbench.detect.group import Group, findings
from workbench.detect.group_facts import group_facts
from workbench.detect.opening import on_trade
from workbench.detect.rhythm import Rhythm, repeat_rhythm
from workbench.detect.sales import sales_of
from workbench.detect.shared_rows import integers
from workbench.detect.shop import rows_of, shop_figures, titles
from workbench.detect.trade import BUYER_COLUMNS, ITEM_COLUMNS
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "rapid_repeat"
HOUR = 3600.0


def find(tables: Tables) -> pd.DataFrame:
    """Accounts that repeat fast; see Detector.find and docs/detectors.md."""
    trade = tables["trade"]
    rhythm = repeat_rhythm(trade)
    often = rhythm.accounts[rhythm.accounts.purchases >= MIN_REPEATS]
    if often.empty:
        return no_findings(reviewed=0)
    known = len(rhythm.accounts) > MIN_REPEAT_BUYERS
    looked = often[often.median_gap < rhythm.median_gap()] if known else often
    judged = _gap_tests(trade, looked, rhythm, None if known else _one_more(trade))
    tested = judged[judged.p1 <= FILTER]
    tested = tested.assign(p2=rhythm.item_tail(tested.index), tried2=len(tested))
    tested["p"] = (tested.p2 * tested.tried2).clip(upper=1.0)
    reported = tested[tested.p < LEAD]
    if reported.empty:
        return no_findings(reviewed=len(often))
    told = reported.assign(
        top=rhythm.accounts.top, rebuy=rhythm.rebuy(reported.index), usual=rhythm.median_gap()
    )
    return findings(NAME, _groups(tables, told, len(often)), reviewed=len(often))


def _one_more(trade: Table) -> float:
    """Chance that a buyer with two orders has a third one: what is known where few come back."""
    rows = sales_of(trade).rows
    buyers = rows[rows.buyer != 0].drop_duplicates("buyer").buyer_orders
    return sharing_tail(Counter(buyers.tolist()))[0]


def _gap_tests(
    trade: Table, looked: pd.DataFrame, rhythm: Rhythm, more: float | None
) -> pd.DataFrame:
    """Oddity 1 by account: gaps, median_gap, short, share, p_gap, p_between, p1.

    Where too few buyers come back for a rhythm of the shop, `more` is the chance of one order
    more, and the number of orders is what is odd.
    """
    wanted = ibis.memtable(pd.DataFrame({"buyer": looked.index.to_numpy("int64")}))
    bought = trade.semi_join(wanted, "buyer").select("buyer", "second").distinct()
    times = integers(bought).sort_values(["buyer", "second"])
    gap = times.groupby("buyer").second.diff().set_axis(times.buyer).dropna()
    by = gap.groupby(level=0)
    tests = pd.DataFrame({"gaps": by.size(), "median_gap": by.median()})
    tests["share"] = rhythm.share_within(tests.median_gap, gap)
    is_short = gap <= tests.median_gap[gap.index].to_numpy()
    tests["short"] = is_short.groupby(level=0).sum()
    tests["p_gap"] = stats.binom.sf(tests.short - 1, tests.gaps, tests.share.clip(0.0, 1.0))
    if more is not None:
        p = more ** (tests.gaps - 1)
        return tests.assign(p_gap=1.0).assign(p_between=p, p1=p)
    short = tests.index[tests.p_gap <= FILTER]
    tests["p_between"] = pd.Series(rhythm.shorter_than(short), short).reindex(tests.index)
    tests["p_between"] = tests.p_between.fillna(1.0)
    return tests.assign(p1=tests[["p_gap", "p_between"]].max(axis=1))


def _groups(tables: Tables, told: pd.DataFrame, reviewed: int) -> list[Group]:
    rows = rows_of(tables["trade"], "buyer", told.index.tolist())
    rows["group"] = told.index.get_indexer(pd.Index(rows.buyer.to_numpy("int64")))
    members = _dense(rows, told.median_gap.to_numpy())
    names = titles(tables, sorted({int(item) for item in members["item"].dropna()}))
    common = group_facts(members, shop_figures(tables), names)
    figures = told.reset_index(drop=True).join(_figures(rows, members)).assign(reviewed=reviewed)
    ids = members.groupby("group").order_id.unique()
    return [
        _group(one, facts, ids[n])
        for n, (one, facts) in enumerate(zip(figures.to_dict("records"), common, strict=True))
    ]


def _dense(rows: pd.DataFrame, median_gap: np.ndarray) -> pd.DataFrame:
    """The orders with a neighbour within a few median gaps of their account (`group`)."""
    times = rows[["group", "second"]].drop_duplicates().sort_values(["group", "second"])
    by = times.groupby("group").second
    limit = DENSE_GAP * median_gap[times.group]
    near = (by.diff() <= limit) | (-by.diff(-1) <= limit)
    return rows.merge(times[near.fillna(False).astype(bool)], on=["group", "second"])


def _figures(rows: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """What is told of each account (`rows`) and of its dense orders (`members`), by group."""
    times = rows[["group", "second"]].drop_duplicates().sort_values(["group", "second"])
    orders = members.drop_duplicates(["group", "order_id"])
    held = members.groupby(["group", "item"]).order_id.nunique().groupby("group").max()
    figures = pd.DataFrame(
        {
            "account_orders": rows.groupby("group").order_id.nunique(),
            "longest": times.groupby("group").second.diff().groupby(times.group).max(),
            "top_item_share": held / orders.groupby("group").size(),
            "active_days": orders.created_at.dt.normalize().groupby(orders.group).nunique(),
        }
    )
    for name, column in (("addresses", "address"), ("phones", "phone")):
        different = members.groupby("group")[column].nunique() if column in members else 0
        figures[name] = different
    return figures


def _group(one: dict, facts: dict, ids: np.ndarray) -> Group:
    own = ("p_gap", "p_between", "p1", "p2", "tried2", "reviewed", "account_orders", "active_days")
    told = {name: one[name] for name in (*own, "top_item_share")}
    told |= {
        "median_gap_hours": one["median_gap"] / HOUR,
        "shop_gap_share": one["share"],
        "shop_median_gap_hours": one["usual"] / HOUR,
        "gaps_short": one["short"],
        "top_item_orders": one["top"],
        "rebuy_rate": one["rebuy"],
        "steady": float(one["longest"]) / one["median_gap"],
        "addresses": one["addresses"] or None,
        "phones": one["phones"] or None,
    }
    return Group(
        orders=tuple(ids),
        statistic="orders of one account",
        observed=len(ids),
        expected=1 + one["gaps"] * one["share"],
        p_value=one["p"],
        start=pd.Timestamp(facts["window_start"]),
        end=pd.Timestamp(facts["window_end"]),
        facts=facts | told,
    )


DETECTOR = Detector(
    name=NAME,
    family="behaviour",
    needs=("orders.order_id", "orders.created_at"),
    needs_any=(
        tuple(f"orders.{column}" for column in BUYER_COLUMNS),
        tuple(f"orders.{column}" for column in ITEM_COLUMNS),
    ),
    find=on_trade(find),
)
