from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from invented_matter import Example

from appeal.told_letter import told_letter
from workbench.appeal import letter_groups, letter_orders
from workbench.appeal.letter_groups import chart_name
from workbench.appeal.matter import Matter, gather
from workbench.appeal.render.links import changed, without_links

Letter = Callable[..., dict]


@pytest.fixture(scope="module")
def matter(example: Example) -> Matter:
    return gather(example.case, example.tables, example.assessment, example.masker)


@pytest.fixture(scope="module")
def letter_model(example: Example) -> Letter:
    def told(matter: Matter, language: str, **options: object) -> dict:
        """The letter as it reads."""
        return changed(told_letter(example, language, matter, **options), without_links)

    return told


def test_the_header(letter_model: Letter, matter: Matter):
    model = letter_model(matter, "zh")
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


def test_what_the_notice_does_not_say_is_not_known(example: Example):
    tables = {name: table for name, table in example.tables.items() if name != "notices"}
    matter = gather(example.case, tables, example.assessment, example.masker)
    model = told_letter(example, "en", replace(matter, platform=""))
    values = [row["value"] for row in model["header"]]
    assert values == ["小店", *["not known"] * 7, "2026-01-09"]
    assert model["procedure"] == ["No notice of the platform has been loaded."]


def test_only_defended_orders_are_asked_for(letter_model: Letter, matter: Matter):
    model = letter_model(matter, "en")
    assert "marked “Defend” in part 4 (1)" in model["request"][0]
    assert "(“降权30天”)" in model["request"][1]
    orders = matter.orders.assign(decision="")
    nothing = letter_model(replace(matter, orders=orders), "en")
    assert nothing["request"] == [
        "Nothing is asked for yet: no order has been decided to be defended."
    ]
    assert nothing["orders"] == []


def test_the_position_tells_the_counts_and_the_reasons_people_gave(
    letter_model: Letter, matter: Matter
):
    position = letter_model(matter, "en")["position"]
    assert position[0] == (
        "Orders at issue: 4, of which the notice names 4. Defended: 1. Conceded: 1. "
        "Held back: 1. Not yet decided: 1."
    )
    assert position[1] == "Of orders that are not yet decided this letter asserts nothing."
    assert position[2].startswith("Group G-aaaaaaaa (orders: 1) – Defend: 活动期间下单，王*住")
    assert position[3].startswith("Further orders that the screening marks")
    assert len(position) == 4


def test_groups_tell_both_sides_and_what_is_unknown(letter_model: Letter, matter: Matter):
    name = chart_name("G-aaaaaaaa", "en")
    (group,) = letter_model(matter, "en", charts=[name])["groups"]
    assert group["reason"].startswith("李分析, 20")
    assert "活动期间下单，王*住" in group.pop("reason")
    assert group == {
        "id": "G-aaaaaaaa",
        "size": "2 orders",
        "span": "2026-01-01 10:00 – 11:00",
        "sees": "two odd orders",
        "against": ["no group buy"],
        "speaks_for": ["a campaign was on"],
        "open": ["no purchases"],
        "exhibits": "E1",
        "chart": "orders-of-G-aaaaaaaa.en.png",
        "decision": "Defend",
    }
    assert letter_model(matter, "en")["groups"][0]["chart"] == ""


def test_a_group_decided_order_by_order_says_how_often_what(letter_model: Letter, matter: Matter):
    groups = matter.groups.assign(decision="")
    (group,) = letter_model(replace(matter, groups=groups), "en")["groups"]
    assert (group["decision"], group["reason"]) == ("Order by order", "Defend: 1; Concede: 1")


def test_orders_are_told_one_by_one_the_defended_first(letter_model: Letter, matter: Matter):
    model = letter_model(matter, "zh")
    against = "异常甲"
    speaks_for = "与数据相符：直播或达人推广"
    assert [tuple(row.values()) for row in model["orders"]] == [
        ("1001", "G-aaaaaaaa", against, speaks_for, "E1", "证明力弱", "申辩"),
        ("1004", "", "筛查未发现不利情况。", "–", "E2", "证明力弱", "暂缓"),
        ("1002", "G-aaaaaaaa", against, speaks_for, "E1", "证明力弱", "承认"),
    ]
    assert model["undecided"] == "尚未决定（1 笔）：9999"
    assert model["cut"] == ""


