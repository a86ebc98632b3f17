"""Orders of one item at one amount that crowd into an hour, from buyers who never come back.

Test 1: the count of the stretch against a negative binomial. Its mean is what the offer's other
orders and the shop's own traffic let expect in the window; its variance / mean is fitted to the
item's hourly counts, the stretch left out, and drawn to the shop's.
Test 2: buyers in the stretch with another order outside of such stretches against
Binom(buyers, rho / 2): even a promotion keeps half of the usual returning buyers. In a shop to
which nobody returns the test cannot speak and nothing is reported.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.baseline import (
    HOUR,
    Returning,
    Traffic,
    dispersion,
    returning_rates,
    shrunk,
)
from workbench.detect.bursts import crowded_stretches, offers
from workbench.detect.constants import (
    ALPHA,
    BURST_OVER_RATE,
    BURST_SECONDS,
    BURST_SIZES,
    MIN_OFFER_DAYS,
    MIN_SHOP_ORDERS,
    PHI_ORDERS,
    PHI_WEIGHT,
    PRIOR_ORDERS,
    RETURNING_KEPT,
    RHO_WEIGHT,
)
from workbench.detect.finding import Detector, no_findings
from workbench.detect.group import Group, findings
from workbench.detect.shop import Shop, common_facts, rows_of, shop_figures, titles
from workbench.detect.tails import at_most, count_tail, number_to_pay_for
from workbench.detect.trade import BUYER_COLUMNS, ITEM_COLUMNS, prepared, trade_of
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "same_offer_burst"


@dataclass(frozen=True)
class _Baseline:
    """What the stretches are compared with."""

    traffic: Traffic
    phi: float
    returning: Returning


def find(tables: Tables) -> pd.DataFrame:
    """Bursts of one offer; see Detector.find and docs/detectors.md for what comes out."""
    with prepared(tables) as ready:
        return _find(ready)


def _find(tables: Tables) -> pd.DataFrame:
    trade = trade_of(tables)
    if "buyer" not in trade.columns:
        return no_findings(reviewed=0, missing=[" | ".join(f"orders.{c}" for c in BUYER_COLUMNS)])
    if trade.order.nunique().to_pandas() < MIN_SHOP_ORDERS:
        return no_findings(reviewed=0, reason="too_few_orders")
    on_sale = offers(trade)
    stretches = crowded_stretches(trade, on_sale)
    if stretches.empty:
        return no_findings(reviewed=0)
    rows = _with_buyer_orders(trade, rows_of(trade, "item", sorted(set(stretches.item))))
    base = _Baseline(Traffic.of(trade), _shop_phi(trade, rows), returning_rates(trade))
    surges = _surges(stretches, rows, base, _windows_tried(on_sale))
    members = [_members(rows, surge) for surge in surges]
    everything = pd.concat(members) if members else rows.iloc[:0]
    outside = _orders_outside(everything)
    ordinary = base.returning.without(everything.drop_duplicates("order_id"))
    rest = rows.drop(everything.index)
    tested = _paid_for(
        [
            _tested(surge, inside, rest, outside, ordinary)
            for surge, inside in zip(surges, members, strict=True)
        ]
    )
    reported = [t for t in tested if t["p"] <= ALPHA]
    if not reported:
        return no_findings(reviewed=len(stretches))
    shop, names = shop_figures(tables), titles(tables, sorted({int(t["item"]) for t in reported}))
    groups = [_group(t, rows, surges, base.traffic, shop, names) for t in reported]
    for group in groups:
        group.facts["reviewed"] = len(stretches)
    return findings(NAME, groups, reviewed=len(stretches))


def _with_buyer_orders(trade: Table, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with `buyer_orders` (orders of the buyer in the shop), `month` and `hour`."""
    orders = trade.filter((trade.line == 0) & trade.buyer.notnull())
    wanted = ibis.memtable(pd.DataFrame({"buyer": rows.buyer.dropna().astype("int64").unique()}))
    counts = orders.semi_join(wanted, "buyer").group_by("buyer").aggregate(n=lambda t: t.count())
    known = counts.to_pandas().set_index("buyer").n
    return rows.assign(
        buyer_orders=rows.buyer.map(known),
        month=rows.created_at.dt.year * 12 + rows.created_at.dt.month - 1,
        hour=rows.second // HOUR,
    )


