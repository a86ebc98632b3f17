"""What a newer file of an order does not tell: the value an older one told stays.

A later export may have fewer columns, or mask what an earlier one showed. Neither says that the
buyer's phone is another.
"""

# ruff: noqa: S608 (the SQL is made of canonical names)
from __future__ import annotations

from collections.abc import Sequence

from workbench.tables.precedence import AMOUNTS, ITEM, LINE_FACTS, PERSONAL
from workbench.tables.sources import Source, provided

__all__ = ["earlier_sql", "earlier_value", "lacking"]

_NEVER = frozenset({"order_id", "shop", "currency", *AMOUNTS})
_OF_A_LINE = ITEM | LINE_FACTS
_ORIGIN = ("m_shop", "order_id", "source_file", "source_row")


def lacking(orders: Sequence[Source]) -> dict[str, frozenset[int]]:
    """Column → ranks of the loads whose file does not have it.

    Only columns of which an older load may say more: those that a load lacks, and personal data,
    which a load may mask. Nothing where there is one load.
    """
    has: dict[int, set[str]] = {}
    for source in orders:
        has.setdefault(source.rank, set()).update(source.columns)
    if len(has) < 2:
        return {}
    found = {}
    for name in provided(orders, "orders"):
        ranks = frozenset(rank for rank, columns in has.items() if name not in columns)
        if name not in _NEVER and (ranks or name in PERSONAL):
            found[name] = ranks
    return found


def earlier_sql(columns: Sequence[str], bucket: str) -> str:
    """A query of one older row of each order that several loads hold, over prepared tables.

    It is the row of a load that does not stand which tells most of `columns`, the newest of these,
    so that all that is taken from it has one origin. `single`: its load has one row of the order.
    """
    whole = (
        f"(a.{name} IS NOT NULL AND a.{name} NOT LIKE '%*%')"
        if name in PERSONAL
        else f"(a.{name} IS NOT NULL)"
        for name in columns
    )
    tells = " + ".join(f"CAST({sql} AS INTEGER)" for sql in whole)
    rows = " UNION ALL ".join(
        f"SELECT *, '{kind}' AS kind FROM {kind}_rows WHERE {bucket}" for kind in ("line", "order")
    )
    told = ", ".join(f"a.{name}" for name in (*_ORIGIN, *columns))
    same = "{0}.m_shop = a.m_shop AND {0}.order_id = a.order_id"
    return (
        f"SELECT {told}, h.n = 1 AS single FROM ({rows}) a "
        f"JOIN parts p ON {same.format('p')} "
        "AND a.m_rank <> p.m_rank AND a.m_rank IS DISTINCT FROM p.head_rank "
        f"JOIN held h ON {same.format('h')} AND h.m_rank = a.m_rank AND h.kind = a.kind "
        "QUALIFY row_number() OVER (PARTITION BY a.m_shop, a.order_id "
        f"ORDER BY {tells} DESC, a.m_rank DESC, a.m_ord) = 1"
    )


def earlier_value(name: str, sql: str, ranks: frozenset[int]) -> str:
    """SQL of a merged value `sql`, or of what an older load says (e) where the newer do not."""
    among = ", ".join(map(str, sorted(ranks))) or "NULL"
    silent = (
        f"coalesce((p.kind = 'item' OR l.m_rank IN ({among})) "
        f"AND (p.head_rank IS NULL OR p.head_rank IN ({among})), false)"
    )
    asked = f"{sql} IS NULL AND {silent}"
    if name in PERSONAL:
        asked = f"({asked}) OR ({sql} LIKE '%*%' AND e.{name} NOT LIKE '%*%')"
    if name in _OF_A_LINE:
        asked = f"({asked}) AND p.n = 1 AND e.single"
    return f"CASE WHEN {asked} THEN coalesce(e.{name}, {sql}) ELSE {sql} END"
