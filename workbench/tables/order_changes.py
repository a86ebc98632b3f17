"""What became of an order between two loads: status, amounts, after-sales, waybill, address."""

# ruff: noqa: S608 (the SQL is made of canonical names)
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from workbench.tables.loads import MERGED, read_book
from workbench.tables.merge_orders import grain
from workbench.tables.sources import Source

__all__ = ["CHANGES", "CHANGE_COLUMNS", "changes_sql", "order_changes", "prepare_changes"]

# What the file of changes is called among the merged ones.
CHANGES = "order_changes"

CHANGE_COLUMNS = (
    "order_id",
    "shop",
    "column",
    "before",
    "after",
    "before_file",
    "before_row",
    "after_file",
    "after_row",
)

# Column → SQL of what an order says of it as text; `lines` is the number of its lines.
_TEXTS = ("status", "aftersale_status", "carrier", "tracking_no", "address")
_SUMS = ("paid_amount", "refund_amount")
_KEY = "m_shop, order_id, kind"
_ROWS = " UNION ALL ".join(
    f"SELECT *, '{kind}' AS kind FROM {kind}_rows" for kind in ("line", "order")
)


def order_changes(tables_dir: Path) -> pd.DataFrame:
    """Every change of an order between two loads that hold it, oldest first.

    Columns: order_id, shop ("" in a case of one shop), column (status, paid_amount, refund_amount,
    aftersale_status, carrier, tracking_no, address, or lines: the number of them), before and
    after (text; null where the file said nothing), and the SHA-256 of the file and the first row
    of the order on both sides. Files are compared with files of the same grain that have the
    column; a refund that an after-sales file added to a known one counts as well. Values of
    several lines are joined by commas.
    """
    name = read_book(tables_dir).merged.get(CHANGES)
    if name is None:
        empty = pa.table({column: pa.array([], _KINDS[column]) for column in CHANGE_COLUMNS})
        return empty.to_pandas()
    return pq.read_table(tables_dir / MERGED / name).to_pandas()


_KINDS = {name: pa.int64() if name.endswith("_row") else pa.string() for name in CHANGE_COLUMNS}


def prepare_changes(engine: Any, orders: Sequence[Source]) -> None:
    """Make the table `states`: what each load says of the orders that loads tell otherwise."""
    told = [f"string_agg(DISTINCT {name}, ', ' ORDER BY {name}) AS {name}" for name in _TEXTS]
    told += [f"{_money(f'sum({name})')} AS {name}" for name in _SUMS]
    engine.execute(
        f"CREATE TABLE states AS SELECT {_KEY}, m_rank, {', '.join(told)}, "
        "CAST(count(*) AS VARCHAR) AS lines, arg_min(source_file, m_ord) AS file, "
        "arg_min(source_row, m_ord) AS row "
        f"FROM ({_ROWS}) SEMI JOIN ({_unlike(orders)}) USING ({_KEY}) GROUP BY {_KEY}, m_rank"
    )


def _unlike(orders: Sequence[Source]) -> str:
    """A query of the orders that several loads hold and do not tell alike.

    Sums of hashes part the many that did not change from the few worth a closer look; what only
    some of the files have is always worth one.
    """
    again = f"SELECT {_KEY} FROM held WHERE kind <> 'item' GROUP BY ALL HAVING count(*) > 1"
    kinds = [[s for s in orders if grain(s) == kind] for kind in ("line", "order")]
    columns = (*_TEXTS, *_SUMS)
    if any(
        0 < sum(name in source.columns for source in sources) < len(sources)
        for name in columns
        for sources in kinds
    ):
        return again
    sums = (
        f"SELECT {_KEY}, m_rank, sum(CAST(hash({', '.join(columns)}) AS HUGEINT)) AS told "
        f"FROM ({_ROWS}) SEMI JOIN ({again}) USING ({_KEY}) GROUP BY {_KEY}, m_rank"
    )
    return f"SELECT {_KEY} FROM ({sums}) GROUP BY {_KEY} HAVING min(told) <> max(told)"


def changes_sql(orders: Sequence[Source], *, refunds: bool) -> str:
    """The query of all changes, over `states` and the tables of `prepare_orders`."""
    parts = []
    for name in (*_TEXTS, *_SUMS, "lines"):
        ranks = sorted(
            {s.rank for s in orders if name in s.columns or (name == "lines" and _lines(s))}
        )
        if len(ranks) > 1:
            parts.append(_between_loads(name, ranks))
    if refunds:
        parts.append(
            "SELECT m_shop, order_id, 'refund_amount' AS \"column\", refund_rank AS m_rank, "
            f"{_money('known_refund')} AS before, {_money('total')} AS after, "
            "b.source_file AS before_file, b.source_row AS before_row, "
            "refund_file AS after_file, refund_row AS after_row FROM parts p "
            "JOIN (SELECT m_rank, m_ord, source_file, source_row FROM line_rows UNION ALL "
            "SELECT m_rank, m_ord, source_file, source_row FROM order_rows) b "
            "ON b.m_rank = p.m_rank AND b.m_ord = p.first "
            "WHERE p.kind <> 'item' AND refund_from = 'refunds' AND known_refund IS NOT NULL"
        )
    if not parts:
        return ""
    return (
        'SELECT coalesce(shown, c.order_id) AS order_id, c.m_shop AS shop, "column", before, '
        "after, before_file, CAST(before_row AS BIGINT) AS before_row, after_file, "
        f"CAST(after_row AS BIGINT) AS after_row FROM ({' UNION ALL '.join(parts)}) c "
        "LEFT JOIN renamed r ON r.m_shop = c.m_shop AND r.order_id = c.order_id "
        'ORDER BY m_rank, shop, order_id, "column"'
    )


def _lines(source: Source) -> bool:
    return grain(source) == "line"


def _between_loads(name: str, ranks: Sequence[int]) -> str:
    among = ", ".join(map(str, ranks))
    return (
        f"SELECT m_shop, order_id, '{name}' AS \"column\", m_rank, before, after, before_file, "
        f"before_row, after_file, after_row FROM (SELECT m_shop, order_id, m_rank, "
        f"lag({name}) OVER w AS before, {name} AS after, lag(file) OVER w AS before_file, "
        "lag(row) OVER w AS before_row, file AS after_file, row AS after_row "
        f"FROM states WHERE m_rank IN ({among}) "
        "WINDOW w AS (PARTITION BY m_shop, order_id, kind ORDER BY m_rank)) "
        "WHERE before_file IS NOT NULL AND before IS DISTINCT FROM after"
    )


def _money(sql: str) -> str:
    """SQL of an amount as text, with two places where the other two are zero."""
    return f"regexp_replace(CAST(CAST({sql} AS DECIMAL(18, 4)) AS VARCHAR), '00$', '')"