def _windows_tried(on_sale: Table) -> int:
    """Windows that were looked at: one per order of an offer and size that fits it."""
    total = ibis.literal(0)
    for size in BURST_SIZES:
        fits = (on_sale.offer_orders >= size) & (on_sale.hourly * BURST_OVER_RATE < size)
        total = total + ibis.ifelse(fits, on_sale.offer_orders, 0)
    return int(on_sale.aggregate(n=total.sum()).to_pandas().n.fillna(0).iloc[0])


def _shop_phi(trade: Table, rows: pd.DataFrame) -> float:
    """Median dispersion of the items with enough orders, at least 1 (Poisson)."""
    sold = trade.filter(trade.item.notnull())
    often = sold.group_by("item").aggregate(n=sold.count()).filter(lambda t: t.n >= PHI_ORDERS)
    hourly = sold.semi_join(often, "item").mutate(hour=(sold.second / HOUR).floor().cast("int64"))
    cells = hourly.group_by(["item", "hour"]).aggregate(n=hourly.count()).to_pandas()
    traffic = Traffic.of(trade)
    own = [dispersion(item, traffic) for _, item in cells.groupby("item")]
    return max(1.0, float(np.nanmedian(own))) if np.isfinite(own).any() else 1.0


def _surges(
    stretches: pd.DataFrame, rows: pd.DataFrame, base: _Baseline, windows: int
) -> list[dict]:
    """The stretches that pass test 1; of overlapping ones of an offer only the least likely."""
    cells = rows.groupby(["item", "hour"]).size().rename("n").reset_index()
    by_item = dict(list(cells.groupby("item")))
    seconds = {offer: s.to_numpy("int64") for offer, s in rows.groupby(["item", "amount"]).second}
    judged = []
    for stretch in stretches.to_dict("records"):
        own = seconds[stretch["item"], stretch["amount"]]
        own = own[(own >= stretch["start"]) & (own <= stretch["end"])]
        others = base.traffic.without(own)
        mean = _expected(stretch, others)
        phi = _phi(stretch, by_item[stretch["item"]], base)
        p1 = count_tail(int(stretch["count"]), mean, phi)
        if p1 * windows <= ALPHA:
            judged.append({**stretch, "mean": mean, "phi": phi, "p1": p1, "tried1": windows})
    kept: list[dict] = []
    for one in sorted(judged, key=lambda s: (s["p1"], -s["count"], s["start"], s["amount"])):
        if not any(_overlap(one, other) for other in kept):
            kept.append(one)
    return kept


def _overlap(one: dict, other: dict) -> bool:
    same = one["item"] == other["item"] and one["amount"] == other["amount"]
    return bool(same and one["start"] <= other["end"] and other["start"] <= one["end"])


def _window(stretch: dict) -> tuple[float, float]:
    """The stretch, widened to the hour that was searched."""
    lack = max(BURST_SECONDS - (stretch["end"] - stretch["start"]), 0) / 2
    return stretch["start"] - lack, stretch["end"] + lack


def _expected(stretch: dict, traffic: Traffic) -> float:
    """Orders of the offer expected in the window, from its other orders while on sale.

    `traffic` is that of the shop without the stretch.
    """
    count, window = stretch["count"], _window(stretch)
    others = stretch["offer_orders"] - count
    if others > 0:
        lack = max(MIN_OFFER_DAYS * 24 * HOUR - (stretch["last"] - stretch["first"]), 0) / 2
        life = (stretch["first"] - lack, stretch["last"] + lack)
    else:
        life = (traffic.start * HOUR, (traffic.start + len(traffic.counts)) * HOUR)
    return (others + PRIOR_ORDERS) * traffic.share(window, life)


