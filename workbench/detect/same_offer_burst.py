"""Orders of one item at one amount that crowd into an hour, from buyers who never come back.

Test 1: the count of the stretch against a negative binomial. Its mean is what the offer's other
orders and the shop's own traffic let expect in the window; its variance / mean is fitted to the
item's hourly counts, the stretch left out, and drawn to the shop's (workbench.detect.surge).
Test 2: buyers in the stretch with another order outside of such stretches against
Binom(buyers, rho / 2): even a promotion keeps half of the usual returning buyers. In a shop to
which nobody returns the test cannot speak and nothing is reported (workbench.detect.newcomers).
"""

from __future__ import annotations

import pandas as pd
from ibis.expr.types import Table

from workbench.detect.baseline import Traffic, returning_rates
from workbench.detect.bursts import crowded_stretches, offers
from workbench.detect.constants import ALPHA
from workbench.detect.finding import Detector, no_findings
from workbench.detect.group import Group, findings
from workbench.detect.newcomers import (
    item_rates,
    newcomers_test,
    orders_outside,
    with_buyer_orders,
)
from workbench.detect.opening import on_trade
from workbench.detect.shop import Shop, common_facts, rows_of, shop_figures, titles
from workbench.detect.surge import Usual, surges, windows_tried
from workbench.detect.surroundings import price_facts, shop_meanwhile
from workbench.detect.tails import number_to_pay_for
from workbench.detect.trade import BUYER_COLUMNS, ITEM_COLUMNS
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "same_offer_burst"


def find(tables: Tables) -> pd.DataFrame:
    """Bursts of one offer; see Detector.find and docs/detectors.md for what comes out."""
    trade = tables["trade"]
    on_sale = offers(trade)
    stretches = crowded_stretches(trade, on_sale)
    if stretches.empty:
        return no_findings(reviewed=0)
    rows = with_buyer_orders(trade, rows_of(trade, "item", sorted(set(stretches.item))))
    usual = Usual.of(trade)
    surging = surges(stretches, rows, usual, windows_tried(on_sale))
    reported = [one for one in _tested(trade, rows, surging) if one["p"] <= ALPHA]
    if not reported:
        return no_findings(reviewed=len(stretches))
    shop, names = shop_figures(tables), titles(tables, sorted({int(t["item"]) for t in reported}))
    groups = [_group(one, rows, surging, usual.traffic, shop, names) for one in reported]
    for group in groups:
        group.facts["reviewed"] = len(stretches)
    return findings(NAME, groups, reviewed=len(stretches))


def _tested(trade: Table, rows: pd.DataFrame, surging: list[dict]) -> list[dict]:
    """The surges with `members` (their rows) and test 2, which leaves all of them out."""
    members = [rows.iloc[surge["rows"]] for surge in surging]
    everything = pd.concat(members) if members else rows.iloc[:0]
    outside = orders_outside(everything)
    ordinary = returning_rates(trade).without(everything.drop_duplicates("order_id"))
    rates = item_rates(rows.drop(everything.index))
    tested = [
        {**one, "members": inside, **newcomers_test(one["item"], inside, rates, outside, ordinary)}
        for one, inside in zip(surging, members, strict=True)
    ]
    return _paid_for(tested)


def _paid_for(tested: list[dict]) -> list[dict]:
    """Both tests together, each paid for: windows for the first, surges for the second."""
    paid = number_to_pay_for([one["best2"] for one in tested], ALPHA)
    return [
        one | {"tried2": paid, "p": min(1.0, max(one["p1"] * one["tried1"], one["p2"] * paid))}
        for one in tested
    ]


def _group(
    tested: dict,
    rows: pd.DataFrame,
    surging: list[dict],
    traffic: Traffic,
    shop: Shop,
    names: pd.DataFrame,
) -> Group:
    members: pd.DataFrame = tested["members"]
    of_item = rows[rows["item"] == tested["item"]]
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
        "item_orders": len(of_item),
        "offer_orders": tested["offer_orders"],
        **price_facts(members, of_item),
        **shop_meanwhile(tested, members, surging, traffic),
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
