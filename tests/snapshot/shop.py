"""A small shop worked out by hand, with a marker in each personal column."""

import json
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from workbench.case import create_case
from workbench.engine import connect
from workbench.tables import TABLES, memory_tables

PERSONAL = [column.name for column in TABLES["orders"].columns if column.mask]
GROUP, OTHER = "G-aaaaaaaa", "G-bbbbbbbb"


def order_lines() -> pd.DataFrame:
    """Four orders on two days; A1 has two lines, B1 stands alone."""
    rows = [
        ("A1", "2026-01-05 10:00", "Cup", 1, "10.50", None),
        ("A1", "2026-01-05 10:00", "Lid", 2, "4.25", "1.25"),
        ("A2", "2026-01-05 10:01", "Cup", 1, "10.50", None),
        ("A3", "2026-01-06 09:00", "Cup", 1, "10.50", None),
        ("B1", "2026-01-06 23:59", "Pot", 1, "100", None),
    ]
    frame = pd.DataFrame(
        rows,
        columns=[
            "order_id",
            "created_at",
            "product_title",
            "quantity",
            "paid_amount",
            "refund_amount",
        ],
    )
    frame["created_at"] = pd.to_datetime(frame["created_at"])
    frame["status"] = "completed"
    for name in PERSONAL:
        frame[name] = [f"MARK{name}{order_id}" for order_id in frame["order_id"]]
    frame["province"], frame["city"], frame["district"] = "浙江省", "杭州市", "余杭区"
    return frame


def notice_rows() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "notice_id": ["N1", "N1"],
            "platform": "taobao",
            "violation": "虚假交易",
            "issued_at": pd.Timestamp("2026-01-07 12:00"),
            "appeal_deadline": pd.Timestamp("2026-01-12 12:00"),
            "attempts_allowed": 2,
            "attempts_used": 1,
            "order_id": ["A2", "Z9"],
        }
    )


def assessment() -> SimpleNamespace:
    paper = {"code": "E02", "zh": "称重", "en": "weighing", "who_zh": "快递", "who_en": "carrier"}
    test = {"test": "locker", "result": "not_available", "zh": "未知", "en": "unknown"}
    groups = pd.DataFrame(
        {
            "group_id": [OTHER, GROUP],
            "detectors": [["rapid_repeat"], ["shared_phone", "same_offer_burst"]],
            "families": [["behaviour"], ["identity", "time"]],
            "size": [1, 2],
            "statistic": ["orders", "pairs"],
            "observed": [1.0, 2.0],
            "expected": [0.5, float("nan")],
            "p_value": [0.2, 0.001],
            "q_value": [0.2, 0.002],
            "assessment": ["needs_documents", "evidence"],
            "window_start": pd.to_datetime(["2026-01-06 09:00", "2026-01-05 10:00"]),
            "window_end": [pd.NaT, pd.Timestamp("2026-01-05 10:01")],
            "explanation_tests": [json.dumps([]), json.dumps([test])],
            "missing_evidence": [json.dumps([paper]), json.dumps([paper])],
            "contributions": [json.dumps([]), json.dumps([{"detector": "a", "share": 1.0}])],
            "sentence_zh": ["一", "二"],
            "sentence_en": ["one", "two"],
        }
    )
    orders = pd.DataFrame(
        {
            "order_id": ["A1", "A2", "A3", "B1"],
            "score": [0.9, 0.9, 0.4, 0.0],
            "q_value": [0.002, 0.002, 0.2, 1.0],
            "assessment": ["evidence", "evidence", "needs_documents", "none"],
            "group_id": [GROUP, GROUP, OTHER, None],
        }
    )
    detectors = pd.DataFrame(
        {"detector": ["a", "b"], "state": ["ran", "not_available"], "needs": ["", "orders.ip"]}
    )
    return SimpleNamespace(orders=orders, groups=groups, detectors=detectors)


def case_and_tables(folder: Path):
    case = create_case(folder / "case", shop="S", as_of=datetime(2026, 1, 9, 9))
    frames = {"orders": order_lines(), "notices": notice_rows()}
    return case, memory_tables(connect(), frames)