def _phi(stretch: dict, cells: pd.DataFrame, base: _Baseline) -> float:
    """Dispersion of the item outside of the hours of the stretch, drawn to the shop's."""
    hours = cells.hour.between(stretch["start"] // HOUR, stretch["end"] // HOUR)
    rest = cells[~hours]
    return max(1.0, shrunk(dispersion(rest, base.traffic), rest.n.sum(), base.phi, PHI_WEIGHT))


def _members(rows: pd.DataFrame, surge: dict) -> pd.DataFrame:
    inside = rows.second.between(surge["start"], surge["end"])
    return rows[inside & (rows["item"] == surge["item"]) & (rows.amount == surge["amount"])]


def _orders_outside(surging: pd.DataFrame) -> pd.Series:
    """Orders that each buyer of a surge has outside of all surges, by buyer."""
    inside = surging.dropna(subset="buyer").drop_duplicates("order_id").groupby("buyer")
    return inside.buyer_orders.first() - inside.size()


def _tested(
    surge: dict,
    members: pd.DataFrame,
    rest: pd.DataFrame,
    outside: pd.Series,
    ordinary: Returning,
) -> dict:
    """Test 2 of a surge."""
    buyers = members.buyer.dropna().unique()
    returning = int((outside.reindex(buyers) > 0).sum())
    rho = _rho(surge, members, rest, ordinary)
    enough = 2 * members.buyer.notna().sum() >= len(members) and len(buyers) >= BURST_SIZES[0]
    p2 = at_most(returning, len(buyers), RETURNING_KEPT * rho) if enough else 1.0
    best = at_most(0, len(buyers), RETURNING_KEPT * rho) if enough else 1.0
    told = {"members": members, "returning": returning, "known": len(buyers), "rho": rho}
    return {**surge, **told, "p2": p2, "best2": best}


def _paid_for(tested: list[dict]) -> list[dict]:
    """Both tests together, each paid for: windows for the first, surges for the second."""
    surges = number_to_pay_for([one["best2"] for one in tested], ALPHA)
    return [
        one
        | {
            "tried2": surges,
            "p": min(1.0, max(one["p1"] * one["tried1"], one["p2"] * surges)),
        }
        for one in tested
    ]


def _rho(surge: dict, members: pd.DataFrame, rest: pd.DataFrame, ordinary: Returning) -> float:
    """Rate of returning buyers in the ordinary trade of these months, or of this item if lower."""
    shop = ordinary.rate(members)
    same = rest[(rest["item"] == surge["item"]) & rest.buyer.notna()]
    own = float((same.buyer_orders > 1).mean()) if len(same) else float("nan")
    return min(shop, shrunk(own, len(same), shop, RHO_WEIGHT))


def _group(
    tested: dict,
    rows: pd.DataFrame,
    surges: list[dict],
    traffic: Traffic,
    shop: Shop,
    names: pd.DataFrame,
) -> Group:
    members: pd.DataFrame = tested["members"]
    facts = common_facts(members, shop, names)
    facts |= {
        "amount": tested["amount"],
        "expected": tested["mean"],
        "phi": tested["phi"],
        "minutes": (tested["end"] - tested["start"]) / 60,
        "known_buyers": tested["known"],
        "returning": tested["returning"],
        "rho": tested["rho"],
        "p1": tested["p1"],
        "p2": tested["p2"],
        "tried1": tested["tried1"],
        "tried2": tested["tried2"],
        "item_orders": int((rows["item"] == tested["item"]).sum()),
        "offer_orders": tested["offer_orders"],
        **_price_facts(members, rows[rows["item"] == tested["item"]]),
        **_company(tested, surges, traffic),
    }
    return Group(
        orders=tuple(members.order_id),
        statistic="orders of one offer within an hour",
        observed=len(members),
        expected=tested["mean"],
        p_value=tested["p"],
        start=members.created_at.min(),
        end=members.created_at.max(),
        facts=facts,
    )


def _price_facts(members: pd.DataFrame, item: pd.DataFrame) -> dict[str, object]:
    unit = float(members.unit.median())
    others = item.drop(members.index).unit
    known = len(others) > 0
    return {
        "unit_amount": unit,
        "price_quantile": float((others <= unit + 0.005).mean()) if known else None,
        "item_price_p05": float(others.quantile(0.05)) if known else None,
        "item_price_median": float(others.median()) if known else None,
    }


def _company(tested: dict, surges: list[dict], traffic: Traffic) -> dict[str, object]:
    """What else went on in the shop at that time."""
    first, last = tested["start"] - HOUR, tested["end"] + HOUR
    others = {s["item"] for s in surges if s["start"] <= last and s["end"] >= first}
    others -= {tested["item"]}
    window = _window(tested)
    rest_of_shop = traffic.without(tested["members"].second.to_numpy(dtype="int64"))
    usual = rest_of_shop.counts.mean() * (window[1] - window[0]) / HOUR
    rest = rest_of_shop.between(*window)
    return {
        "other_items_bursting": len(others),
        "traffic_ratio": rest / usual if usual > 0 else None,
    }


DETECTOR = Detector(
    name=NAME,
    family="time",
    needs=("orders.order_id", "orders.created_at", "orders.paid_amount"),
    needs_any=(
        tuple(f"orders.{column}" for column in ITEM_COLUMNS),
        tuple(f"orders.{column}" for column in BUYER_COLUMNS),
    ),
    find=find,
)
