"""Orders of one item at one amount that crowd in time, from buyers who never come back.

Oddity 1: the count of a window (minutes to a week) of an item at one amount, or of an item where
shipping and coupons make the amounts differ, against what its other orders and the shop's own
trade let expect (workbench.detect.crowding). Oddity 2: its buyers with any order
outside of such windows against Binom(buyers, rho / 2): even a promotion keeps half of the usual
returning buyers. Both have to be odd by themselves; as they are independent where nothing is
wrong, they are then taken together (Fisher's method) and paid for by all windows looked at. In a
shop to which nobody returns oddity 2 cannot speak and nothing is reported.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from workbench.detect.constants import BURST_BUYERS, FILTER, LEAD, RETURNING_KEPT
from workbench.detect.crowding import window_rows
from workbench.detect.finding import Detector, no_findings
from workbench.detect.group import Group, findings
from workbench.detect.group_facts import group_facts
from workbench.detect.item_windows import in_search_order, item_windows, windows_of
from workbench.detect.newcomers import returning_buyers
from workbench.detect.opening import on_trade
from workbench.detect.sales import sales_of
from workbench.detect.shop import HOUR, rows_of, shop_figures, titles
from workbench.detect.tails import fisher
from workbench.detect.trade import BUYER_COLUMNS, ITEM_COLUMNS
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "same_offer_burst"


def find(tables: Tables) -> pd.DataFrame:
    """Bursts of one offer; see Detector.find and docs/detectors.md for what comes out."""
    trade = tables["trade"]
    sales = sales_of(trade).rows
    sold = sales[sales.cents > 0]
    offers, items = (in_search_order(sold, keys) for keys in (["item", "cents"], ["item"]))
    # Where all that is sold is paid for, the search of items is that of other detectors.
    whole = len(sold) == len(sales)
    by_item = item_windows(trade) if whole else windows_of(trade, items)
    searched = [(windows_of(trade, offers), offers), (by_item, items)]
    reviewed = {
        "reviewed": len(sold),
        "windows": sum(int(w.tried.max()) for w, _ in searched if len(w)),
    }
    found = [part for windows, rows in searched for part in _reported(windows, rows, len(searched))]
    if not found:
        return no_findings(**reviewed)
    reported = pd.concat([one for one, _ in found], ignore_index=True)
    begin = np.cumsum([0, *(len(one) for one, _ in found)])[:-1]
    inside = pd.concat(
        [rows.assign(group=rows.group + n) for (_, rows), n in zip(found, begin, strict=True)]
    )
    full = rows_of(trade, "order", sorted(set(inside.order)))
    rows = inside[["group", "order", "item"]].merge(full, on=["order", "item"])
    names = titles(tables, sorted(set(rows["item"])))
    told = group_facts(rows, shop_figures(tables), names)
    ids = rows.groupby("group").order_id.unique()
    records = zip(_with_others(reported).to_dict("records"), told, strict=True)
    groups = [_group(one, facts, ids[n]) for n, (one, facts) in enumerate(records)]
    return findings(NAME, groups, **reviewed)


def _reported(
    windows: pd.DataFrame, rows: pd.DataFrame, searches: int
) -> list[tuple[pd.DataFrame, pd.DataFrame]]:
    """Windows in which both oddities are there, and their rows."""
    if windows.empty:
        return []
    tested = _tested(windows.assign(tried=windows.tried * searches), rows)
    kept = tested[tested.p_value < LEAD].reset_index(drop=True)
    return [(_with_offer(kept, rows), window_rows(kept, rows))] if len(kept) else []


def _tested(windows: pd.DataFrame, sold: pd.DataFrame) -> pd.DataFrame:
    """Windows with oddity 2 (known, returning, rho, p2) and both together (p_value)."""
    inside = window_rows(windows, sold)
    told = pd.concat([windows, returning_buyers(inside, sold)], axis=1)
    p2 = stats.binom.cdf(told.returning, told.known, RETURNING_KEPT * told.rho)
    speaks = (2 * told.known >= told["count"]) & (told.known >= BURST_BUYERS)
    told["p2"] = np.where(speaks, p2, 1.0)
    both = np.minimum(fisher(told.p.to_numpy(), told.p2.to_numpy()) * told.tried, 1.0)
    return told.assign(p_value=np.where(told.p2 <= FILTER, both, 1.0))


def _with_offer(kept: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """With item, commonest amount, start and end (seconds), and how often both are sold."""
    inside = window_rows(kept, rows)
    amount = inside.groupby(["group", "cents"]).size().rename("n").reset_index()
    amount = amount.sort_values(["group", "n", "cents"], ascending=[True, False, True])
    cents = amount.drop_duplicates("group").set_index("group").cents
    first, last = kept["first"].to_numpy("int64"), kept["last"].to_numpy("int64")
    item = rows["item"].to_numpy()[first]
    by_item = rows[rows["item"].isin(item)].groupby("item").cents
    below = [int((by_item.get_group(i) <= c).sum()) for i, c in zip(item, cents, strict=True)]
    orders = by_item.size().reindex(item).to_numpy()
    return kept.assign(
        item=item,
        start=rows.second.to_numpy()[first],
        end=rows.second.to_numpy()[last],
        amount=cents.to_numpy() / 100,
        item_orders=orders,
        offer_orders=np.bincount(rows.key)[rows.key.to_numpy()[first]],
        price_quantile=np.array(below) / orders,
    )


def _with_others(reported: pd.DataFrame) -> pd.DataFrame:
    """With the number of other items that burst within an hour of each."""
    start, end, item = (reported[name].to_numpy() for name in ("start", "end", "item"))
    near = (start[:, None] <= end + HOUR) & (start <= end[:, None] + HOUR)
    others = [len(set(item[row]) - {item[n]}) for n, row in enumerate(near)]
    return reported.assign(minutes=(end - start) / 60, other_items_bursting=others)


def _group(one: dict, facts: dict, ids: list[str]) -> Group:
    own = ("amount", "phi", "minutes", "returning", "rho", "p2", "item_orders", "offer_orders")
    told = {name: one[name] for name in (*own, "price_quantile", "other_items_bursting")}
    told |= {"expected": one["mean"], "known_buyers": one["known"]}
    told |= {"p1": one["p"], "tried1": one["tried"]}
    return Group(
        orders=tuple(ids),
        statistic="orders of one offer in a window",
        observed=one["count"],
        expected=one["mean"],
        p_value=one["p_value"],
        start=pd.Timestamp(facts["window_start"]),
        end=pd.Timestamp(facts["window_end"]),
        facts=facts | told,
    )


DETECTOR = Detector(
    name=NAME,
    family="time",
    needs=("orders.order_id", "orders.created_at", "orders.paid_amount"),
    needs_any=(
        tuple(f"orders.{column}" for column in ITEM_COLUMNS),
        tuple(f"orders.{column}" for column in BUYER_COLUMNS),
    ),
    find=on_trade(find),
)
