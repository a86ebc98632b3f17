"""Visitors of each item by day, as a back office keeps them: the last month only."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from workbench.simulate.catalogue import Catalogue
from workbench.simulate.draft import Draft
from workbench.simulate.order_lines import Lines
from workbench.simulate.orders_table import product_ids
from workbench.simulate.shop import DAYS, YEAR_START
from workbench.simulate.streams import stream
from workbench.simulate.text_columns import frame

__all__ = ["DAYS_KEPT", "visits"]

DAYS_KEPT = 30


def visits(rows: Draft, lines: Lines, catalogue: Catalogue, seed: int) -> pd.DataFrame:
    """The table of traffic: one row per item and day of the last 30 days of the year.

    Of an item's visitors 2 to 7 % buy, on each day a little more or less; hired buyers come by a
    link and bring one visit each.
    """
    rng = stream(seed, "visits")
    first = DAYS - DAYS_KEPT
    day = rows["time"][lines.row] // 86400 - first
    kept = (day >= 0) & (day < DAYS_KEPT)
    fake = rows["fake"][lines.row] == 1
    shape = (DAYS_KEPT, catalogue.size)
    genuine, hired = np.zeros(shape), np.zeros(shape)
    np.add.at(genuine, (day[kept & ~fake], lines.item[kept & ~fake]), 1)
    np.add.at(hired, (day[kept & fake], lines.item[kept & fake]), 1)
    conversion = rng.uniform(0.02, 0.07, catalogue.size) * rng.lognormal(0, 0.12, shape)
    idle = genuine.mean(axis=0) / conversion
    visitors = rng.poisson(0.4 * idle + 0.6 * genuine / conversion) + genuine + hired
    when, item = np.nonzero(visitors > 0)
    seen = visitors[when, item].astype(np.int64)
    bought = (genuine + hired)[when, item].astype(np.int64)
    start = np.datetime64(YEAR_START.date(), "D") + first
    return frame(
        {
            "date": pa.array(start + when, pa.date32()),
            "product_id": product_ids(item, seed),
            "visitors": pa.array(seen),
            "page_views": pa.array((seen * rng.uniform(1.4, 3.0, len(seen))).astype(np.int64)),
            "orders": pa.array(bought),
        }
    )
