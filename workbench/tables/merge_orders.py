"""Put orders together from line-grain and order-grain files, item lists and refunds.

The rules are those of `workbench.tables.precedence`. All is done in narrow tables of keys; the
wide rows are read once, at the end.
"""

# ruff: noqa: S608 (the SQL is made of canonical names)
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbench.tables.definition import TABLES
from workbench.tables.merge_earlier import earlier_sql, earlier_value, lacking
from workbench.tables.merge_rows import newest_sql
from workbench.tables.merge_values import merged_value
from workbench.tables.precedence import AMOUNTS, ITEM
from workbench.tables.sources import Source, provided, rows_sql

__all__ = ["grain", "merged_orders", "prepare_orders"]

_KEY = "m_shop, order_id"
_DONE = "state = 'done' OR (state IS NULL AND finished_at IS NOT NULL)"


def grain(source: Source) -> str:
    """Whether a row of orders is an order or a line; a file that names items tells of lines."""
    items = ITEM - {"quantity", "unit_price"}
    return source.load.grain or ("line" if items & source.columns else "order")


def prepare_orders(
    engine: Any, orders: Sequence[Source], items: Sequence[Source], refunds: Sequence[Source]
) -> None:
    """Make the tables of keys in the engine.

    held: one row per order, load and kind (line, order, item) with its number of rows and sums.
    parts: one row per order: which load gives its lines, which one the rest, and the refund.
    """
    lines = [source for source in orders if grain(source) == "line"]
    whole = [source for source in orders if grain(source) == "order"]
    for name, found in (("line", lines), ("order", whole), ("item", items)):
        engine.execute(f"CREATE VIEW {name}_rows AS {rows_sql(found, 'orders')}")
    held = " UNION ALL ".join(_held_sql(kind) for kind in ("line", "order", "item"))
    engine.execute(f"CREATE TABLE held AS {held}")
    engine.execute(f"CREATE TABLE kept AS {_KEPT}")
    _prepare_refunds(engine, refunds)
    engine.execute(f"CREATE TABLE parts AS {_PARTS}")
    engine.execute("DROP TABLE kept")


def merged_orders(
    orders: Sequence[Source],
    items: Sequence[Source],
    refunds: Sequence[Source],
    *,
    shops: bool,
    bucket: str = "true",
) -> str:
    """The query of the merged orders, over the tables that `prepare_orders` made.

    `bucket` is SQL over order_id: the orders of one share of them that fits into memory.
    """
    columns = _columns(orders, items, refunds)
    heads = any(grain(source) == "order" for source in orders) and (
        bool(items) or any(grain(source) == "line" for source in orders)
    )
    older = lacking(orders)
    taken: list[str] = []
    told = []
    for column in TABLES["orders"].columns:
        name = column.name
        if name == "shop" and shops:
            told.append("p.m_shop AS shop")
        elif name == "order_id":
            told.append("coalesce(shown, p.order_id) AS order_id")
        elif name in columns:
            sql = merged_value(name, heads=heads, refunds=bool(refunds))
            if name in older:
                newer, sql = sql, earlier_value(name, sql, older[name])
                taken.append(f"({sql}) IS DISTINCT FROM ({newer})")
            told.append(f'CAST({sql} AS {column.sql_type}) AS "{name}"')
    told += _origins(heads=heads, taken=taken)
    join = (
        f"LEFT JOIN (SELECT * FROM order_rows WHERE {bucket}) o "
        "ON o.m_rank = p.head_rank AND o.m_ord = p.head_first "
    )
    before = (
        f"LEFT JOIN ({earlier_sql(list(older), bucket)}) e ON {_same('e', 'p')} " if older else ""
    )
    by_line = (
        f"LEFT JOIN given_lines g ON p.by_line AND {_same('g', 'p')} AND g.line_id = l.line_id "
        if refunds
        else ""
    )
    return (
        f"SELECT {', '.join(told)} FROM (SELECT * FROM ({_all_rows()}) WHERE {bucket}) l "
        f"JOIN (SELECT * FROM parts WHERE {bucket}) p "
        f"ON l.kind = p.kind AND l.m_rank = p.m_rank AND {_same('l', 'p')} "
        f"{join if heads else ''}{before}{by_line}LEFT JOIN renamed r ON {_same('r', 'p')}"
    )


def _origins(*, heads: bool, taken: Sequence[str]) -> list[str]:
    """SQL of where a merged row comes from: the row of its amounts, and a second one, if any."""
    told = []
    older = " OR ".join(taken)
    for name in ("source_file", "source_row"):
        first, second = f"l.{name}", "NULL"
        if heads:
            first = f"CASE p.kind WHEN 'item' THEN o.{name} ELSE l.{name} END"
            second = f"CASE p.kind WHEN 'item' THEN l.{name} ELSE o.{name} END"
        if older:
            second = f"coalesce({second}, CASE WHEN {older} THEN e.{name} END)"
        told.append(f"{first} AS {name}")
        if heads or older:
            told.append(f"{second} AS {name.replace('source', 'detail')}")
    return told


def _columns(
    orders: Sequence[Source], items: Sequence[Source], refunds: Sequence[Source]
) -> set[str]:
    found = {*provided(orders, "orders"), *provided(items, "order_lines")}
    return found | ({"refund_amount", "aftersale_status"} & {*provided(refunds, "refunds")})


