"""What every flag of a parcel has in common: the columns of workbench.detect.flagged."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from ibis.expr.types import BooleanValue, Table

from workbench.detect.finding import Detector, no_findings
from workbench.detect.flag_groups import crowded, report
from workbench.detect.flagged import flagged
from workbench.detect.opening import on_trade
from workbench.engine import keeping
from workbench.tables import Tables

__all__ = ["Flags", "as_flags", "parcel_detector"]

Flags = Callable[[Tables], Table | None]
"""Rows of Flagged.table (and `unit`) from prepared tables; None where nothing tells."""


def as_flags(parcels: Table, flag: BooleanValue) -> Table:
    """Parcels with a flag, one per parcel, beside the others of their carrier."""
    return parcels.select(
        "order",
        "order_id",
        "item",
        "second",
        stratum=parcels.carrier,
        flag=flag,
        unit=parcels.waybill,
    )


def parcel_detector(
    name: str, flags: Flags, needs: tuple[str, ...], needs_any: tuple[tuple[str, ...], ...]
) -> Detector:
    """A detector that proposes groups of an item's parcels whose flags crowd in time."""

    def find(tables: Tables) -> pd.DataFrame:
        rows = flags(tables) if "parcels" in tables else None
        if rows is None:
            return no_findings(reviewed=0, reason="no_parcels")
        with keeping(tables["trade"].get_backend()) as keep:
            known = flagged(rows, keep)
            return report(name, tables, crowded(known), reviewed=known.usual.orders)

    return Detector(
        name=name,
        family="proof",
        needs=("orders.order_id", "orders.created_at", *needs),
        needs_any=needs_any,
        find=on_trade(find, buyers=False),
    )
