from dataclasses import replace

import pandas as pd
import pytest
from invented_matter import Example

from workbench.appeal import letter_model as module
from workbench.appeal.letter_model import letter_model
from workbench.appeal.matter import Matter, gather

NO_CAMPAIGNS = pd.DataFrame(columns=["name", "starts_at", "ends_at"])


@pytest.fixture(scope="module")
def matter(example: Example) -> Matter:
    return gather(example.case, example.tables, example.assessment, example.masker)


def test_the_header(matter: Matter):
    model = letter_model(matter, NO_CAMPAIGNS, "zh")
    assert {row["name"]: row["value"] for row in model["header"]} == {
        "店铺": "小店",
        "平台": "淘宝",
        "通知编号": "N-7",
        "认定事由": "虚假交易",
        "规则及条款": "第六十四条",
        "处理措施": "降权30天",
        "申诉截止时间": "2026-01-12 08:00（截至本函日期尚余 2 整天）",
        "申诉次数": "第 2 次（共 3 次）",
        "本函日期": "2026-01-09",
    }


def test_what_the_notice_does_not_say_is_not_known(matter: Matter):
    model = letter_model(replace(matter, notice=None, platform=""), NO_CAMPAIGNS, "en")
    values = [row["value"] for row in model["header"]]
    assert values == ["小店", *["not known"] * 7, "2026-01-09"]


def test_only_defended_orders_are_asked_for(matter: Matter):
    model = letter_model(matter, NO_CAMPAIGNS, "en")
    assert "the 1 orders marked “Defend”" in model["request"][0]
    assert "(降权30天)" in model["request"][1]
    orders = matter.orders.assign(decision="")
    nothing = letter_model(replace(matter, orders=orders), NO_CAMPAIGNS, "en")
    assert nothing["request"] == [
        "Nothing is asked for yet: no order has been decided to be defended."
    ]
    assert nothing["orders"] == []


def test_the_position_tells_the_counts_and_the_reasons_people_gave(matter: Matter):
    position = letter_model(matter, NO_CAMPAIGNS, "en")["position"]
    assert position[0] == (
        "At issue are 4 orders, 4 of them named in the notice. Defended: 1. Conceded: 1. "
        "Held back: 1. Not yet decided: 1."
    )
    assert position[1] == "Of orders that are not yet decided this letter asserts nothing."
    assert position[2].startswith("Group G-aaaaaaaa (2 orders) – Defend: 活动期间下单，王*住")
    assert position[3].startswith("The screening marks 1 further orders")
    assert len(position) == 4


def test_groups_tell_both_sides_and_what_is_unknown(matter: Matter):
    (group,) = letter_model(matter, NO_CAMPAIGNS, "en")["groups"]
    assert group == {
        "id": "G-aaaaaaaa",
        "size": "2 orders",
        "span": "2026-01-01 10:00 – 11:00",
        "sees": "two odd orders",
        "tests": "Fits: a campaign was on\nContradicted: no group buy\n"
        "Cannot be told from the data: 1 (see below)",
        "decision": "Defend",
    }


def test_orders_are_told_one_by_one_the_defended_first(matter: Matter):
    model = letter_model(matter, NO_CAMPAIGNS, "zh")
    assert model["orders"] == [
        {
            "id": "1001\nG-aaaaaaaa",
            "sees": "异常甲",
            "tests": "相符 1，不符 1，无法判断 1",
            "exhibits": "1",
            "decision": "申辩",
        },
        {
            "id": "1004",
            "sees": "筛查未发现不利情况。",
            "tests": "–",
            "exhibits": "2",
            "decision": "暂缓",
        },
        {
            "id": "1002\nG-aaaaaaaa",
            "sees": "异常甲",
            "tests": "相符 1，不符 1，无法判断 1",
            "exhibits": "1",
            "decision": "承认",
        },
    ]
    assert model["undecided"] == "尚未决定（1 笔）：9999"
    assert model["cut"] == ""


def test_a_long_table_is_cut_and_says_so(matter: Matter, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MAX_ORDERS", 1)
    model = letter_model(matter, NO_CAMPAIGNS, "en")
    assert len(model["orders"]) == 1
    assert model["cut"] == "2 more orders stand in the workbook, sheet Orders."


def test_what_is_not_defended_and_what_is_not_known(matter: Matter):
    model = letter_model(matter, NO_CAMPAIGNS, "en")
    assert model["concessions"] == [
        {"orders": "1002", "count": 1, "decision": "Concede", "reason": "=店员"},
        {"orders": "1004", "count": 1, "decision": "Hold", "reason": "等称重"},
    ]
    assert model["unknown"] == [
        {"group": "G-aaaaaaaa", "open": "no purchases", "papers": "E02 weighing record (carrier)"}
    ]


def test_the_evidence_index(matter: Matter, example: Example):
    first, second = letter_model(matter, NO_CAMPAIGNS, "en")["exhibits"]
    assert first["sha256"] == example.evidence["scans"]
    assert first["subjects"] == "Group G-aaaaaaaa"
    assert first["note"].startswith("E01 问王*即可")
    assert (second["number"], second["note"], second["subjects"]) == (2, "–", "Order 1004")


def test_procedure_gives_facts_and_provisions_of_that_day(matter: Matter):
    model = letter_model(matter, NO_CAMPAIGNS, "en")
    assert model["procedure"] == [
        "The decision was made on 2026-01-04 08:00.",
        "The notice was issued on 2026-01-05 08:00.",
        "It can be appealed until 2026-01-12 08:00.",
        "Of 3 appeals 1 have been made; this one included, 2 are left.",
        "The notice names the rule it rests on: 第六十四条.",
        "The notice names 4 orders.",
    ]
    assert len(model["provisions"]) == 3
    assert model["provisions"][0]["name"] == "E-Commerce Law of the PRC, article 59"
    assert "2019-01-01" in model["provisions"][0]["source"]