def _held_sql(kind: str) -> str:
    counts = ", ".join(f"count({name}) AS c_{name}" for name in AMOUNTS)
    return (
        f"SELECT {_KEY}, m_rank, '{kind}' AS kind, count(*) AS n, min(m_ord) AS first, {counts}, "
        f"sum(refund_amount) AS refund FROM {kind}_rows GROUP BY {_KEY}, m_rank"
    )


def _all_rows() -> str:
    return " UNION ALL ".join(
        f"SELECT *, '{kind}' AS kind FROM {kind}_rows" for kind in ("line", "order", "item")
    )


def _same(left: str, right: str) -> str:
    return f"{left}.m_shop = {right}.m_shop AND {left}.order_id = {right}.order_id"


def _newest_rank(kind: str) -> str:
    return f"max(m_rank) FILTER (kind = '{kind}') AS {kind}_rank"


_LINES_OF = (
    "CASE WHEN line_rank IS NOT NULL THEN {line} "
    "WHEN item_rank IS NOT NULL AND o.n = 1 THEN {item} ELSE {order} END"
)
# One row per order: the load its lines come from, and the order-grain load beside it.
_KEPT = (
    "SELECT k.*, CASE WHEN k.kind <> 'order' THEN o.m_rank END AS head_rank, "
    "CASE WHEN k.kind <> 'order' THEN o.first END AS head_first, "
    "CASE WHEN k.kind <> 'order' THEN o.refund END AS head_refund "
    f"FROM (SELECT {_KEY}, {', '.join(_newest_rank(k) for k in ('line', 'order', 'item'))} "
    f"FROM held GROUP BY {_KEY}) c "
    f"LEFT JOIN held o ON o.kind = 'order' AND {_same('o', 'c')} AND o.m_rank = order_rank "
    f"JOIN held k ON {_same('k', 'c')} "
    f"AND k.kind = {_LINES_OF.format(line=repr('line'), item=repr('item'), order=repr('order'))} "
    "AND k.m_rank = "
    f"{_LINES_OF.format(line='line_rank', item='item_rank', order='order_rank')} "
    "WHERE line_rank IS NOT NULL OR order_rank IS NOT NULL"
)

# Of lines and order: the lines' refund, unless they have none or a newer order says more.
_FROM_HEAD = (
    "head_refund IS NOT NULL AND "
    "(c_refund_amount = 0 OR (head_rank > k.m_rank AND head_refund > refund))"
)
_KNOWN = f"CASE WHEN {_FROM_HEAD} THEN head_refund ELSE refund END"
_KNOWN_RANK = f"CASE WHEN {_FROM_HEAD} THEN head_rank ELSE k.m_rank END"
_PARTS = (
    f"SELECT k.*, {_KNOWN} AS known_refund, total, by_line, status AS refund_status, "
    "g.m_rank AS refund_rank, g.source_file AS refund_file, g.source_row AS refund_row, "
    f"CASE WHEN total IS NOT NULL AND ({_KNOWN} IS NULL OR "
    f"(g.m_rank > {_KNOWN_RANK} AND total > {_KNOWN})) THEN 'refunds' "
    f"WHEN {_FROM_HEAD} THEN 'order' ELSE 'line' END AS refund_from "
    f"FROM kept k LEFT JOIN given g ON {_same('g', 'k')}"
)


def _prepare_refunds(engine: Any, refunds: Sequence[Source]) -> None:
    """Make `given` (settled refunds by order) and `given_lines` (by line)."""
    engine.execute(f"CREATE VIEW refund_rows AS {rows_sql(refunds, 'refunds')}")
    newest = newest_sql("refund_rows", "refunds")
    engine.execute(f"CREATE TABLE done AS SELECT * FROM ({newest}) WHERE {_DONE}")
    engine.execute(
        "CREATE TABLE own_lines AS SELECT l.m_shop, l.order_id, l.line_id "
        f"FROM ({_all_rows()}) l JOIN kept k ON l.kind = k.kind AND l.m_rank = k.m_rank "
        f"AND {_same('l', 'k')} WHERE l.line_id IS NOT NULL "
        f"AND ({_KEY.replace('m_shop', 'l.m_shop').replace('order_id', 'l.order_id')}) IN "
        f"(SELECT ({_KEY}) FROM done) GROUP BY ALL HAVING count(*) = 1"
    )
    when = "coalesce(finished_at, requested_at, TIMESTAMP '1970-01-01')"
    engine.execute(
        "CREATE TABLE given AS SELECT d.m_shop, d.order_id, sum(refund_amount) AS total, "
        f"max(m_rank) AS m_rank, arg_max(aftersale_status, {when}) AS status, "
        f"arg_max(source_file, {when}) AS source_file, arg_max(source_row, {when}) AS source_row, "
        "bool_and(o.line_id IS NOT NULL) AS by_line FROM done d LEFT JOIN own_lines o "
        f"ON {_same('o', 'd')} AND o.line_id = d.line_id GROUP BY d.m_shop, d.order_id"
    )
    engine.execute(
        f"CREATE TABLE given_lines AS SELECT {_KEY}, line_id, sum(refund_amount) AS amount "
        f"FROM done WHERE line_id IS NOT NULL GROUP BY {_KEY}, line_id"
    )
    engine.execute("DROP TABLE own_lines")
