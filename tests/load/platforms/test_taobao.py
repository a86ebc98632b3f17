"""Taobao and Tmall exports, under their real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import (
    TAOBAO,
    TAOBAO_ROW,
    VARIANTS,
    load,
    loaded,
    quarantined,
    text_file,
)


def test_taobao(tmp_path):
    file = text_file(tmp_path / "renamed.txt", TAOBAO, [TAOBAO_ROW], encoding="gbk")
    [report] = load(tmp_path / "case", file)
    assert (report.format, report.table, report.encoding) == ("taobao_classic", "orders", "gb18030")
    assert (report.rows_read, report.rows_loaded, report.rows_quarantined) == (1, 1, 0)
    [row] = loaded(tmp_path / "case", report)
    assert row == {
        "order_id": "240728699116526468",
        "created_at": datetime(2026, 1, 2, 10, 11, 12),
        "paid_at": datetime(2026, 1, 2, 10, 12),
        "completed_at": None,
        "status": "shipped",
        "buyer_id": "小王",
        "buyer_account": "xw@example.com",
        "buyer_name": "王五",
        "phone": "13812345678",
        "address": "浙江省 杭州市 西湖区 文三路 1 号(310000)",
        "province": "浙江省",
        "city": "杭州市",
        "district": "西湖区",
        "postcode": "310000",
        "product_title": "连衣裙",
        "quantity": 2,
        "goods_amount": Decimal("201.12"),
        "shipping_amount": Decimal("0"),
        "paid_amount": Decimal("1201.12"),
        "refund_amount": Decimal("0"),
        "currency": "CNY",
        "payment_id": "2026010122001",
        "channel": "手机订单",
        "carrier": "圆通速递",
        "tracking_no": "YT0001",
        "buyer_message": "请\n尽快",
        "seller_memo": None,
        "close_reason": None,
        "shop": None,
        "source_file": report.sha256,
        "source_row": 2,
    }
    assert "device" in report.columns_missing
    assert "店铺Id" in report.columns_unused
    assert "订单编号" in report.reasons["zh"]
    assert "订单编号" in report.reason


STATES = [
    ({"订单状态": "等待买家付款"}, "pending"),
    ({"订单状态": "买家已付款，等待卖家发货"}, "paid"),
    ({"订单状态": "买家已付款,等待卖家发货"}, "paid"),
    ({"订单状态": "卖家已发货，等待买家确认"}, "shipped"),
    ({"订单状态": "交易成功"}, "completed"),
    ({"订单状态": "交易关闭"}, "closed"),
    # A word that is not known is read from the times, and told.
    ({"订单状态": "飞走了", "订单付款时间 ": ""}, "pending"),
    ({"订单状态": "飞走了"}, "paid"),
    ({"订单状态": "飞走了", "确认收货时间": "2026-01-09 08:00:00"}, "completed"),
]


def test_taobao_states(tmp_path):
    rows = [{**TAOBAO_ROW, "订单编号": str(n), **cells} for n, (cells, _) in enumerate(STATES)]
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", TAOBAO, rows, encoding="gb18030"))
    assert [row["status"] for row in loaded(tmp_path, report)] == [word for _, word in STATES]
    assert report.words_unknown == {"订单状态": {"飞走了": 3}}


def test_taobao_in_utf8_with_short_headers_in_another_order(tmp_path):
    headers = sorted(TAOBAO_ROW)
    file = text_file(tmp_path / "a.csv", headers, [TAOBAO_ROW], encoding="utf-8-sig")
    [report] = load(tmp_path, file)
    assert (report.format, report.encoding) == ("taobao_classic", "utf-8-sig")
    assert loaded(tmp_path, report)[0]["order_id"] == "240728699116526468"


def test_taobao_rows_that_cannot_be_used(tmp_path):
    rows = [
        TAOBAO_ROW,
        {**TAOBAO_ROW, "订单编号": "2.40729E+17"},
        {**TAOBAO_ROW, "买家应付货款": "一百"},
        {**TAOBAO_ROW, "订单创建时间": ""},
        {**TAOBAO_ROW, "确认收货时间": "2026-02-30 10:00:00"},
        {**TAOBAO_ROW, "宝贝总数量": "1.5"},
        {**TAOBAO_ROW, "订单编号": "240728699116526469.0"},
        {},
    ]
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", TAOBAO, rows, encoding="gbk"))
    assert (report.rows_read, report.rows_loaded, report.rows_quarantined) == (7, 1, 6)
    assert report.blank_rows == 1
    assert sorted(quarantined(tmp_path, report)) == [
        (3, "订单编号", "2.40729E+17", "digits_lost"),
        (4, "买家应付货款", "一百", "not_an_amount"),
        (5, "订单创建时间", "", "required"),
        (6, "确认收货时间", "2026-02-30 10:00:00", "not_a_time"),
        (7, "宝贝总数量", "1.5", "not_a_count"),
        (8, "订单编号", "240728699116526469.0", "digits_lost"),
    ]
    assert report.quarantined_by == {
        "digits_lost": 2,
        "not_a_count": 1,
        "not_a_time": 1,
        "not_an_amount": 1,
        "required": 1,
    }


def test_taobao_without_any_state_is_quarantined(tmp_path):
    row = {**TAOBAO_ROW, "订单状态": "", "订单付款时间 ": ""}
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", TAOBAO, [row], encoding="gbk"))
    assert report.rows_loaded == 0
    assert [problem[3] for problem in quarantined(tmp_path, report)] == ["required"]


REFUNDED = [
    ("0.00", "99.00", 99),  # refunded in full: it had been paid
    ("0.00", "0.00", 0),  # never paid
    ("0.00", "", 0),
    ("70.00", "29.00", 70),  # in part: as printed
]


def test_taobao_payment_that_was_refunded_in_full(tmp_path):
    rows = [
        {**TAOBAO_ROW, "订单编号": str(n), "买家实际支付金额": paid, "退款金额": refund}
        for n, (paid, refund, _) in enumerate(REFUNDED)
    ]
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", TAOBAO, rows, encoding="gbk"))
    assert [row["paid_amount"] for row in loaded(tmp_path, report)] == [99, 0, 0, 70]


def test_taobao_2021_has_the_time_of_shipping_and_two_memos(tmp_path):
    head = VARIANTS["taobao"]["order_list_2020_67col"]["headers"]
    tail = VARIANTS["taobao"]["order_list_2021_tail"]["headers"]
    headers = head[: head.index(tail[0])] + tail
    row = {header.strip(): cell for header, cell in TAOBAO_ROW.items()}
    row |= {"发货时间": "2026-01-03 09:00:00", "商家备忘": "赠品", "店铺名称": "小店"}
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", headers, [row], encoding="gbk"))
    [order] = loaded(tmp_path, report)
    assert order["shipped_at"] == datetime(2026, 1, 3, 9)
    assert (order["seller_memo"], order["shop"]) == ("赠品", "小店")


def test_taobao_item_list(tmp_path):
    headers = VARIANTS["taobao"]["item_list_legacy_10col"]["headers"]
    # As exported: the id in a formula, and one comma more on data rows than in the header.
    lines = [
        ",".join(headers),
        '="240728699116526468","连衣裙","239.00","2","W-1","颜色分类：红;尺码：M","","","交易成功","W-1-R",',
        '="240728699116526468","腰带","10.00","1","B-7","","","NULL","交易成功","",',
    ]
    file = tmp_path / "ExportOrderDetailList.csv"
    file.write_bytes("\r\n".join(lines).encode("gbk"))
    [report] = load(tmp_path / "case", file)
    assert (report.format, report.table) == ("taobao_items_legacy", "order_lines")
    dress, belt = loaded(tmp_path / "case", report)
    assert dress == {
        "order_id": "240728699116526468",
        "sku": "颜色分类：红;尺码：M",
        "seller_sku": "W-1-R",
        "product_title": "连衣裙",
        "quantity": 2,
        "unit_price": Decimal("239"),
        "source_file": report.sha256,
        "source_row": 2,
    }
    assert (belt["seller_sku"], belt["sku"], belt["quantity"]) == ("B-7", None, 1)
