from datetime import datetime

import pandas as pd
from invented_matter import Example

from workbench.appeal.matter import gather


def test_at_issue_is_what_was_named_decided_or_not_cleared(example: Example):
    orders = gather(example.case, example.tables, example.assessment).orders
    assert orders["order_id"].tolist() == ["1001", "1002", "1003", "1004", "9999"]
    assert orders["named"].tolist() == [True, True, False, True, True]
    assert orders["in_data"].tolist() == [True, True, True, True, False]
    assert orders["decision"].tolist() == ["defend", "concede", "", "hold", ""]
    assert orders["reasons"].tolist()[:1] == [[{"zh": "异常甲", "en": "odd A"}]]
    assert orders["reasons"].tolist()[4] == []


def test_the_letter_is_about_named_and_decided_orders(example: Example):
    matter = gather(example.case, example.tables, example.assessment)
    assert matter.contested["order_id"].tolist() == ["1001", "1002", "1004", "9999"]
    unnamed = {name: table for name, table in example.tables.items() if name != "notices"}
    matter = gather(example.case, unnamed, example.assessment)
    assert matter.notice is None
    assert matter.contested["order_id"].tolist() == ["1001", "1002", "1003", "1004"]


def test_exhibits_reach_orders_by_order_by_group_and_by_citation(example: Example):
    matter = gather(example.case, example.tables, example.assessment)
    assert matter.exhibits["number"].tolist() == [1, 2]
    assert matter.exhibits["sha256"].tolist() == [*example.evidence.values()]
    assert matter.orders.set_index("order_id")["exhibits"].to_dict() == {
        "1001": [1],
        "1002": [1],
        "1003": [],
        "1004": [2],
        "9999": [],
    }


def test_groups_at_issue_come_first(example: Example):
    groups = gather(example.case, example.tables, example.assessment).groups
    assert groups["group_id"].tolist() == ["G-aaaaaaaa", "G-bbbbbbbb"]
    assert groups["at_issue"].tolist() == [2, 0]
    assert groups["order_ids"].tolist() == [["1001", "1002"], ["1003"]]
    assert groups["decision"].tolist() == ["defend", ""]
    assert [test["result"] for test in groups["explanation_tests"][0]] == [
        "passed",
        "failed",
        "not_available",
    ]


def test_moments_of_decisions_are_the_shops_local_time(example: Example):
    matter = gather(example.case, example.tables, example.assessment)
    now = pd.Timestamp.now("Asia/Shanghai").tz_localize(None)
    assert all(abs(now - at) < pd.Timedelta(minutes=10) for at in matter.decisions["at"])
    assert matter.now == datetime(2026, 1, 9, 9, 0)


def test_free_texts_lose_what_is_personal_and_keep_order_numbers(example: Example):
    matter = gather(example.case, example.tables, example.assessment, example.masker)
    reason = matter.decisions["reason"].iloc[0]
    assert reason.startswith("活动期间下单，王*住")
    assert "订单 1001 已签收" in reason
    assert "969" not in reason
    assert matter.exhibits["name"].tolist() == [
        "王* 139**** " + example.masker.alias("N", "13912345678") + " 轨迹.pdf",
        "=cmd.png",
    ]
    assert "王小明" in gather(example.case, example.tables, example.assessment).exhibits["note"][0]
