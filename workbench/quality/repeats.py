"""Rows that say the same thing twice, and rows of one order that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_

import ibis
import pandas as pd
from ibis.expr.types import Table, Value

from workbench.language import words
from workbench.quality.headings import column_word, table_word
from workbench.quality.values import data_columns
from workbench.rows import each
from workbench.tables import Tables

__all__ = ["KEYS", "ONE_PER_ORDER", "repeats_data", "repeats_table"]

KEYS: Mapping[str, tuple[str, ...]] = {
    "orders": ("order_id", "line_id"),
    "order_lines": ("order_id", "line_id"),
    "refunds": ("refund_id",),
    "payments": ("entry_id",),
    "shipments": ("tracking_no", "order_id"),
}
"""What should stand once in a table."""

ONE_PER_ORDER = (
    "created_at",
    "paid_at",
    "buyer_id",
    "buyer_account",
    "buyer_name",
    "phone",
    "address",
    "currency",
)
"""What all lines of one order should agree on."""

_COLUMNS = ["kind", "table", "column", "things", "rows", "tested"]
_EXAMPLE = ["order_id", "source_file", "source_row"]


def repeats_data(tables: Tables) -> pd.DataFrame:
    """What stands more than once, one row per kind of repetition that was looked for.

    Columns: kind, table, column ("" or what differs), things (how many values, orders or rows
    stand more than once), rows (rows beyond the first of each; for `differs`, rows of these
    orders), tested, and of one example order_id, source_file, source_row.
    Kinds: identical (a row repeats an earlier one in every column; checked cell by cell, the hash
    only finds candidates), same_key (one line, request, entry or waybill number on several rows
    that are not identical), differs (an order whose lines disagree on what an order has once).
    """
    rows: list[dict[str, object]] = []
    for name, table in tables.items():
        rows.append(_identical(name, table))
        key = [column for column in KEYS.get(name, ()) if column in table.columns]
        if key and len(key) == len(KEYS[name]):
            rows.append(_same_key(name, table, key))
    if "orders" in tables:
        rows += _differing(tables["orders"])
    return pd.DataFrame(rows, columns=[*_COLUMNS, *_EXAMPLE])


def repeats_table(
    rows: pd.DataFrame, language: str = "zh", *, files: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """What stands more than once as a reader sees it; what was looked for in vain is left out."""
    say = words("quality", language)
    kinds = {
        "identical": say("rows that repeat an earlier row in every cell"),
        "same_key": say("one number on several rows that differ"),
        "differs": say("orders whose rows disagree"),
    }
    found = rows[rows.things > 0]
    records = [
        {
            say("What"): kinds[row.kind],
            say("Table"): table_word(row.table, language),
            say("Column"): " + ".join(
                column_word(row.table, one, language) for one in row.column.split("+") if one
            ),
            say("Found"): row.things,
            say("Rows"): row.rows,
            say("Tested"): row.tested,
            say("Order"): row.order_id or "",
            say("File"): (files or {}).get(row.source_file, str(row.source_file)[:12]),
            say("Row"): row.source_row,
        }
        for row in each(found)
    ]
    return pd.DataFrame(records)


def _identical(name: str, table: Table) -> dict[str, object]:
    columns = data_columns(name, table)
    candidates = _several(table, columns)
    groups = candidates.group_by(columns).aggregate(
        n=candidates.count(),
        source_file=candidates.source_file.argmin(candidates.source_row),
        source_row=candidates.source_row.min(),
    )
    groups = groups.filter(groups.n > 1)
    return _told("identical", name, "", table, groups)


def _same_key(name: str, table: Table, key: list[str]) -> dict[str, object]:
    """Numbers on several rows that differ; rows that are the same in every cell count once."""
    known = table.filter(*[table[column].notnull() & (table[column] != "") for column in key])
    columns = data_columns(name, table)
    candidates = _several(known, key)
    different = candidates.group_by(columns).aggregate(
        source_file=candidates.source_file.argmin(candidates.source_row),
        source_row=candidates.source_row.min(),
    )
    groups = different.group_by(key).aggregate(
        n=different.count(),
        source_file=different.source_file.argmin(different.source_row),
        source_row=different.source_row.min(),
    )
    return _told("same_key", name, "+".join(key), known, groups.filter(groups.n > 1))


def _differing(orders: Table) -> Iterator[dict[str, object]]:
    """One row per column that all lines of an order should agree on."""
    columns = [name for name in ONE_PER_ORDER if name in orders.columns]
    if not columns:
        return
    lines = _several(orders, ["order_id"])
    ends: dict[str, Value] = {}
    for number, name in enumerate(columns):
        ends |= {f"low{number}": lines[name].min(), f"high{number}": lines[name].max()}
    spans = lines.group_by("order_id").aggregate(
        n=lines.count(),
        source_file=lines.source_file.argmin(lines.source_row),
        source_row=lines.source_row.min(),
        **ends,
    )
    several = spans.filter(spans.n > 1)
    apart = {
        f"apart{number}": several[f"low{number}"] < several[f"high{number}"]
        for number in range(len(columns))
    }
    marked = several.mutate(**apart)
    # Few orders disagree, so their rows are fetched once and looked at column by column.
    bad = marked.filter(reduce(or_, [marked[name] for name in apart]))
    tested = int(several.count().to_pyarrow().as_py())
    fetched = bad.select(*_EXAMPLE, "n", *apart).order_by(["source_file", "source_row"])
    frame = fetched.to_pandas()
    for number, name in enumerate(columns):
        chosen = frame[frame[f"apart{number}"].fillna(False).astype(bool)]
        first = chosen.iloc[0] if len(chosen) else None
        yield {
            "kind": "differs",
            "table": "orders",
            "column": name,
            "things": len(chosen),
            "rows": int(chosen.n.sum()),
            "tested": tested,
            **{key: "" if first is None else first[key] for key in _EXAMPLE},
        }


def _told(kind: str, name: str, column: str, tested: Table, groups: Table) -> dict[str, object]:
    total = groups.aggregate(things=groups.count(), rows=groups.n.sum()).to_pandas().iloc[0]
    things = int(total.things)
    example: dict[str, object] = dict.fromkeys(_EXAMPLE, "")
    if things:
        chosen = [column for column in _EXAMPLE if column in groups.columns]
        first = groups.order_by(["source_file", "source_row"]).select(*chosen).limit(1)
        example |= first.to_pandas().iloc[0].to_dict()
    return {
        "kind": kind,
        "table": name,
        "column": column,
        "things": things,
        "rows": int(total.rows) - things if things else 0,
        "tested": int(tested.count().to_pyarrow().as_py()),
        **example,
    }


def _several(table: Table, columns: list[str]) -> Table:
    """The rows that may have another one with the same columns.

    Found by a hash, so that what stands once, most of a table, costs no memory: rows that differ
    have, but for chance, different ones, and whoever asks compares the columns themselves.
    """
    hashed = table.mutate(quality_hash=ibis.struct({c: table[c] for c in columns}).hash())
    counted = hashed.group_by("quality_hash").aggregate(n=hashed.count())
    return hashed.semi_join(counted.filter(counted.n > 1), "quality_hash")
