"""Money that went back to buyers of some orders: refunds, and transfers out of the shop."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from decimal import Decimal

import pandas as pd

from workbench.detect.payouts import LINKS
from workbench.gate.wanted_rows import rows_of
from workbench.tables import Tables

__all__ = ["flows", "flows_known"]

Flow = tuple[str, str, Decimal, object, tuple[str, ...]]

_COLUMNS = ["order_id", "kind", "amount", "at", "orders", "key"]
_CENT = Decimal("0.01")
# An order number inside a memo stands for itself: 1001 is not part of 10012.
_TOKEN = re.compile(r"[A-Za-z0-9_\-]+")
# Requests that ended without money.
_NO_MONEY = ("refused", "withdrawn")


def flows_known(tables: Tables) -> dict[str, bool]:
    """Which kinds of flow the data can tell at all: refunds, transfers."""
    orders = tables["orders"].columns
    payments = tables["payments"].columns if "payments" in tables else ()
    return {
        "refunds": "refunds" in tables or "refund_amount" in orders,
        "transfers": {"amount", "direction"} <= set(payments),
    }


def flows(tables: Tables, order_ids: Collection[str]) -> pd.DataFrame:
    """Every sum that went back, one row each, by order and time.

    Columns: order_id, kind (refund | transfer), amount, at (shop's local time; may be missing),
    orders, key (names the flow in the case; the same in a later export). A transfer to somebody
    whose account or name several of the orders carry is one sum: it has all of them in `orders`
    and the first as order_id. A refund that stands in the list of refunds and among the payments
    is one.
    """
    refunds = _refunds(tables, order_ids)
    transfers = _transfers(tables, order_ids, refunds)
    both = pd.DataFrame([*refunds, *transfers], columns=_COLUMNS[:-1])
    both = both.sort_values(["order_id", "at", "kind", "amount"], kind="stable", ignore_index=True)
    # Two equal sums on one day are two flows.
    plain = ["order_id", "kind", "amount", "at"]
    both["n"] = both.groupby(plain, dropna=False).cumcount()
    named = zip(*(both[name] for name in [*plain, "n"]), strict=True)
    both["key"] = [_key(*row) for row in named]
    return both[_COLUMNS]


def _key(order_id: str, kind: str, amount: Decimal, at: object, n: int) -> str:
    told = "\0".join((order_id, kind, f"{amount:.4f}", str(at), str(n)))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _refund(order_id: str, amount: Decimal, at: object) -> Flow:
    return order_id, "refund", amount, at, (order_id,)


def _refunds(tables: Tables, order_ids: Collection[str]) -> list[Flow]:
    columns = ["refund_amount", "state", "finished_at", "requested_at"]
    listed = rows_of(tables, "refunds", order_ids, columns)
    found: list[Flow] = []
    if listed is not None and "refund_amount" in listed:
        for row in listed.to_dict("records"):
            at = row.get("finished_at")
            at = row.get("requested_at") if pd.isna(at) else at
            if row.get("state") not in _NO_MONEY and _sum(row["refund_amount"]) > 0:
                found.append(_refund(row["order_id"], _sum(row["refund_amount"]), at))
    named = {row[0] for row in found}
    own = rows_of(tables, "orders", order_ids, ["refund_amount"])
    if own is not None and "refund_amount" in own:
        for order_id, lines in own.groupby("order_id", sort=True):
            amount = sum((_sum(one) for one in lines["refund_amount"]), Decimal(0))
            if amount > 0 and order_id not in named:
                found.append(_refund(str(order_id), amount, pd.NaT))
    return found


def _transfers(tables: Tables, order_ids: Collection[str], refunds: list[Flow]) -> list[Flow]:
    if not flows_known(tables)["transfers"]:
        return []
    left = [(order_id, amount) for order_id, _, amount, _, _ in refunds]
    found: list[Flow] = []
    for orders, amount, at in _linked(tables, order_ids):
        same = next((r for r in left if r[0] in orders and abs(r[1] - amount) < _CENT), None)
        if same is not None:
            left.remove(same)
        else:
            found.append((orders[0], "transfer", amount, at, orders))
    return found


def _linked(
    tables: Tables, order_ids: Collection[str]
) -> Iterator[tuple[tuple[str, ...], Decimal, pd.Timestamp]]:
    """Payments out that name an order, or somebody who stands in it."""
    out = _out(tables)
    names = [name for _, columns in LINKS for name in columns]
    people = rows_of(tables, "orders", order_ids, list(dict.fromkeys(names)))
    by_person: dict[tuple[str, str], set[str]] = {}
    for theirs, columns in LINKS:
        for name in columns:
            if people is None or name not in people:
                continue
            for order_id, person in zip(people["order_id"], people[name], strict=True):
                # A masked value names nobody.
                if pd.notna(person) and str(person).strip() and "*" not in str(person):
                    by_person.setdefault((theirs, str(person).strip()), set()).add(order_id)
    wanted = set(order_ids)
    for row in out.to_dict("records"):
        linked = {str(row.get("order_id"))} & wanted
        linked |= wanted.intersection(_TOKEN.findall(str(row.get("memo") or "")))
        if not linked:
            for theirs, _ in LINKS:
                linked |= by_person.get((theirs, str(row.get(theirs) or "").strip()), set())
        if linked:
            yield tuple(sorted(linked)), _sum(row["amount"]), row["posted_at"]


def _out(tables: Tables) -> pd.DataFrame:
    payments = tables["payments"]
    kept = ["posted_at", "amount", "order_id", "memo", *(theirs for theirs, _ in LINKS)]
    out = payments.filter(payments.direction.lower() == "out", payments.amount > 0)
    places = [one for one in ("source_file", "source_row") if one in payments.columns]
    out = out.order_by(places) if places else out
    return out.select([one for one in kept if one in payments.columns]).to_pandas()


def _sum(value: object) -> Decimal:
    return Decimal(0) if pd.isna(value) else Decimal(str(value))  # type: ignore[call-overload]
