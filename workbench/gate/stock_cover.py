"""Check 11: stock and purchases cover the quantities sold, product by product."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

from workbench.gate.verdict import FAILED, NEEDS_ANSWER, PASSED, Known, Question, Tell, Verdict
from workbench.gate.wanted_rows import rows_of, rows_with
from workbench.language import Say
from workbench.tables import Tables

__all__ = ["stock_balances", "stock_covers"]

_COLUMNS = ["product_id", "sold", "had", "short", "counted", "orders"]


def stock_balances(tables: Tables, order_ids: Collection[str]) -> pd.DataFrame | None:
    """Of each product of the orders: what was sold of it, and what had come by then.

    Columns: product_id, sold (pieces, up to the worst moment), had (first count and purchases by
    then), short (pieces sold beyond that; 0 when covered), counted (a stock count is on record),
    orders (those of `order_ids` with it). Sales begin with the first count; where there is none,
    with the first order in the data. None where the orders tell no products or pieces, or nothing
    was bought in on record.
    """
    own = rows_of(tables, "orders", order_ids, ["product_id"])
    if own is None or "product_id" not in own or "purchases" not in tables:
        return None
    products = sorted({str(one) for one in own["product_id"].dropna()})
    sold = rows_with(
        tables, "orders", "product_id", products, ["order_id", "created_at", "quantity", "status"]
    )
    bought = rows_with(tables, "purchases", "product_id", products, ["quantity", "purchased_at"])
    if not products or sold is None or "quantity" not in sold or bought is None:
        return None
    counts = rows_with(tables, "stock", "product_id", products, ["quantity", "counted_at"])
    members = own.groupby("product_id")["order_id"].agg(set)
    rows = [
        _balance(one, sold, bought, counts) | {"orders": tuple(sorted(members[one]))}
        for one in products
        if bought["product_id"].eq(one).any()
    ]
    missing = [one for one in products if not bought["product_id"].eq(one).any()]
    blank = {"sold": None, "had": None, "short": None, "counted": False}
    rows += [{"product_id": one, **blank, "orders": tuple(sorted(members[one]))} for one in missing]
    return pd.DataFrame(rows, columns=_COLUMNS).sort_values("product_id", ignore_index=True)


def stock_covers(defended: Sequence[str], balances: pd.DataFrame | None, known: Known) -> Verdict:
    """Whether nothing was sold that was not there; `balances` as `stock_balances` gives them."""
    if not defended:
        return Verdict(NEEDS_ANSWER, [lambda say: say("No order is defended yet.")])
    if balances is None:
        question = Question("gate.11", _unknown)
        told: Tell = lambda say: say("The data hold no purchases to count against.")  # noqa: E731
        return Verdict(known.state(question), [told], questions=[question])
    short = balances[balances["short"].gt(0) & balances["counted"].astype(bool)]
    open_ = balances[balances["short"].isna() | (balances["short"].gt(0) & ~balances["counted"])]
    questions = [_why(row) for row in open_.to_dict("records")]
    sentences: list[Tell] = [
        lambda say: say(
            "Products of the defended orders: {count}; covered by stock and purchases: {covered}; "
            "sold beyond them: {short}; not known: {open}.",
            count=len(balances),
            covered=len(balances) - len(short) - len(open_),
            short=len(short),
            open=len(open_),
        )
    ]
    wrong = [*short["orders"], *(q.orders for q in questions if known.state(q) != PASSED)]
    state = FAILED if len(short) else known.worst(questions)
    return Verdict(state, sentences, sorted({one for own in wrong for one in own}), questions)


def _balance(
    product_id: str, sold: pd.DataFrame, bought: pd.DataFrame, counts: pd.DataFrame | None
) -> dict[str, Any]:
    own = counts[counts["product_id"].eq(product_id)] if counts is not None else None
    counted = own is not None and not own.empty
    went = sold[sold["product_id"].eq(product_id)]
    if "status" in went:
        went = went[went["status"].ne("closed")]
    came = bought[bought["product_id"].eq(product_id)]
    moves = [(at, n) for at, n in zip(came["purchased_at"], came["quantity"], strict=True)]
    if own is not None and counted:
        opened = own["counted_at"].min()
        first = own[own["counted_at"].eq(opened)]["quantity"].sum()
        went = went[went["created_at"] >= opened]
        # Purchases before the first count may lie in it: the shop is credited with too much.
        moves.append((opened, first))
    moves += [(at, -n) for at, n in zip(went["created_at"], went["quantity"], strict=True)]
    return {"product_id": product_id, "counted": counted, **_worst(moves)}


def _worst(moves: list[tuple[Any, Any]]) -> dict[str, int]:
    """Sold and had at the moment when most was missing; what comes at a moment comes first."""
    had = sold = 0
    worst = {"sold": 0, "had": 0, "short": 0}
    known = [(at, int(n)) for at, n in moves if pd.notna(at) and pd.notna(n)]
    for _, n in sorted(known, key=lambda move: (move[0], -move[1])):
        had, sold = (had + n, sold) if n > 0 else (had, sold - n)
        if sold - had > worst["short"]:
            worst = {"sold": sold, "had": had, "short": sold - had}
    return worst if worst["short"] else {"sold": sold, "had": had, "short": 0}


def _unknown(say: Say) -> str:
    return say(
        "No purchases are loaded, or the orders name no products. Do stock and purchases cover "
        "what was sold, and which books show it?"
    )


def _why(row: dict[Any, Any]) -> Question:
    # A product's number may hold anything; a question's code may not.
    tag = hashlib.sha256(str(row["product_id"]).encode()).hexdigest()[:12]
    return Question(
        f"gate.11.{tag}",
        lambda say: say(
            "Product {product}: the data do not show that enough of it was there. Which books do?",
            product=row["product_id"],
        ),
        orders=row["orders"],
    )
