"""A shop of five orders, one of two lines, for queries whose answers are known by hand."""

from __future__ import annotations

import pandas as pd

from workbench.engine import connect
from workbench.explain import Assessment
from workbench.tables import Tables, memory_tables

ALL = ["A", "B", "C", "D", "E", "N"]
"""By the time they were placed; N is only named by a notice."""


def lines() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "order_id": ["A", "A", "B", "C", "D", "E"],
            "created_at": pd.to_datetime(
                [
                    "2026-01-01 09:00",
                    "2026-01-01 09:00",
                    "2026-01-01 23:59",
                    "2026-01-02 00:00",
                    "2026-01-05 10:30",
                    "2026-01-10 12:00",
                ]
            ),
            "status": ["paid", "paid", "shipped", "paid", "closed", "paid"],
            "paid_amount": ["30.00", "20.00", "49.99", "50.01", "100", "0"],
            "product_title": ["Red Kettle", "100% 棉T恤", "kettle", "", None, "壶 kettle_2"],
            "unit_price": ["15", "20", "49.99", "50.01", "100", None],
        }
    )


def tables() -> Tables:
    notices = pd.DataFrame({"notice_id": ["1", "1"], "order_id": ["C", "N"]})
    notices = notices.assign(platform="taobao", violation="", issued_at=pd.Timestamp("2026-01-11"))
    return memory_tables(connect(), {"orders": lines(), "notices": notices})


def assessed() -> Assessment:
    orders = pd.DataFrame(
        {
            "order_id": ["A", "B", "C", "D", "E"],
            "score": [0.9, 0.5, 0.5, 0.1, 0.0],
            "q_value": [0.001, 0.04, 0.04, 0.5, 1.0],
            "assessment": ["evidence", "needs_documents", "needs_documents", "none", "none"],
            "group_id": ["G-1", "G-2", "G-2", None, None],
            "reasons": ["[]"] * 5,
        }
    )
    return Assessment(orders, pd.DataFrame({"group_id": ["G-1", "G-2"]}), pd.DataFrame())


def decided() -> pd.DataFrame:
    return pd.DataFrame({"order_id": ["A", "N"], "decision": ["defend", "hold"]})


def tagged() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "subject": ["order", "order", "group", "case"],
            "subject_id": ["A", "A", "G-2", ""],
            "tag": ["call carrier", "VIP", "stream", "urgent"],
        }
    )
