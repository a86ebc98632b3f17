"""Keep the rows of one order together where its first row speaks for the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa

from workbench.load.formats import Format
from workbench.load.headers import header_key
from workbench.load.plan import Plan

__all__ = ["whole_orders"]


def whole_orders(tables: Iterable[pa.Table], form: Format, plan: Plan) -> Iterator[pa.Table]:
    """The same rows, cut only between orders; as they come when the format fills nothing down."""
    if not form.fill:
        yield from tables
        return
    order = next(
        i for i, header in enumerate(plan.headers) if header_key(header) == header_key(form.all_of[0])
    )
    held: pa.Table | None = None
    for table in tables:
        together = table if held is None else pa.concat_tables([held, table])
        ids = np.asarray(together.column(f"c{order}").to_pylist(), dtype=object)
        others = np.flatnonzero(ids != ids[-1]) if len(ids) else np.array([], dtype=int)
        cut = int(others[-1]) + 1 if len(others) else 0
        if cut:
            yield together.slice(0, cut)
        held = together.slice(cut)
    if held is not None and held.num_rows:
        yield held
