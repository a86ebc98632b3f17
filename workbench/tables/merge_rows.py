"""Put the rows of other tables together: what several files hold counts once."""

# ruff: noqa: S608 (the SQL is made of canonical names)
from __future__ import annotations

from collections.abc import Sequence

from workbench.tables.definition import TABLES
from workbench.tables.precedence import SAME
from workbench.tables.sources import Source, provided

__all__ = ["merged_rows", "newest_sql"]


def newest_sql(rows: str, table: str) -> str:
    """A query of the rows of `rows` that stand; of the same row in several loads the newest.

    The n-th of equal rows of one load is the same as the n-th of another, so that what happened
    twice is told twice. Of item lists the newest one of an order stands as a whole.
    """
    if table == "order_lines":
        newest = "max(m_rank) OVER (PARTITION BY m_shop, order_id)"
        return f"SELECT * FROM {rows} QUALIFY m_rank = {newest}"
    same = ", ".join(f"{sql} AS same{n}" for n, sql in enumerate(SAME[table]))
    keys = ", ".join(f"same{n}" for n in range(len(SAME[table])))
    numbered = (
        f"SELECT *, row_number() OVER (PARTITION BY m_shop, {keys}, m_rank ORDER BY m_ord) AS nth "
        f"FROM (SELECT m_shop, m_rank, m_ord, {same} FROM {rows})"
    )
    kept = (
        f"SELECT m_rank, m_ord FROM ({numbered}) QUALIFY "
        f"row_number() OVER (PARTITION BY m_shop, {keys}, nth ORDER BY m_rank DESC) = 1"
    )
    return f"SELECT a.* FROM {rows} a SEMI JOIN ({kept}) b USING (m_rank, m_ord)"


def merged_rows(rows: str, table: str, sources: Sequence[Source], *, shops: bool) -> str:
    """The query of a merged table, over the view `rows` of all its sources."""
    told = []
    for name in provided(sources, table):
        if name == "order_id" and shops:
            told.append("coalesce(shown, s.order_id) AS order_id")
        elif name != "shop" or not shops:
            told.append(f's."{name}"')
    if shops:
        told.append("s.m_shop AS shop")
    named = "order_id" in {column.name for column in TABLES[table].columns}
    join = (
        "LEFT JOIN renamed r ON r.m_shop = s.m_shop AND r.order_id = s.order_id"
        if shops and named
        else ""
    )
    newest = newest_sql(rows, table) if len({s.rank for s in sources}) > 1 else f"FROM {rows}"
    return f"SELECT {', '.join(told)}, s.source_file, s.source_row FROM ({newest}) s {join}"
