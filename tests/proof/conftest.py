"""A small shop of four orders in two groups, and ways to give evidence for them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from workbench.case import Case, create_case
from workbench.engine import connect
from workbench.explain import DETECTOR_COLUMNS, Assessment
from workbench.explain.catalogue import missing_evidence
from workbench.tables import Tables, memory_tables

MEMBERS = {"G-1": ["o1", "o2"], "G-2": ["o3", "o4"]}


@dataclass(frozen=True)
class Shop:
    """An empty case, what screening left of it, and its tables."""

    case: Case
    assessment: Assessment
    tables: Tables


def assessment(asked: dict[str, list[str]]) -> Assessment:
    """Groups that ask for these papers."""
    orders = pd.DataFrame(
        [{"order_id": one, "group_id": group} for group, own in MEMBERS.items() for one in own]
        + [{"order_id": "o5", "group_id": None}]
    )
    groups = pd.DataFrame(
        {"group_id": group, "missing_evidence": json.dumps(missing_evidence(codes))}
        for group, codes in asked.items()
    )
    return Assessment(orders, groups, pd.DataFrame(columns=list(DETECTOR_COLUMNS)))


def tables(**more: Any) -> Tables:
    """The tables of the shop; o4 was not sent, o5 is in no group."""
    orders = pd.DataFrame(
        {
            "order_id": ["o1", "o1", "o2", "o3", "o4", "o5"],
            "created_at": pd.to_datetime(["2026-01-02 10:00"] * 3 + ["2026-01-03 09:00"] * 3),
            "status": "completed",
            "product_id": ["p1", "p2", "p1", "p1", "p1", "p3"],
            "product_title": ["杯", "垫", "杯", "杯", "杯", "伞 <b>电话13800138000</b>"],
            "quantity": [2, 1, 1, 1, 1, 3],
            "paid_amount": 10.0,
            "buyer_name": ["张三", "张三", "李四", "王五", None, "欧阳"],
            "province": ["浙江省"] * 6,
            "city": ["杭州市"] * 6,
            "carrier": ["甲快递", "甲快递", "乙快递", "甲快递", None, "甲快递"],
            "tracking_no": ["W1", "W1", "W2", "W3", None, "W5"],
        }
    )
    shipments = pd.DataFrame(
        {
            "tracking_no": ["W1", "W9"],
            "carrier": ["甲快递", "乙快递"],
            "order_id": ["o1", "o1"],
            "shipped_at": pd.to_datetime(["2026-01-02 18:00", "2026-01-04 18:00"]),
            "receiver_city": ["杭州市", "杭州市"],
        }
    )
    given = {"orders": orders, "shipments": shipments, **more}
    return memory_tables(connect(), given)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case", shop="小店", platform="taobao")


@pytest.fixture
def shop(case: Case) -> Shop:
    return Shop(case, assessment({"G-1": ["E01", "E06"], "G-2": []}), tables())
