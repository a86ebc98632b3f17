from datetime import date

import pandas as pd
import pytest

from workbench.case.purge import set_retention
from workbench.case.statements import wording_of
from workbench.explain import PAPERS
from workbench.proof import ASKED, missing_papers, papers_asked_of, request_for, requests

from .conftest import tables

NAMES = ("张三", "李四", "王五", "欧阳")


def test_each_carrier_is_asked_about_its_own_waybills(shop):
    one, two = request_for(shop.case, shop.tables, "carrier", ["o1", "o2"], ["E01", "E02"])
    assert (one.to, two.to) == ("乙快递", "甲快递")
    assert one.order_ids == ("o1", "o2")
    assert "W9" in one.zh
    assert "W2" in one.zh
    assert "W1" not in one.zh
    assert "W1" in two.zh
    assert "W2" not in two.zh
    assert one.subject_zh == "关于提供 2 票运单记录的请求"
    assert one.subject_en == "Records of 2 waybills"
    line = "- 运单号 W1，寄出日期 2026-01-02，收件人 张*（浙江省 杭州市），订单 o1"
    assert line in two.zh.splitlines()
    assert "1. 承运商完整物流轨迹\n2. 承运商称重记录" in two.zh
    assert "称重记录请注明称重网点和时间。" in two.zh


def test_what_is_not_asked_for_is_not_spoken_of(shop):
    (one,) = request_for(shop.case, shop.tables, "carrier", ["o3"], ["E01"])
    assert "称重" not in one.zh
    assert "weigh" not in one.en


def test_a_station_is_asked_apart_from_the_carrier(shop):
    found = request_for(shop.case, shop.tables, "carrier", ["o3"], ["E01", "E25"])
    assert [(one.to, one.codes) for one in found] == [("甲快递", ("E01",)), ("", ("E25",))]
    assert "W3" in found[1].zh
    assert "【驿站或快递柜运营方】" in found[1].to_fill


def test_a_supplier_hears_of_items_and_of_nobody(case):
    bought = pd.DataFrame(
        {
            "purchase_id": ["1"],
            "supplier": ["甲厂"],
            "product_id": ["p1"],
            "quantity": [5],
            "purchased_at": pd.to_datetime(["2025-01-01"]),
        }
    )
    found = request_for(case, tables(purchases=bought), "supplier", ["o1", "o2"], ["E07"])
    assert [one.to for one in found] == ["", "甲厂"]
    one = found[1]
    assert "- 杯：售出 3 件" in one.zh
    assert "2026-01-02 之前" in one.zh
    for told in ("o1", "o2", "W1", "张", "杭州"):
        assert told not in one.zh
    # What would help the shop is not put into the supplier's mouth.
    assert PAPERS["E07"].limits_zh not in one.zh


def test_the_platform_is_told_the_orders_and_the_law(shop):
    (one,) = request_for(shop.case, shop.tables, "platform", ["o1", "o4"], ["E30"])
    assert "- 订单 o1，下单日期 2026-01-02" in one.zh
    assert "《电子商务法》第三十一条、第六十二条" in one.zh
    assert one.zh.startswith("taobao：")
    assert "To taobao:" in one.en


def test_a_site_hears_of_its_place_and_of_no_order_number(shop):
    (one,) = request_for(shop.case, shop.tables, "institution", ["o1", "o3"], ["E23"])
    assert "地点：浙江省 杭州市" in one.zh
    assert "o1" not in one.zh
    assert "【该地址的管理单位】" in one.to_fill
    leader, site = request_for(shop.case, shop.tables, "institution", ["o1"], ["E13", "E23"])
    assert (leader.codes, site.codes) == (("E13",), ("E23",))


def test_the_shop_s_own_people_are_told_what_to_mind(shop):
    (one,) = request_for(shop.case, shop.tables, "own", ["o1"], ["E06"])
    assert "注意：保留带时间的原始文件，不得剪辑。" in one.zh
    assert "运单号 W1, W9" in one.zh
    assert one.to_fill == ()


def test_each_buyer_is_asked_alone_openly_and_freely(shop):
    found = request_for(shop.case, shop.tables, "buyer", ["o1", "o3"])
    assert [one.order_ids for one in found] == [("o1",), ("o3",)]
    one = found[0]
    assert "o3" not in one.zh
    assert "订单号 o1，下单日期 2026-01-02，杯; 垫" in one.zh
    # Purpose, kind, time and rights (article 17), consent apart for handing it on (article 23).
    for told in ("处理目的", "信息种类", "保存期限", "您的权利", "第十七条", "是否单独同意"):
        assert told in one.zh
    assert "我们不会为此给予任何好处" in one.zh
    assert "We give no reward for it." in one.en
    assert "是否回答由您决定" in one.zh
    assert "【日期】" in one.to_fill
    assert one.zh.count("？") == 5  # open questions: none can be answered by a yes
    for leading in ("真实", "证明", "刷单", "genuine", "confirm"):
        assert leading not in one.zh + one.en


def test_the_day_until_which_data_are_kept_is_told_where_it_is_set(shop):
    set_retention(shop.case, date(2027, 3, 1), reason="appeal", who="li")
    (one,) = request_for(shop.case, shop.tables, "buyer", ["o1"])
    assert "至 2027-03-01，期满删除" in one.zh
    assert one.to_fill == ("【联系方式】", "【contact】")


@pytest.mark.parametrize("ask", ASKED)
def test_no_request_leads_promises_or_presses_or_names_anybody(shop, ask):
    for one in request_for(shop.case, shop.tables, ask, ["o1", "o2", "o3", "o4", "o5", "o9"]):
        for text in (one.zh, one.en, one.subject_zh, one.subject_en):
            assert wording_of(text) == []
            assert not [name for name in NAMES if name in text]
            assert "13800138000" not in text
            assert "{" not in text


@pytest.mark.parametrize("ask", ASKED)
def test_orders_that_the_data_do_not_hold_leave_places_to_fill(shop, ask):
    (one, *_) = request_for(shop.case, shop.tables, ask, ["o9"])
    assert one.to_fill or ask == "own"


def test_every_paper_can_be_asked_for():
    assert sorted(code for ask in ASKED for code in papers_asked_of(ask)) == sorted(PAPERS)
    assert papers_asked_of("buyer") == ("E15",)


def test_the_requests_for_what_is_missing(shop):
    missing = missing_papers(shop.case, shop.tables, shop.assessment, ["o1", "o3"])
    found = requests(shop.case, shop.tables, missing)
    assert [(one.ask, one.to, one.order_ids, one.codes) for one in found] == [
        ("carrier", "乙快递", ("o1",), ("E01",)),
        ("carrier", "甲快递", ("o1", "o3"), ("E01",)),
        ("platform", "", ("o3",), ("E30",)),
        ("own", "", ("o1",), ("E06",)),
    ]


def test_the_deadline_is_told_where_a_notice_gives_one(case):
    notice = pd.DataFrame(
        {
            "notice_id": ["n1"],
            "platform": ["淘宝"],
            "violation": ["虚假交易"],
            "issued_at": pd.to_datetime(["2998-12-02"]),
            "appeal_deadline": pd.to_datetime(["2999-01-09"]),
            "order_id": ["o1"],
        }
    )
    (one,) = request_for(case, tables(notices=notice), "platform", ["o1"], ["E30"])
    assert "我方须在 2999-01-09 前答复平台" in one.zh
    assert one.zh.startswith("淘宝：")


def test_nobody_else_can_be_asked(shop):
    with pytest.raises(KeyError):
        request_for(shop.case, shop.tables, "competitor", ["o1"])
