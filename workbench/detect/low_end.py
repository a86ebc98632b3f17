"""The low end of what is ordinary: weights of an item's parcels, times on a route.

A 1 % quantile is pulled down by the very values it should show: where a tenth of an item's
parcels are empty, it is an empty parcel. Tukey's lower fence (Exploratory Data Analysis, 1977:
lower quartile less 1.5 quartile ranges) stands as long as a quarter of them are not; if they are,
it falls and flags nothing.
"""

from __future__ import annotations

from ibis.expr.types import Table

from workbench.detect.constants import FENCE, MIN_PARCELS

__all__ = ["with_low_end"]


def with_low_end(rows: Table, ordinary: Table, by: list[str], value: str) -> Table:
    """`rows` with a column `least`: the low end of `value` for their kind (columns `by`).

    It is fitted on the rows of `ordinary`. Null for kinds with fewer than MIN_PARCELS of them or
    without any spread.
    """
    kinds = ordinary.group_by(by).aggregate(
        low=ordinary[value].quantile(0.25),
        high=ordinary[value].quantile(0.75),
        values=ordinary.count(),
    )
    kinds = kinds.filter(kinds["values"] >= MIN_PARCELS, kinds.high > kinds.low)
    least = kinds.select(*by, least=kinds.low - FENCE * (kinds.high - kinds.low))
    return rows.left_join(least, by).drop(*(f"{name}_right" for name in by))
