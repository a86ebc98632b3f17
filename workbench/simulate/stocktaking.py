"""What lay on the shelves when the year began."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from workbench.simulate.catalogue import Catalogue
from workbench.simulate.orders_table import product_ids
from workbench.simulate.shop import YEAR_START
from workbench.simulate.streams import stream
from workbench.simulate.text_columns import clock, frame, pick

__all__ = ["stock"]


def stock(catalogue: Catalogue, seed: int) -> pd.DataFrame:
    """The table of stock: one count of every item on the first morning of the year."""
    rng = stream(seed, "stock")
    item = np.arange(catalogue.size)
    return frame(
        {
            "product_id": product_ids(item, seed),
            "counted_at": clock(np.full(catalogue.size, 8 * 3600), YEAR_START),
            "quantity": pa.array(rng.integers(5, 40, catalogue.size)),
            "place": pick(("一号仓",), np.zeros(catalogue.size, np.int64)),
        }
    )
