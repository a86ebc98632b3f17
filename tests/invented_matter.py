"""A small case, made by hand, with known decisions, evidence and personal data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from workbench.case import Case, Masker, attach, create_case, decide
from workbench.engine import connect
from workbench.explain import Assessment, write_assessment
from workbench.load import LoadReport
from workbench.tables import Tables, memory_tables

SHA = "ab" * 32
# Strings that belong to a person; none of them may leave in a masked pack.
PERSONAL = (
    "王小明",
    "欧阳娜娜",
    "13912345678",
    "13787654321",
    "文一西路969号",
    "buyer_wang",
    "wang_pay_88",
    "请放门口",
    "返现五元",
    "310027",
)
HOSTILE_TITLE = '=HYPERLINK("http://x.example","看") <b>{{ 7*7 }}</b>'


@dataclass(frozen=True)
class Example:
    """A case with its tables and results; `evidence` names files by what they are."""

    case: Case
    tables: Tables
    assessment: Assessment
    masker: Masker
    evidence: Mapping[str, str]


def orders() -> pd.DataFrame:
    ids = ["1001", "1002", "1003", "1004", "1005"]
    created = pd.to_datetime([f"2026-01-01 1{n}:00:00" for n in range(5)])
    return pd.DataFrame(
        {
            "order_id": ids,
            "created_at": created,
            "status": "completed",
            "buyer_id": ["buyer_wang"] * 2 + ["buyer_o"] * 3,
            "buyer_account": ["wang_pay_88"] * 5,
            "buyer_name": ["王小明"] * 2 + ["欧阳娜娜"] * 3,
            "phone": ["13912345678"] * 2 + ["13787654321"] * 3,
            "address": ["浙江省杭州市西湖区文一西路969号"] * 5,
            "postcode": ["310027"] * 5,
            "product_title": [HOSTILE_TITLE, "+加绒", "-1", "@家", "正常"],
            "quantity": [1, 2, 1, 1, 1],
            "paid_amount": ["9.90", "1234.56", "0.01", "20", "30"],
            "buyer_message": ["请放门口"] * 5,
            "seller_memo": ["返现五元"] * 5,
            "source_file": [SHA] * 5,
            "source_row": [2, 3, 4, 5, 6],
        }
    )


def notice() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "notice_id": ["N-7"] * 4,
            "platform": ["淘宝"] * 4,
            "violation": ["虚假交易"] * 4,
            "rule_clause": ["第六十四条"] * 4,
            "issued_at": pd.to_datetime(["2026-01-05 08:00"] * 4),
            "decided_at": pd.to_datetime(["2026-01-04 08:00"] * 4),
            "appeal_deadline": pd.to_datetime(["2026-01-12 08:00"] * 4),
            "attempts_allowed": [3] * 4,
            "attempts_used": [1] * 4,
            "measure": ["降权30天"] * 4,
            "order_id": ["1001", "1002", "1004", "9999"],
        }
    )


def campaigns() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": ["元旦活动", "双十一"],
            "starts_at": pd.to_datetime(["2026-01-01 00:00", "2025-11-11 00:00"]),
            "ends_at": pd.to_datetime(["2026-01-01 23:59", "2025-11-11 23:59"]),
        }
    )


def assessed() -> Assessment:
    told = {
        "1001": [{"zh": "异常甲", "en": "odd A"}],
        "1002": [{"zh": "异常甲", "en": "odd A"}],
        "1003": [{"zh": "异常乙", "en": "odd B"}],
        "1004": [],
        "1005": [],
    }
    rows = pd.DataFrame(
        {
            "order_id": list(told),
            "score": [0.9, 0.9, 0.5, 0.0, 0.0],
            "q_value": [0.001, 0.001, 0.04, 1.0, 1.0],
            "assessment": ["evidence", "evidence", "needs_documents", "none", "none"],
            "group_id": ["G-aaaaaaaa", "G-aaaaaaaa", "G-bbbbbbbb", None, None],
            "reasons": [json.dumps(one, ensure_ascii=False) for one in told.values()],
        }
    )
    return Assessment(rows, groups(), detectors())


def groups() -> pd.DataFrame:
    tests = [
        {"test": "livestream", "result": "passed", "zh": "有活动", "en": "a campaign was on"},
        {"test": "bulk", "result": "failed", "zh": "不是团购", "en": "no group buy"},
        {"test": "stock", "result": "not_available", "zh": "没有进货", "en": "no purchases"},
    ]
    paper = {"code": "E02", "zh": "称重记录", "en": "weighing record"}
    paper |= {"who_zh": "快递公司", "who_en": "carrier"}
    return pd.DataFrame(
        {
            "group_id": ["G-bbbbbbbb", "G-aaaaaaaa"],
            "detectors": [["x"], ["same_offer_burst", "shared_phone"]],
            "families": [["time"], ["time", "identity"]],
            "size": [1, 2],
            "statistic": ["orders", "orders"],
            "observed": [1.0, 2.0],
            "expected": [0.1, 0.01],
            "p_value": [0.01, 1e-9],
            "q_value": [0.04, 1e-8],
            "assessment": ["needs_documents", "evidence"],
            "window_start": pd.to_datetime(["2026-01-01 12:00", "2026-01-01 10:00"]),
            "window_end": pd.to_datetime(["2026-01-01 12:00", "2026-01-01 11:00"]),
            "explanation_tests": ["[]", json.dumps(tests, ensure_ascii=False)],
            "missing_evidence": ["[]", json.dumps([paper], ensure_ascii=False)],
            "contributions": ["[]", "[]"],
            "sentence_zh": ["一单异常", "两单异常"],
            "sentence_en": ["one odd order", "two odd orders"],
        }
    )


def detectors() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "detector": ["same_offer_burst", "device"],
            "family": ["time", "identity"],
            "state": ["ran", "not_available"],
            "needs": ["", "orders.device"],
            "seconds": [0.1, 0.0],
            "groups": [1, 0],
            "rows": [2, 0],
        }
    )


def work(case: Case) -> dict[str, str]:
    """What people did: evidence, and decisions on a group and three orders."""
    scans = attach(
        case,
        b"%PDF-1.4 scans",
        "王小明 13912345678 轨迹.pdf",
        subject="group",
        subject_id="G-aaaaaaaa",
        code="E01",
        note="问王小明即可, 电话13912345678",
        who="李分析",
    )
    photo = attach(case, b"\x89PNG photo", "=cmd.png", subject="order", subject_id="1004", who="李")
    decide(
        case,
        subject="group",
        subject_id="G-aaaaaaaa",
        decision="defend",
        reason="活动期间下单，王小明住文一西路969号，订单 1001 已签收",
        who="李分析",
        evidence=[scans.sha256],
    )
    decide(case, subject="order", subject_id="1002", decision="concede", reason="=店员", who="李")
    decide(case, subject="order", subject_id="1004", decision="hold", reason="等称重", who="李")
    return {"scans": scans.sha256, "photo": photo.sha256}


def make_example(folder: Path) -> Example:
    """The case in `folder`, screened, with decisions and evidence."""
    case = create_case(folder, shop="小店", platform="taobao", as_of=datetime(2026, 1, 9, 9, 0))
    assessment = assessed()
    write_assessment(assessment, case.results_dir)
    report = LoadReport(
        file="订单 13912345678.csv",
        sha256=SHA,
        table="orders",
        format="canonical",
        reasons={"zh": "", "en": ""},
        encoding="utf-8",
        delimiter=",",
        header_row=1,
        rows_read=7,
        rows_loaded=5,
        rows_quarantined=2,
    )
    (case.tables_dir / "orders").mkdir(parents=True)
    (case.tables_dir / "orders" / f"{SHA}.json").write_text(report.to_json(), "utf-8")
    frames = {"orders": orders(), "notices": notice(), "campaigns": campaigns()}
    tables = memory_tables(connect(), frames)
    evidence = work(case)
    return Example(case, tables, assessment, Masker.for_case(case), evidence)
