"""The parts of the page: what is in them, in which language, and that strangers' text is text."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from invented_snapshot import FORMULA, SCRIPT, invented_snapshot, nothing_found

from workbench import dashboard
from workbench.dashboard.groups import weighed
from workbench.dashboard.orders import COLUMNS, order_rows
from workbench.dashboard.papers import papers_by_supplier

PARTS = (
    dashboard.summary,
    dashboard.orders_per_day,
    dashboard.groups,
    dashboard.missing_papers,
    dashboard.orders,
    dashboard.about,
)


class Seen(HTMLParser):
    """The text that shows in one part, the elements in it, and whether they are all closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.names: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        given = dict(attrs)
        self.open.append("hidden" in given or given.get("type") == "application/json")

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.open):
            self.text += data + " "


def seen(part: Any) -> Seen:
    return Seen(part._repr_mimebundle_()["text/html"])


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
@pytest.mark.parametrize("snapshot", [invented_snapshot(), nothing_found()], ids=["full", "none"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_part_shows_one_language_and_is_well_formed(part, snapshot, language):
    snapshot["case"]["language"] = language
    shown = seen(part(snapshot))
    assert shown.open == []
    # What the shop's data hold is not translated.
    data = json.dumps(snapshot, ensure_ascii=False) + "中文"
    chinese = [one for one in shown.text if "\u4e00" <= one <= "\u9fff" and one not in data]
    assert bool(chinese) == (language == "zh")


def test_markup_of_strangers_is_text():
    snapshot = invented_snapshot()
    for group in snapshot["groups"]:
        group["sentence"] = {"zh": SCRIPT, "en": SCRIPT}
        group["decision"] = {"decision": "hold", "reason": SCRIPT, "at": SCRIPT}
        group["tests"][0] |= {"zh": SCRIPT, "en": SCRIPT}
    snapshot["notice"]["violation"] = SCRIPT
    snapshot["case"]["platform"] = SCRIPT
    snapshot["missing"][0] |= {"zh": SCRIPT, "who_en": SCRIPT}
    snapshot["detectors"][0]["detector"] = SCRIPT
    for part in PARTS:
        html = part(snapshot)._repr_mimebundle_()["text/html"]
        assert "<script>" not in html
        assert "</script>透" not in html


def test_the_top_says_what_counts():
    text = seen(dashboard.summary(invented_snapshot())).text
    assert "棉拖小店 <b>&" in text
    assert "淘宝 / 天猫" in text
    assert re.search(r"4\s+天后申诉截止", text)
    assert "截止时间：2026-01-13 23:59" in text
    assert "剩余申诉次数：1（共 2 次）" in text
    assert "平台点名 3 笔，其中 2 笔在下面的订单组里。" in text
    assert re.search(r"13\s+▲\s+笔订单待补材料", text)
    assert re.search(r"34\s+◆\s+笔订单表现异常", text)


def test_a_group_shows_both_sides_and_who_can_help():
    snapshot = invented_snapshot() | {"groups": invented_snapshot()["groups"][:1]}
    text = seen(dashboard.groups(snapshot)).text
    assert re.search(
        r"对店铺有利的事实\s+促销活动 :\s+当时的价格低于平时。\s+对店铺不利的事实", text
    )
    assert re.search(r"数据无法判断的\s+没有物流重量。", text)
    assert re.search(r"承运商称重记录\s+快递公司\s+待补", text)
    assert re.search(r"实际\s+34\s+按本店平时交易的预期\s+1.25", text)
    assert weighed(snapshot["groups"][0]) == {"passed": 1, "failed": 1, "not_available": 1}


def test_explained_groups_come_apart():
    text = seen(dashboard.groups(invented_snapshot())).text
    assert text.index("G-00000002") < text.index("已核查，未见异常") < text.index("G-00000003")


def test_papers_stand_under_who_can_supply_them_the_most_useful_first():
    suppliers = papers_by_supplier(invented_snapshot())
    assert [[paper["code"] for paper in papers] for papers in suppliers] == [
        ["E01", "E02"],
        ["E10"],
    ]
    text = seen(dashboard.missing_papers(invented_snapshot())).text
    assert text.count("快递公司") == 1
    # The third group raises no concern, so it waits for no paper.
    assert "2 组 47 笔订单" in text


def test_order_rows_are_plain_text_in_the_columns_order():
    rows = order_rows(invented_snapshot())
    assert len(rows) == 77
    first = dict(zip(COLUMNS, rows[0], strict=True))
    assert first == {
        "order_id": "26010198765432" + "0000",
        "created_at": "2025-11-11 20:05",
        "product_title": SCRIPT,
        "quantity": "1",
        "paid_amount": "39.90",
        "refund_amount": "",
        "status": "shipped / closed",
        "buyer": "B-00000001",
        "place": "浙江省 杭州市 西湖区",
        "group_id": "G-00000001",
        "assessment": "evidence",
        "named": True,
        "decision": "",
    }


def test_an_order_that_no_file_holds_has_empty_cells():
    snapshot = invented_snapshot()
    absent = dict.fromkeys(snapshot["orders"][0])
    snapshot["orders"] = [absent | {"order_id": "1", "named": True}]
    assert order_rows(snapshot) == [["1", *[""] * 10, True, ""]]


def test_the_page_gets_its_orders_as_data_that_cannot_break_out():
    html = dashboard.orders(invented_snapshot())._repr_mimebundle_()["text/html"]
    block = re.search(r'<script type="application/json" id="orders-data">(.*?)</script>', html)
    data = json.loads(block.group(1))
    titles = {row[2] for row in data["rows"]}
    assert {SCRIPT, FORMULA} <= titles
    assert data["words"]["en"]["columns"][4] == "Paid (CNY)"
    assert [code for code, _ in data["words"]["zh"]["views"]] == [
        "all",
        "evidence",
        "needs_documents",
        "none",
        "named",
    ]


def test_what_could_not_be_checked_is_said():
    text = seen(dashboard.about(invented_snapshot())).text
    assert "同一地址的多种写法 :  无法核查：数据缺少 orders.address" in text
