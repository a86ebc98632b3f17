"""What holds for a screening as a whole: its size, what was left off, how chance was measured."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.explain.measure import Measured
from workbench.explain.null import Null

__all__ = ["summary_of"]


def summary_of(parts: Sequence[Measured], nulls: Sequence[Null]) -> dict[str, object]:
    """As JSON can hold it: `groups`, `leads` (weak ones, not listed), `null`.

    `null` is how q-values were measured: {"by": "formula"} alone, or {"by": "formula and
    shuffles", shuffles, seconds, chance_groups (groups in all shuffles), orders (in each shuffle,
    by shop), of (orders of the shop), left_out (orders of groups found already, never dealt),
    whole (whether every order was dealt each time), sample (if not: how orders were chosen, here
    "stretches of time": so many that follow one another, a later stretch in each shuffle, so that
    whatever detectors count within stays whole), detectors}.
    """
    return {
        "groups": sum(len(part.weighed) for part in parts),
        "leads": sum(len(part.leads) for part in parts),
        "null": _null([null for null in nulls if null.shuffles]),
    }


def _null(nulls: Sequence[Null]) -> dict[str, object]:
    if not nulls:
        return {"by": "formula"}
    whole = all(null.orders + null.left_out == null.of for null in nulls)
    return {
        "by": "formula and shuffles",
        "shuffles": nulls[0].shuffles,
        "seconds": round(sum(null.seconds for null in nulls), 1),
        "chance_groups": sum(len(null.p_values) for null in nulls),
        "orders": [null.orders for null in nulls],
        "of": [null.of for null in nulls],
        "left_out": [null.left_out for null in nulls],
        "whole": whole,
        "sample": None if whole else "stretches of time",
        "detectors": sorted({name for null in nulls for name in null.detectors}),
    }
