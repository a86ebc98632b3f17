"""A small case in which nothing stands in the way of an appeal, made from files as a shop has them.

Thirty orders of one cup; the platform's notice names the first two, which are group G-1. Scans,
weights, slips, payments, purchases, chats and evidence are all there. `make_ready` answers what
only a person can answer; each test takes one thing away.
"""

from __future__ import annotations

import json
import struct
import zlib
from datetime import datetime
from pathlib import Path

import pandas as pd

from workbench.case import Case, attach, create_case, decide
from workbench.case.answers import answer
from workbench.engine import connect
from workbench.explain import DETECTOR_COLUMNS, Assessment, write_assessment
from workbench.load import load_files
from workbench.tables import Tables, read_tables

ANALYST, READER = "Li", "Wang"
GROUP = "G-1"
DEFENDED = ("1001", "1002")
_IDS = [str(n) for n in range(1001, 1031)]
_AT = "2026-01-0{} 1{}:00:00"


def slip(width: int = 800, height: int = 600, kind: int = 2) -> bytes:
    """A photograph, as far as its header goes (kind 0: without colour)."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def frames() -> dict[str, pd.DataFrame]:
    """The tables by name, with canonical headers."""
    count = len(_IDS)
    person = {
        "buyer_id": [f"b{one}" for one in _IDS],
        "buyer_account": [f"pay_{one}" for one in _IDS],
        "buyer_name": [f"张三{n}" for n in range(count)],
        "phone": [f"1381234{int(one):04d}" for one in _IDS],
        "address": [f"浙江省杭州市西湖区文一西路{one}号" for one in _IDS],
    }
    orders = pd.DataFrame(
        {
            "order_id": _IDS,
            "created_at": [_AT.format(1 + n % 5, n % 9) for n in range(count)],
            "status": "completed",
            **person,
            "city": "杭州市",
            "product_id": "cup",
            "product_title": "杯子",
            "sku": "红",
            "quantity": 1,
            "paid_amount": "19.90",
            "refund_amount": "0",
            "carrier": "顺丰",
            "tracking_no": [f"SF{one}" for one in _IDS],
            "seller_memo": "",
        }
    )
    shipments = pd.DataFrame(
        {
            "tracking_no": [f"SF{one}" for one in _IDS],
            "order_id": _IDS,
            "carrier": "顺丰速运",
            "weighed_weight_g": [500 + 5 * (n % 5) for n in range(count)],
            "receiver_city": "杭州市",
            "consignee": person["buyer_name"],
            "phone": person["phone"],
            "address": person["address"],
            "sku": "红",
        }
    )
    scans = pd.DataFrame(
        {
            "tracking_no": [f"SF{one}" for one in _IDS] * 2,
            "occurred_at": ["2026-01-06 12:00:00"] * count + ["2026-01-08 12:00:00"] * count,
            "status": ["揽收"] * count + ["签收"] * count,
            "place": "杭州市",
        }
    )
    payments = pd.DataFrame(
        {
            "posted_at": "2026-01-06 20:00:00",
            "amount": "19.90",
            "direction": "in",
            "counterparty_account": person["buyer_account"],
            "order_id": _IDS,
            "memo": "",
        }
    )
    messages = pd.DataFrame(
        {
            "conversation_id": ["c1", "c1"],
            "order_id": ["1001", "1001"],
            "buyer_id": ["b1001"] * 2,
            "speaker": ["buyer", "seller"],
            "sent_at": ["2026-01-01 09:00:00", "2026-01-01 09:01:00"],
            "text": ["杯子有多大", "直径八厘米"],
        }
    )
    notices = pd.DataFrame(
        {
            "notice_id": "N-7",
            "platform": "淘宝",
            "violation": "虚假交易",
            "rule_clause": "第六十四条",
            "issued_at": "2026-01-09 08:00:00",
            "appeal_deadline": "2026-01-20 08:00:00",
            "attempts_allowed": 2,
            "attempts_used": 0,
            "measure": "降权30天",
            "order_id": list(DEFENDED),
        }
    )
    purchases = pd.DataFrame(
        {
            "product_id": ["cup"],
            "quantity": [100],
            "purchased_at": ["2025-12-01 09:00:00"],
            "supplier": ["陶瓷厂"],
        }
    )
    return {
        "orders": orders,
        "shipments": shipments,
        "shipment_events": scans,
        "payments": payments,
        "messages": messages,
        "notices": notices,
        "purchases": purchases,
    }


def assessment() -> Assessment:
    """What screening might have left: the two orders of the notice are one group."""
    orders = pd.DataFrame(
        {
            "order_id": _IDS,
            "score": 0.0,
            "q_value": 1.0,
            "assessment": ["evidence" if one in DEFENDED else "none" for one in _IDS],
            "group_id": [GROUP if one in DEFENDED else None for one in _IDS],
            "reasons": "[]",
        }
    )
    tests = [
        {"test": "livestream", "result": "passed", "zh": "有直播", "en": "a live stream was on"}
    ]
    groups = pd.DataFrame(
        {
            "group_id": [GROUP],
            "detectors": [["same_offer_burst"]],
            "families": [["time"]],
            "size": [2],
            "statistic": ["orders"],
            "observed": [2.0],
            "expected": [0.1],
            "p_value": [0.001],
            "q_value": [0.01],
            "assessment": ["evidence"],
            "window_start": pd.to_datetime(["2026-01-01 10:00"]),
            "window_end": pd.to_datetime(["2026-01-02 11:00"]),
            "explanation_tests": [json.dumps(tests, ensure_ascii=False)],
            "missing_evidence": ["[]"],
            "contributions": ["[]"],
            "sentence_zh": ["两单异常"],
            "sentence_en": ["two odd orders"],
        }
    )
    return Assessment(orders, groups, pd.DataFrame(columns=list(DETECTOR_COLUMNS)))


def make_case(folder: Path, changed: dict[str, pd.DataFrame] | None = None) -> Case:
    """The case, loaded and assessed, with nothing decided; `changed` replaces whole tables."""
    case = create_case(
        folder / "case", shop="小店", platform="taobao", as_of=datetime(2026, 1, 10, 9, 0)
    )
    files = folder / "files"
    files.mkdir()
    for name, frame in {**frames(), **(changed or {})}.items():
        if len(frame):
            frame.to_csv(files / f"{name}.csv", index=False)
    reports = load_files(
        sorted(files.iterdir()),
        tables_dir=case.tables_dir,
        sources_dir=case.sources_dir,
        zone=case.zone,
        currency=case.currency,
    )
    assert {report.table for report in reports} == {path.stem for path in files.iterdir()}
    assert all(report.rows_quarantined == 0 for report in reports)
    write_assessment(assessment(), case.results_dir)
    return case


def tables_of(case: Case) -> Tables:
    """The tables of the case in an engine of their own."""
    return read_tables(connect(), case.tables_dir)


def decide_all(case: Case) -> dict[str, str]:
    """Evidence of three sources, and the decision; gives the SHA-256 of each file by its name."""
    given = [
        ("scans", b"%PDF-1.4 scans\n%%EOF", "E01", "original"),
        ("campaign", b"%PDF-1.4 campaign\n%%EOF", "E10", "original"),
        ("slip", slip(), "E03", "original"),
    ]
    files = {
        name: attach(
            case,
            content,
            f"{name}.pdf" if name != "slip" else "slip.png",
            subject="group",
            subject_id=GROUP,
            codes=[code],
            copy=copy,
            who=ANALYST,
        ).sha256
        for name, content, code, copy in given
    }
    decide(
        case,
        subject="group",
        subject_id=GROUP,
        decision="defend",
        reason="直播当晚下单，扫描与称重齐全",
        who=ANALYST,
        evidence=list(files.values()),
        order_ids=list(DEFENDED),
    )
    return files


def answer_all(case: Case, files: dict[str, str]) -> None:
    """What only a person can say."""
    worded = {
        "gate.2": "rule of 2025, kept as a PDF",
        "gate.13": "art. 13(1)(2): performing the contract",
        "gate.16": "new weights, then a human decision",
        "gate.19": "nine files of 5 MB, read on the form",
    }
    for question, text in worded.items():
        answer(case, question=question, answer="yes", text=text, who=ANALYST)
    answer(case, question=f"gate.9.{files['slip'][:12]}", answer="yes", who=ANALYST)


def make_ready(folder: Path, changed: dict[str, pd.DataFrame] | None = None) -> Case:
    """The case, decided and answered."""
    case = make_case(folder, changed)
    answer_all(case, decide_all(case))
    return case
