"""Orders whose first row speaks for their further rows: keep them together, carry cells down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from workbench.load.clean import stripped
from workbench.load.formats import Format
from workbench.load.headers import header_key
from workbench.load.plan import Plan

__all__ = ["fill_down", "whole_orders"]

Mask = npt.NDArray[np.bool_]


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
        ids = _ids(together, order, form)
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
    under `form.fill` are carried down to it from the order's first row. Where these include the
    order number itself, a row without one belongs to the order above it, unless all of it is blank.
    """
    rows = np.arange(cells.num_rows)
    order, marker = (
        (plan.position(header) for header in (*form.all_of[:1], form.fill_marker))
        if form.fill
        else (None, None)
    )
    if order is None or marker is None:
        return cells.append_column("continued", pa.array(np.zeros(len(rows), dtype=bool)))
    blank = _blank(cells, marker)
    first = np.maximum.accumulate(np.where(blank, -1, rows))
    ids = _ids(cells, order, form)
    continued = blank & (first >= 0) & (ids[first] == ids)
    if _carries_ids(form):
        continued &= ~_empty_rows(cells, continued)
    source = pa.array(np.where(continued, first, rows))
    for header in form.fill:
        position = plan.position(header)
        if position is not None:
            name = f"c{position}"
            index = cells.column_names.index(name)
            cells = cells.set_column(index, name, cells.column(name).take(source))
    return cells.append_column("continued", pa.array(continued))


def _carries_ids(form: Format) -> bool:
    """Whether the further rows of an order have no order number of their own."""
    return header_key(form.all_of[0]) in {header_key(header) for header in form.fill}


def _ids(cells: pa.Table, order: int, form: Format) -> npt.NDArray[Any]:
    """The order number of each row, as written, or the last one above it where it is carried."""
    ids = cells.column(f"c{order}").to_numpy()
    if not _carries_ids(form):
        return ids
    last = np.maximum.accumulate(np.where(_blank(cells, order), 0, np.arange(len(ids))))
    return ids[last]


def _blank(cells: pa.Table, position: int) -> Mask:
    return pc.equal(stripped(cells.column(f"c{position}")), "").to_numpy()


def _empty_rows(cells: pa.Table, among: Mask) -> Mask:
    """Which of the rows have no value in any cell."""
    empty = among.copy()
    for name in cells.column_names:
        if name != "source_row" and empty.any():
            empty &= pc.equal(stripped(cells.column(name)), "").to_numpy()
    return empty
