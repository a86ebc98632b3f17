"""The campaigns the shop can show a record of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from workbench.simulate.orders_table import product_ids
from workbench.simulate.seasons import SALES
from workbench.simulate.shop import YEAR_START
from workbench.simulate.text_columns import clock, frame
from workbench.simulate.world import Campaign

__all__ = ["campaign_records"]


def campaign_records(recorded: Sequence[Campaign], seed: int) -> pd.DataFrame:
    """The table of campaigns: the shop-wide sales, and what the recipes recorded, by time."""
    sales = [
        Campaign(name, day * 86400, (day + days) * 86400 - 1, "sale", -1, "营销后台")
        for name, day, days, _ in SALES
    ]
    rows = sorted([*sales, *recorded], key=lambda c: (c.starts, c.ends, c.name, c.item))
    item = np.asarray([c.item for c in rows], np.int64)
    known = product_ids(np.maximum(item, 0), seed)
    return frame(
        {
            "name": pa.array([c.name for c in rows], pa.large_string()),
            "starts_at": clock(np.asarray([c.starts for c in rows], np.int64), YEAR_START),
            "ends_at": clock(np.asarray([c.ends for c in rows], np.int64), YEAR_START),
            "kind": pa.array([c.kind for c in rows], pa.large_string()),
            "product_id": pc.if_else(pa.array(item >= 0), known, None),
            "source": pa.array([c.source for c in rows], pa.large_string()),
        }
    )
