"""Money that went back to buyers past every record of a refund: the price, or a commission.

A brushed order is paid with the shop's own money: the price goes back by transfer, with a few
yuan for the trouble (red flags M1, M2; one payee for many buyers: B6). Flag: such a transfer
within 30 days. Test: such orders crowd among an item's orders, or share a payee, far beyond how
often the shop's other buyers get money (see workbench.detect.flagged).
"""

from __future__ import annotations

import math
from statistics import median

import ibis
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.finding import Detector, no_findings
from workbench.detect.flag_groups import (
    More,
    Suspects,
    crowded,
    dearer,
    flag_shares,
    linked,
    report,
)
from workbench.detect.flagged import Flagged, flagged
from workbench.detect.opening import on_trade
from workbench.detect.payouts import unrecorded_payouts
from workbench.engine import Keep, keeping
from workbench.tables import Tables

__all__ = ["DETECTOR", "SHARE"]

NAME = "money_back"
NAME_OF_SHARE = "money_back_share"


def find(tables: Tables) -> pd.DataFrame:
    """Orders of one item, or of one payee, whose money went back; see docs/detectors.md."""
    with keeping(tables["trade"].get_backend()) as keep:
        sent, known = _known(tables, keep)
        if known is None:
            return no_findings(reviewed=0, reason="no_payments_out")
        found = []
        for price, flags in known.items():
            own = crowded(flags)
            if price:
                payees = flags.table.filter(flags.table.flag).to_pandas()
                payees = payees.merge(sent[["order_id", "payee"]], on="order_id")
                own += linked(flags, _one_per_buyer(payees, tables), "payee")
            found += own
        # Two kinds of payment are looked at, and the price by item and by payee.
        found = [one for one in (dearer(one, len(known) + 1) for one in found) if one]
        return report(NAME, tables, found, _facts(sent), reviewed=known[True].usual.orders)


def share(tables: Tables) -> pd.DataFrame:
    """Proposed groups of which too many orders got their money back."""
    if "candidates" not in tables:
        return no_findings(reviewed=0)
    with keeping(tables["trade"].get_backend()) as keep:
        sent, known = _known(tables, keep)
        if known is None:
            return no_findings(reviewed=0, reason="no_payments_out")
        found, reviewed = flag_shares(tables["candidates"], known[True], [NAME])
        return report(NAME_OF_SHARE, tables, found, _facts(sent), reviewed=reviewed)


def _known(tables: Tables, keep: Keep) -> tuple[pd.DataFrame, dict[bool, Flagged] | None]:
    """The payouts, and flags of orders by whether the price came back or a commission.

    An order is known when it was placed while payments were recorded.
    """
    sent, span = unrecorded_payouts(tables)
    if span is None:
        return sent, None
    known = {}
    for price in (True, False):
        own = sent[sent.principal.astype(bool) == price]
        table = ibis.memtable(
            pd.DataFrame({"order": own.order.astype("int64"), "flag": True}),
            schema={"order": "int64", "flag": "boolean"},
        )
        known[price] = flagged(_rows(tables["trade"], table, span), keep)
    return sent, known


def _rows(trade: Table, flags: Table, span: tuple[int, int]) -> Table:
    orders = trade.filter(trade.line == 0).select("order", "order_id", "item", "second")
    both = orders.left_join(flags, "order").drop("order_right")
    covered = both.second.between(*span) | both.flag.notnull()
    return both.filter(covered).mutate(stratum=ibis.literal(""), flag=both.flag.fill_null(False))


def _one_per_buyer(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """One order per payee and buyer: a good customer may get money more than once."""
    trade = tables["trade"]
    if "buyer" not in trade.columns:
        return rows.iloc[:0]
    wanted = ibis.memtable(pd.DataFrame({"order": rows.order.astype("int64")}))
    orders = trade.filter(trade.line == 0).semi_join(wanted, "order")
    buyers = orders.filter(orders.buyer.notnull()).select("order", "buyer").to_pandas()
    both = rows.merge(buyers, on="order").sort_values(["second", "order_id"])
    return both.drop_duplicates(["payee", "buyer"])


def _facts(sent: pd.DataFrame) -> More:
    columns = ["principal", "amount", "paid", "days", "payee"]
    rows = zip(*(sent[name] for name in columns), strict=True)
    by_order = dict(zip(sent.order_id, rows, strict=True))

    def facts(one: Suspects) -> dict[str, object]:
        own = [by_order[order] for order in one.orders if order in by_order]
        price = [row for row in own if row[0]]
        small = [row[1] for row in own if not row[0]]
        return {
            "paid_back": len(price),
            "paid_back_amount": round(math.fsum(row[1] for row in price), 2),
            "orders_amount": round(math.fsum(row[2] for row in price), 2),
            "extra_median": median(row[1] - row[2] for row in price) if price else None,
            "small_sums": len(small),
            "small_sum_median": median(small) if small else None,
            "days_median": median(row[3] for row in own) if own else None,
            "payees": len({row[4] for row in own if isinstance(row[4], str)}),
        }

    return facts


_NEEDS = (
    "payments.posted_at",
    "payments.amount",
    "payments.direction",
    "orders.order_id",
    "orders.created_at",
)
_NEEDS_ANY = (("payments.counterparty_account", "payments.counterparty", "payments.order_id"),)

DETECTOR = Detector(
    name=NAME,
    family="proof",
    needs=_NEEDS,
    needs_any=_NEEDS_ANY,
    find=on_trade(find, buyers=False),
)
SHARE = Detector(
    name=NAME_OF_SHARE,
    family="proof",
    needs=_NEEDS,
    needs_any=_NEEDS_ANY,
    find=on_trade(share, buyers=False),
    stage="test",
)
