"""Money that left the shop towards somebody who had bought here, order by order."""

from __future__ import annotations

import tomllib
from functools import reduce
from pathlib import Path

import ibis
import pandas as pd
from ibis.expr.types import StringValue, Table

from workbench.detect.constants import COMMISSION, PAYBACK_DAYS
from workbench.detect.shop import DAY
from workbench.normalise import is_masked
from workbench.tables import Tables

__all__ = ["LINKS", "outgoing", "payouts", "unrecorded_payouts"]

LINKS = (
    ("counterparty_account", ("buyer_account", "phone", "buyer_id")),
    ("counterparty", ("buyer_id", "buyer_account", "buyer_name")),
)
"""Columns of payments, and the columns of orders that may hold the same person."""
_LEAST_DIGITS = 10
_COLUMNS = {
    "order": "int64", "order_id": "string", "payout": "int64", "payee": "string",
    "amount": "float64", "paid": "float64", "days": "float64", "principal": "boolean",
}  # fmt: skip


def outgoing(tables: Tables) -> Table:
    """Payments out: payout (hash of the place in the source), at, amount, payee, recorded, keys."""
    payments = tables["payments"]
    out = payments.filter(
        payments.direction.lower() == "out", payments.amount > 0, payments.posted_at.notnull()
    )
    with Path(__file__).with_name("money_back.toml").open("rb") as file:
        words = tomllib.load(file)["recorded"]
    said = reduce(
        lambda text, name: text + " " + out[name].fill_null("").lower(),
        [name for name in ("kind", "memo") if name in out.columns],
        ibis.literal(""),
    )
    keys = {
        name: _whole(out, name) if name in out.columns else ibis.null("string")
        for name in ("order_id", "counterparty_account", "counterparty")
    }
    digits = f"[0-9]{{{_LEAST_DIGITS},}}"
    memo = out.memo.re_extract(digits, 0).nullif("") if "memo" in out.columns else None
    return out.select(
        payout=(out.source_file.fill_null("") + ":" + out.source_row.cast("string")).hash(),
        at=out.posted_at.epoch_seconds().cast("int64"),
        amount=out.amount.cast("float64"),
        recorded=said.re_search(words),
        payee=ibis.coalesce(keys["counterparty_account"], keys["counterparty"]),
        memo_order=memo if memo is not None else ibis.null("string"),
        **keys,
    )


def payouts(tables: Tables, out: Table) -> pd.DataFrame:
    """Each payment out with the one order it fits best; at most one payment per order.

    order (hash), order_id, payout, payee, amount, paid (for the order), days (after the order,
    up to PAYBACK_DAYS), principal (the price of the order came back, up to COMMISSION more) or
    not (no more than COMMISSION). Payments recorded as a refund, and those to orders with a
    refund on record, are not among them.
    """
    trade = tables["trade"]
    priced = trade.group_by(["order", "order_id"]).aggregate(
        paid=trade.amount.sum(), second=trade.second.min()
    )
    links = ibis.union(*_links(tables, out), distinct=True)
    both = links.join(out.select("payout", "at", "amount", "payee", "recorded"), "payout")
    both = both.join(priced, "order_id").filter(lambda t: t.paid > 0)
    after = both["at"] - (both.second / DAY).floor() * DAY
    near = both.filter(after >= 0, (both["at"] - both.second) <= PAYBACK_DAYS * DAY)
    principal = (near.amount >= near.paid) & (near.amount <= near.paid + COMMISSION)
    rows = near.mutate(principal=principal).filter(
        lambda t: t.principal | (t.amount <= COMMISSION),
        # More than was paid is no plain refund, whatever it is called.
        lambda t: ~t.recorded | (t.principal & (t.amount > t.paid)),
    )
    rows = rows.anti_join(_refunded(tables), "order_id")
    rows = rows.mutate(days=(rows["at"] - rows.second) / DAY).select(*_COLUMNS)
    return _matched(rows.to_pandas())


def unrecorded_payouts(tables: Tables) -> tuple[pd.DataFrame, tuple[int, int] | None]:
    """The payouts, and first and last second of the payments out (None: there are none)."""
    out = outgoing(tables)
    span = out.aggregate(first=out["at"].min(), last=out["at"].max()).to_pandas()
    if span["first"].isna().all():
        return pd.DataFrame(columns=list(_COLUMNS)), None
    return payouts(tables, out), (int(span["first"].iloc[0]), int(span["last"].iloc[0]))


def _links(tables: Tables, out: Table) -> list[Table]:
    """Pairs of payout and order_id that name each other or the same person."""
    orders = tables["orders"]
    ids = orders.select("order_id").distinct()
    pairs = [
        out.select("payout", order_id=out[name]).join(ids, "order_id").select("payout", "order_id")
        for name in ("order_id", "memo_order")
    ]
    for theirs, columns in LINKS:
        for ours in columns:
            if ours in orders.columns:
                # What is wanted is whole, so a masked value of an order matches nothing.
                people = orders.select("order_id", person=orders[ours].strip())
                wanted = out.select("payout", person=out[theirs])
                wanted = wanted.filter(wanted.person.notnull())
                if ours == "buyer_name":
                    people = _only_one(orders, people, wanted)
                pairs.append(wanted.join(people, "person").select("payout", "order_id"))
    return pairs


def _only_one(orders: Table, people: Table, wanted: Table) -> Table:
    """Names that only one buyer of the shop has: others name nobody."""
    if "buyer_id" not in orders.columns:
        return people.filter(False)
    named = orders.select("buyer_id", person=orders.buyer_name.strip())
    named = named.semi_join(wanted, "person").group_by("person")
    alone = named.aggregate(buyers=lambda t: t.buyer_id.nunique()).filter(lambda t: t.buyers == 1)
    return people.semi_join(alone, "person")


def _refunded(tables: Tables) -> Table:
    """Orders with a refund on record."""
    orders = tables["orders"]
    known = [orders.filter(False).select("order_id")]
    if "refund_amount" in orders.columns:
        known.append(orders.filter(orders.refund_amount > 0).select("order_id"))
    if "refunds" in tables:
        known.append(tables["refunds"].select("order_id"))
    return ibis.union(*known, distinct=True) if len(known) > 1 else known[0]


def _matched(rows: pd.DataFrame) -> pd.DataFrame:
    """One order per payout and one payout per order: nearest in amount, then the latest order."""
    ranked = rows.assign(gap=(rows.amount - rows.paid).abs()).sort_values(
        ["principal", "gap", "days", "order_id", "amount"],
        ascending=[False, True, True, True, True],
        kind="stable",
    )
    payouts_used: set[int] = set()
    orders_used: set[str] = set()
    chosen = []
    for n, (payout, order) in enumerate(zip(ranked.payout, ranked.order_id, strict=True)):
        if payout not in payouts_used and order not in orders_used:
            payouts_used.add(payout)
            orders_used.add(order)
            chosen.append(n)
    return ranked.iloc[chosen].drop(columns="gap").reset_index(drop=True)


def _whole(table: Table, name: str) -> StringValue:
    """A column as text without blanks around it; null when empty or masked."""
    text = table[name].strip().nullif("")
    return ibis.ifelse(is_masked(table[name]), ibis.null("string"), text)
