"""The SQL of each merged value of an order, as `workbench.tables.precedence` says.

l is the row of the line, o that of its order, p the order's part (see `prepare_orders`), g what was
paid back for the line.
"""

from __future__ import annotations

from workbench.tables.precedence import AMOUNTS, ITEM, LINE_FACTS, PERSONAL

__all__ = ["merged_value"]


def merged_value(name: str, *, heads: bool, refunds: bool) -> str:
    """SQL of a merged value; `heads`: there are order-grain files beside the lines."""
    if name in AMOUNTS:
        return _amount(name, heads=heads, refunds=refunds)
    sql = _told(name) if heads else f"l.{name}"
    if name == "aftersale_status" and refunds:
        newer = f"({sql} IS NULL OR p.refund_rank > greatest(p.m_rank, p.head_rank))"
        here = "(NOT p.by_line OR g.amount IS NOT NULL)"
        return (
            f"CASE WHEN p.refund_status IS NOT NULL AND {newer} AND {here} "
            f"THEN p.refund_status ELSE {sql} END"
        )
    return sql


def _told(name: str) -> str:
    if name in ITEM:
        return f"coalesce(l.{name}, CASE WHEN p.n = 1 THEN o.{name} END)"
    new, old = f"coalesce(o.{name}, l.{name})", f"coalesce(l.{name}, o.{name})"
    newest = f"CASE WHEN p.head_rank > p.m_rank THEN {new} ELSE {old} END"
    if name in PERSONAL:
        whole = [f"CASE WHEN {x}.{name} NOT LIKE '%*%' THEN {x}.{name} END" for x in "ol"]
        first, second = (f"coalesce({a}, {b})" for a, b in (whole, reversed(whole)))
        unmasked = f"CASE WHEN p.head_rank > p.m_rank THEN {first} ELSE {second} END"
        return f"coalesce({unmasked}, {newest})"
    if name in LINE_FACTS:
        return f"CASE WHEN p.n > 1 THEN {old} ELSE {newest} END"
    if name == "status":
        return f"CASE WHEN p.n > 1 AND l.status = 'closed' THEN l.status ELSE {newest} END"
    return newest


def _amount(name: str, *, heads: bool, refunds: bool) -> str:
    at_first = "l.m_ord = p.first"
    spread = f"CASE WHEN {at_first} THEN o.{name} WHEN o.{name} IS NOT NULL THEN 0 END"
    if name != "refund_amount":
        own = f"p.c_{name} = p.n" if name == "paid_amount" else f"p.c_{name} > 0"
        return (
            f"CASE WHEN {own} OR p.head_rank IS NULL THEN l.{name} ELSE {spread} END"
            if heads
            else f"l.{name}"
        )
    arms = f" WHEN p.refund_from = 'order' THEN {spread}" if heads else ""
    if refunds:
        arms += (
            " WHEN p.refund_from = 'refunds' THEN CASE WHEN p.by_line "
            f"THEN coalesce(g.amount, 0) WHEN {at_first} THEN p.total ELSE 0 END"
        )
    return f"CASE{arms} ELSE l.{name} END" if arms else f"l.{name}"
