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

import numpy as np
import pandas as pd
from ibis.expr.types import Table

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
from workbench.detect.opening import on_trade
from workbench.detect.rhythm import Rhythm, repeat_rhythm
from workbench.detect.sales import sales_of
from workbench.detect.shop import Shop, common_facts, rows_of, shop_figures, titles
from workbench.detect.tails import at_least
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
    more = 0.0 if known else _one_more(trade)
    rows = rows_of(trade, "buyer", looked.index.tolist())
    seconds = rows.second.to_numpy("int64")
    accounts: dict = rows.groupby("buyer").indices
    judged = [
        _gap_test(buyer, seconds[own], rhythm, None if known else more)
        for buyer, own in accounts.items()
    ]
    passed = [
        one | {"rows": rows.iloc[accounts[one["buyer"]]]} for one in judged if one["p1"] <= FILTER
    ]
    tested = [_item_test(one, rhythm, len(passed)) for one in passed]
    reported = [one for one in tested if one["p"] < LEAD]
    if not reported:
        return no_findings(reviewed=len(often))
    items = sorted({int(i) for one in reported for i in one["rows"]["item"].dropna()})
    shop, names = shop_figures(tables), titles(tables, items)
    groups = [_group(one, rhythm, shop, names) for one in reported]
    for group in groups:
        group.facts["reviewed"] = len(often)
    return findings(NAME, groups, reviewed=len(often))


def _one_more(trade: Table) -> float:
    """Chance that a buyer with two orders has a third one: what is known where few come back."""
    rows = sales_of(trade).rows
    buyers = rows[rows.buyer != 0].drop_duplicates("buyer").buyer_orders
    return sharing_tail(Counter(buyers.tolist()))[0]


def _gap_test(buyer: int, seconds: np.ndarray, rhythm: Rhythm, more: float | None) -> dict:
    """Oddity 1 of one account, from the seconds of its orders.

    Where too few buyers come back for a rhythm of the shop, `more` is the chance of one order
    more, and the number of orders is what is odd.
    """
    gaps = np.diff(np.unique(seconds)).astype("float64")
    median = float(np.median(gaps))
    share = rhythm.share_within(median, gaps)
    short = int((gaps <= median).sum())
    p_gap = at_least(short, len(gaps), share)
    if more is not None:
        p_gap, p_between = 1.0, more ** (len(gaps) - 1)
    else:
        p_between = rhythm.shorter_than(buyer, median) if p_gap <= FILTER else 1.0
    return {
        "buyer": buyer,
        "gaps": gaps,
        "median_gap": median,
        "share": share,
        "short": short,
        "p_gap": p_gap,
        "p_between": p_between,
        "p1": max(p_gap, p_between) if more is None else p_between,
    }


def _item_test(one: dict, rhythm: Rhythm, passed: int) -> dict:
    """Oddity 2 of one account, paid for with the accounts that showed oddity 1."""
    p2 = rhythm.item_tail(one["buyer"])
    return one | {"p2": p2, "tried2": passed, "p": min(1.0, p2 * passed)}


def _dense(one: dict) -> pd.DataFrame:
    """The orders with a neighbour within a few median gaps."""
    times = np.sort(one["rows"].second.astype("int64").unique())
    near = one["gaps"] <= DENSE_GAP * one["median_gap"]
    kept = times[np.concatenate([near, [False]]) | np.concatenate([[False], near])]
    rows: pd.DataFrame = one["rows"]
    return rows[rows.second.isin(kept)]


def _group(one: dict, rhythm: Rhythm, shop: Shop, names: pd.DataFrame) -> Group:
    members = _dense(one)
    facts = common_facts(members, shop, names)
    orders = members.drop_duplicates("order_id")
    facts["top_item_share"] = members.groupby("item").order_id.nunique().max() / len(orders)
    facts |= {
        "account_orders": int(one["rows"].order_id.nunique()),
        "median_gap_hours": one["median_gap"] / HOUR,
        "shop_gap_share": one["share"],
        "shop_median_gap_hours": rhythm.median_gap() / HOUR,
        "gaps_short": one["short"],
        "p_gap": one["p_gap"],
        "p_between": one["p_between"],
        "p1": one["p1"],
        "p2": one["p2"],
        "tried2": one["tried2"],
        "top_item_orders": int(rhythm.accounts.loc[[one["buyer"]], "top"].iloc[0]),
        "rebuy_rate": rhythm.rebuy(one["buyer"]),
        "steady": float(one["gaps"].max() / one["median_gap"]),
        "active_days": int(orders.created_at.dt.normalize().nunique()),
        "addresses": _different(members, "address"),
        "phones": _different(members, "phone"),
    }
    return Group(
        orders=tuple(orders.order_id),
        statistic="orders of one account",
        observed=len(orders),
        expected=1 + (len(one["gaps"]) * one["share"]),
        p_value=one["p"],
        start=members.created_at.min(),
        end=members.created_at.max(),
        facts=facts,
    )


def _different(rows: pd.DataFrame, column: str) -> int | None:
    known = column in rows and rows[column].notna().any()
    return int(rows[column].nunique()) if known else None


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
