"""Take the rows of a few orders out of the canonical tables, as plain frames."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import ibis
import pandas as pd

from workbench.tables import Tables

__all__ = ["rows_of", "rows_with"]


def rows_of(
    tables: Tables, name: str, order_ids: Collection[str], columns: Sequence[str]
) -> pd.DataFrame | None:
    """Rows of a table that belong to the orders, with order_id and those columns it has.

    None where there is no such table, or it does not tell orders apart.
    """
    return rows_with(tables, name, "order_id", order_ids, columns)


def rows_with(
    tables: Tables, name: str, key: str, values: Collection[str], columns: Sequence[str]
) -> pd.DataFrame | None:
    """Rows of a table whose `key` is one of `values`, in the order of their sources."""
    table = tables.get(name)
    if table is None or key not in table.columns:
        return None
    wanted = ibis.memtable({key: sorted(values)}, schema={key: "string"})
    kept = [key, *(one for one in columns if one in table.columns and one != key)]
    places = [one for one in ("source_file", "source_row") if one in table.columns]
    kept += [one for one in places if one not in kept]
    found = table.semi_join(wanted, key).select(*kept).order_by(places or kept)
    return found.to_pandas()
