"""Orders whose first row speaks for their further rows: keep them together, carry cells down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from workbench.load.clean import stripped
from workbench.load.formats import Format
from workbench.load.plan import Plan

__all__ = ["fill_down", "whole_orders"]


def whole_orders(tables: Iterable[pa.Table], form: Format, plan: Plan) -> Iterator[pa.Table]:
    """The same rows, cut only between orders; as they come when the format fills nothing down."""
    order = plan.position(form.all_of[0]) if form.fill else None
    if order is None:
        yield from tables
        return
    held: pa.Table | None = None
    for table in tables:
        together = table if held is None else pa.concat_tables([held, table])
        if not together.num_rows:
            continue
        ids = together.column(f"c{order}").to_numpy()
        others = np.flatnonzero(ids != ids[-1])
        cut = int(others[-1]) + 1 if len(others) else 0
        if cut:
            yield together.slice(0, cut)
        held = together.slice(cut)
    if held is not None and held.num_rows:
        yield held


def fill_down(cells: pa.Table, form: Format, plan: Plan) -> pa.Table:
    """The table with a column `continued`, true on the further rows of an order.

    A further row follows a row of the same order and is blank under the format's marker; the cells
    under `form.fill` are carried down to it from the order's first row.
    """
    rows = np.arange(cells.num_rows)
    order, marker = (
        (plan.position(header) for header in (*form.all_of[:1], form.fill_marker))
        if form.fill
        else (None, None)
    )
    if order is None or marker is None:
        return cells.append_column("continued", pa.array(np.zeros(len(rows), dtype=bool)))
    blank = pc.equal(stripped(cells.column(f"c{marker}")), "").to_numpy()
    first = np.maximum.accumulate(np.where(blank, -1, rows))
    ids = cells.column(f"c{order}").to_numpy()
    continued = blank & (first >= 0) & (ids[first] == ids)
    source = pa.array(np.where(continued, first, rows))
    for header in form.fill:
        position = plan.position(header)
        if position is not None:
            name = f"c{position}"
            index = cells.column_names.index(name)
            cells = cells.set_column(index, name, cells.column(name).take(source))
    return cells.append_column("continued", pa.array(continued))
