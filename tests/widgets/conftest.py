"""A case of eight orders in three groups, with texts as a stranger might wish them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from workbench.case import Case, create_case
from workbench.engine import connect
from workbench.explain import DETECTOR_COLUMNS, Assessment, write_assessment
from workbench.load import load_files
from workbench.tables import Tables, read_tables

HOSTILE = "<script>alert(1)</script>"

ORDERS = f"""order_id,created_at,status,buyer_id,address,product_title,quantity,paid_amount
o1,2025-03-01 10:00:00,completed,b1,杭州市文三路18号3栋502室,{HOSTILE},1,19.90
o2,2025-03-01 10:20:00,completed,b2,杭州市文三路18号3幢502,杯,1,19.90
o3,2025-03-01 11:00:00,completed,b3,杭州市文三路18号3栋502室,杯,2,39.80
o4,2025-04-01 09:00:00,completed,b4,宁波市江东路5号,垫,1,5.00
o5,2025-04-02 09:00:00,completed,b5,宁波市江东路5号,垫,1,5.00
o6,2025-06-01 08:00:00,completed,b6,台州市海门街2号,伞,1,30.00
o7,2025-06-01 08:30:00,completed,b7,台州市海门街3号,伞,1,30.00
o8,2025-06-02 08:30:00,completed,b8,台州市海门街4号,伞,1,30.00
"""
NOTICES = """notice_id,platform,violation,issued_at,order_id
n1,taobao,虚假交易,2025-07-01 10:00:00,o2
"""


_DISCOUNT = ("test", "result", "zh", "en", "factor")


@dataclass(frozen=True)
class Shop:
    """The case with what screening would have left."""

    case: Case
    assessment: Assessment
    tables: Tables


def paper(code: str) -> dict[str, str]:
    return {
        "code": code,
        "zh": f"材料{code}",
        "en": f"paper {code}",
        "who_zh": "快递公司",
        "who_en": "Carrier",
    }


def group(group_id: str, assessment: str, size: int, q: float, start: str, end: str) -> dict:
    tests = [
        ("courier", "passed", "包裹均已签收。", "All parcels were signed for."),
        ("livestream", "failed", "没有活动。", f"No campaign {HOSTILE}."),
        ("household", "not_available", "没有数据。", "No data."),
    ]
    part = {
        "detector": "address_variants",
        "family": "identity",
        "statistic": "spellings of one place",
        "orders": size,
        "observed": 3.0,
        "expected": 1.1,
        "p_value": 0.001,
        "digits": 3.0,
        "capped": 3.0,
        "factor": 0.7,
        "discounts": [
            {"test": "courier", "result": "passed", "zh": "签", "en": "s", "factor": 0.7}
        ],
        "discounted": 2.1,
    }
    return {
        "group_id": group_id,
        "detectors": ["address_variants"],
        "families": ["identity"],
        "size": size,
        "statistic": "spellings of one place",
        "observed": 3.0,
        "expected": 1.1,
        "p_value": 0.001,
        "q_value": q,
        "assessment": assessment,
        "window_start": pd.Timestamp(start),
        "window_end": pd.Timestamp(end),
        "explanation_tests": json.dumps(
            [dict(zip(("test", "result", "zh", "en"), test, strict=True)) for test in tests]
        ),
        "missing_evidence": json.dumps([paper("E01"), paper("E02")]),
        "readings": json.dumps(
            [
                {
                    "reading": "attack_by_others",
                    "for": [{"zh": "取消 8 笔", "en": f"8 of 8 cancelled {HOSTILE}"}],
                    "against": [],
                    "unknown": [{"zh": "未知", "en": "Reported when?"}],
                }
            ]
        ),
        "contributions": json.dumps([part]),
        "sentence_zh": f"{size} 笔订单。",
        "sentence_en": f"{size} orders of {HOSTILE}.",
    }


MEMBERS = {
    "G-aaaaaaaa": ["o1", "o2", "o3"],
    "G-bbbbbbbb": ["o4", "o5"],
    "G-cccccccc": ["o6", "o7", "o8"],
}


def assessment() -> Assessment:
    orders = pd.DataFrame(
        [
            {
                "order_id": order,
                "score": 0.5,
                "q_value": 0.1,
                "assessment": "none",
                "group_id": group_id,
                "reasons": "[]",
            }
            for group_id, members in MEMBERS.items()
            for order in members
        ]
    )
    groups = pd.DataFrame(
        [
            group("G-cccccccc", "none", 3, 0.01, "2025-06-01 08:00", "2025-06-02 08:30"),
            group("G-bbbbbbbb", "needs_documents", 2, 0.2, "2025-04-01 09:00", "2025-04-02 09:00"),
            group("G-aaaaaaaa", "evidence", 3, 0.3, "2025-03-01 10:00", "2025-03-01 11:00"),
        ]
    )
    return Assessment(orders, groups, pd.DataFrame(columns=list(DETECTOR_COLUMNS)))


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    case = create_case(tmp_path / "case", shop="s", language="en")
    files = {"orders.csv": ORDERS, "notices.csv": NOTICES}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    load_files(
        [tmp_path / name for name in files],
        tables_dir=case.tables_dir,
        sources_dir=case.sources_dir,
        zone=case.zone,
        currency=case.currency,
    )
    found = assessment()
    write_assessment(found, case.results_dir)
    return Shop(case, found, read_tables(connect(), case.tables_dir))
