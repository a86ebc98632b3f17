"""Accounts that share one device, IP or payment account, and one more oddity.

See workbench.detect.shared_value.
"""

from __future__ import annotations

import pandas as pd

from workbench.detect.finding import Detector
from workbench.detect.opening import on_trade
from workbench.detect.shared_value import find_shared
from workbench.detect.trade import BUYER_COLUMNS
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "shared_device"
FIELDS = ("device", "ip", "buyer_account", "payment_id")


def find(tables: Tables) -> pd.DataFrame:
    """Accounts that share a device or payer; see Detector.find and docs/detectors.md."""
    return find_shared(tables, NAME, FIELDS)


DETECTOR = Detector(
    name=NAME,
    family="identity",
    needs=("orders.order_id", "orders.created_at"),
    needs_any=(
        tuple(f"orders.{column}" for column in BUYER_COLUMNS),
        tuple(f"orders.{field}" for field in FIELDS),
    ),
    find=on_trade(find),
)