def test_a_long_table_is_cut_and_says_so(
    letter_model: Letter, matter: Matter, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(letter_orders, "MAX_ORDERS", 1)
    model = letter_model(matter, "en")
    assert len(model["orders"]) == 1
    assert model["cut"] == "2 more orders stand in the workbook, sheet Orders."


def test_what_is_not_defended_and_what_is_not_known(letter_model: Letter, matter: Matter):
    model = letter_model(matter, "en")
    assert model["concessions"] == [
        {"orders": "1002", "count": "Orders: 1", "decision": "Concede", "reason": "=店员"},
        {"orders": "1004", "count": "Orders: 1", "decision": "Hold", "reason": "等称重"},
    ]
    assert model["unknown"] == [
        {"group": "G-aaaaaaaa", "open": "no purchases", "papers": "E02 weighing record (carrier)"}
    ]


def test_the_evidence_index(letter_model: Letter, matter: Matter, example: Example):
    first, second = letter_model(matter, "en")["exhibits"]
    assert first["sha256"] == example.evidence["scans"]
    assert first["belongs"] == "Group G-aaaaaaaa"
    assert first["shows"].startswith("E01 The carrier's full scan log\n问王*即可")
    assert (second["number"], second["shows"], second["belongs"]) == ("E2", "–", "Order 1004")


def test_procedure_gives_facts_and_provisions_of_that_day(letter_model: Letter, matter: Matter):
    model = letter_model(matter, "en")
    assert model["procedure"] == [
        "The decision was made on 2026-01-04 08:00.",
        "The notice was issued on 2026-01-05 08:00.",
        "It can be appealed until 2026-01-12 08:00.",
        "Of 3 appeals 1 have been made; this one included, 2 are left.",
        "The notice names the rule it rests on: “第六十四条”.",
        "Orders that the notice names: 4.",
    ]
    assert len(model["provisions"]) == 3
    assert model["provisions"][0]["name"] == "E-Commerce Law of the PRC, article 59"
    assert "2019-01-01" in model["provisions"][0]["source"]


def test_corrective_steps_are_what_people_wrote(letter_model: Letter, matter: Matter):
    model = letter_model(matter, "en")
    assert model["corrective"] == []
    assert model["corrective_none"] == "No corrective step has been written down."
    at = pd.Timestamp("2026-01-08 10:00")
    steps = pd.DataFrame(
        [
            ("yes", "Staff may no longer buy in the shop\nMemos are read weekly", "李", at),
            ("no", "none in group 2", "李", at),
        ],
        columns=["answer", "text", "who", "at"],
    )
    model = letter_model(replace(matter, corrective=steps), "en")
    assert model["corrective"] == [
        {"what": "Staff may no longer buy in the shop", "who": "李, 2026-01-08"},
        {"what": "Memos are read weekly", "who": "李, 2026-01-08"},
    ]
    assert model["corrective_none"] == ""


def test_many_groups_are_cut_and_the_letter_says_so(
    letter_model: Letter, matter: Matter, monkeypatch: pytest.MonkeyPatch
):
    assert letter_model(matter, "en")["groups_cut"] == ""
    monkeypatch.setattr(letter_groups, "MAX_GROUPS", 0)
    model = letter_model(matter, "en")
    assert model["groups"] == []
    assert model["groups_cut"] == "Further groups stand in the workbook, sheet Groups."
    # No link leads to a page that is not there.
    assert [row["group"] for row in model["orders"]] == ["", "", ""]


def test_the_letter_says_how_long_others_keep_their_records(letter_model: Letter, matter: Matter):
    platform, carrier = letter_model(matter, "en")["clocks"]
    assert "2026-01-01" in platform
    assert "until 2029-01-01 at least" in platform
    assert carrier.startswith("How long the carrier keeps scans")
