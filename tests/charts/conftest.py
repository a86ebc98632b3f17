"""A shop small enough to count by hand: seven orders, five buyers, one suspicious group."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from workbench.engine import connect
from workbench.explain import Assessment
from workbench.tables import Tables, memory_tables

HOSTILE = "<script>alert(1)</script>"

# order, when, buyer, paid, refund, phone, assessment; 2025-03-03 was a Monday.
ORDERS = [
    ("o1", "2025-03-03 10:00", "ann", "10", "0", "1001", "none"),
    ("o2", "2025-03-03 10:30", "bob", "20", "0", "1002", "none"),
    ("o3", "2025-03-04 13:00", "ann", "30", "15", "1001", "none"),
    ("o4", "2025-04-11 13:05", "cat", "59", "0", "1009", "evidence"),
    ("o5", "2025-04-11 13:06", "dan", "59", "0", "1009", "evidence"),
    ("o6", "2025-04-11 13:07", "eve", "59", "0", "1009", "evidence"),
    ("o7", "2025-04-12 09:00", "bob", "40", "0", "1002", "none"),
]


@pytest.fixture(scope="module")
def tables() -> Tables:
    names = ["order_id", "created_at", "buyer_id", "paid_amount", "refund_amount", "phone"]
    frame = pd.DataFrame([row[:6] for row in ORDERS], columns=names)
    frame["created_at"] = pd.to_datetime(frame.created_at)
    frame["status"] = "completed"
    frame["currency"] = "CNY"
    return memory_tables(connect(), {"orders": frame})


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    orders = pd.DataFrame(
        {
            "order_id": [row[0] for row in ORDERS],
            "assessment": [row[6] for row in ORDERS],
            "group_id": ["G-1" if row[6] == "evidence" else None for row in ORDERS],
        }
    )
    part = {
        "detector": "shared_phone",
        "orders": 3,
        "observed": 3.0,
        "expected": 1.1,
        "digits": 14.5,
        "capped": 12.0,
        "factor": 0.5,
        "discounts": [{"test": "family", "zh": "像一家人", "en": "fits a family", "factor": 0.5}],
        "discounted": 6.0,
    }
    groups = pd.DataFrame(
        {
            "group_id": ["G-1", "G-2"],
            "assessment": ["evidence", "none"],
            "size": [3, 2],
            "q_value": [0.001, 0.4],
            "window_start": pd.to_datetime(["2025-04-11 13:05", "2025-03-03 10:00"]),
            "window_end": pd.to_datetime(["2025-04-11 13:07", "2025-03-03 10:30"]),
            "sentence_zh": [f"三个账号 {HOSTILE}", "无"],
            "sentence_en": [f"three accounts {HOSTILE}", "nothing"],
            "contributions": [json.dumps([part, part | {"detector": "theirs"}]), "[]"],
        }
    )
    return Assessment(orders=orders, groups=groups, detectors=pd.DataFrame())
