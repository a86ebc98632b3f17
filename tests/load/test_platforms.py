"""Each platform's export, under its real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

import pytest

from tests.load.made import (
    AMAZON,
    DOUYIN,
    PINDUODUO,
    SHOPIFY,
    TAOBAO,
    load,
    loaded,
    quarantined,
    text_file,
)
from workbench.tables import TABLES

TAOBAO_ROW = {
    "订单编号": '="240728699116526468"',
    "买家会员名": "小王",
    "买家支付宝账号": "xw@example.com",
    "支付单号": "2026010122001",
    "买家应付货款": "201.12",
    "买家应付邮费": "0.00",
    "总金额": "201.12",
    "买家实际支付金额": "￥1,201.12元",
    "订单状态": "卖家已发货,等待买家确认",
    "买家留言": "请\n尽快",
    "收货人姓名": "王五",
    "收货地址 ": "浙江省 杭州市 西湖区 文三路 1 号(310000)",
    "联系手机": "'13812345678",
    "订单创建时间": "2026-01-02 10:11:12",
    "订单付款时间 ": "2026/1/2 10:12",
    "宝贝标题 ": "连衣裙",
    "物流单号 ": "No:YT0001",
    "物流公司": "圆通速递",
    "订单备注": "NULL",
    "宝贝总数量": "2",
    "订单关闭原因": "订单未关闭",
    "买家服务费": "0元",
    "是否手机订单": "手机订单",
    "退款金额": "0.00",
    "确认收货时间": "",
}


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
        "source_file": report.sha256,
        "source_row": 2,
    }
    assert "device" in report.columns_missing
    assert "店铺名称" in report.columns_unused
    assert "订单编号" in report.reasons["zh"]
    assert "订单编号" in report.reason


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("等待买家付款", "pending"),
        ("买家已付款，等待卖家发货", "paid"),
        ("买家已付款,等待卖家发货", "paid"),
        ("卖家已发货，等待买家确认", "shipped"),
        ("交易成功", "completed"),
        ("交易关闭", "closed"),
    ],
)
def test_taobao_status_words(tmp_path, word, status):
    row = {**TAOBAO_ROW, "订单状态": word}
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", TAOBAO, [row], encoding="gb18030"))
    assert [r["status"] for r in loaded(tmp_path, report)] == [status]


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
        {**TAOBAO_ROW, "订单状态": "飞走了", "买家应付货款": "一百"},
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
        (4, "订单状态", "飞走了", "unknown_word"),
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
        "unknown_word": 1,
    }


def pinduoduo(**cells):
    row = {
        "商品": "毛巾",
        "订单号": "260102-123456789012345\t",
        "订单状态": "已发货，待收货\t",
        "商品总价(元)": "30.00\t",
        "邮费(元)": "0\t",
        "店铺优惠折扣(元)": "2.00\t",
        "平台优惠折扣(元)": "1.00\t",
        "多多支付立减金额(元)": "0.50\t",
        "用户实付金额(元)": "26.50\t",
        "商家实收金额(元)": "27.50\t",
        "商品数量(件)": "3\t",
        "发货时间": "2026-01-03 08:00:00\t",
        "确认收货时间": "\t",
        "商品id": "555\t",
        "商品规格": "无规格\t",
        "售后状态": "无售后或售后取消\t",
        "快递单号": "YT1\t",
        "快递公司": "圆通快递\t",
        "订单成交时间": "2026-01-02 10:00:00\t",
    }
    return {**row, **cells}


def test_pinduoduo(tmp_path):
    rows = [
        pinduoduo(),
        pinduoduo(订单状态="已发货，退款成功"),
        pinduoduo(订单状态="待付款", 订单成交时间=""),
        pinduoduo(订单状态="待发货", 订单成交时间=""),
    ]
    file = text_file(tmp_path / "a.csv", PINDUODUO, rows, encoding="utf-8-sig")
    [report] = load(tmp_path, file)
    assert report.format == "pinduoduo"
    first, refunded, unpaid = loaded(tmp_path, report)
    assert first["order_id"] == "260102-123456789012345"
    assert (first["status"], first["quantity"], first["sku"]) == ("shipped", 3, None)
    assert first["created_at"] == first["paid_at"] == datetime(2026, 1, 2, 10)
    assert first["discount_amount"] == Decimal("3.5")
    assert (first["paid_amount"], first["refund_amount"]) == (Decimal("26.5"), None)
    assert (refunded["status"], refunded["refund_amount"]) == ("closed", Decimal("26.5"))
    assert refunded["shipped_at"] == datetime(2026, 1, 3, 8)
    # An unpaid order has no time: its day is in its number.
    assert (unpaid["created_at"], unpaid["paid_at"]) == (datetime(2026, 1, 2), None)
    # A paid one is not given a made-up moment.
    assert [problem[0] for problem in quarantined(tmp_path, report)] == [5]


def test_pinduoduo_tells_its_rules(tmp_path):
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", PINDUODUO, [pinduoduo()]))
    assert any("refund" in note for note in report.notes["en"])
    assert len(report.notes["zh"]) == len(report.notes["en"])


def douyin(**cells):
    row = {
        "主订单编号": "\t6912345678901234567",
        "子订单编号": "\t6912345678901234568",
        "选购商品": "口红",
        "商品规格": "-",
        "商品数量": "1",
        "商品ID": "\t3512345678901234567",
        "商品单价": "59.90",
        "订单应付金额": "49.90",
        "运费": "0.00",
        "优惠总金额": "10.00",
        "收件人": "##abc==##",
        "收件人手机号": "$$def==$$",
        "省": "广东省",
        "市": "深圳市",
        "区": "南山区",
        "详细地址": "##ghi==##",
        "订单提交时间": "2026-01-02 20:00:00",
        "支付完成时间": "2026-01-02 20:00:30",
        "APP渠道": "抖音",
        "流量来源": "-",
        "订单状态": "已完成",
        "达人ID": "0",
        "售后状态": "-",
    }
    return {**row, **cells}


def test_douyin(tmp_path):
    rows = [
        douyin(),
        douyin(子订单编号="\t2", 达人ID="777", 流量来源="精选联盟", 订单状态="已关闭"),
    ]
    file = text_file(tmp_path / "a.csv", DOUYIN, rows, encoding="utf-8-sig")
    [report] = load(tmp_path, file)
    assert report.format == "douyin"
    first, second = loaded(tmp_path, report)
    assert (first["order_id"], first["line_id"]) == ("6912345678901234567", "6912345678901234568")
    assert first["buyer_name"] == "##abc==##"
    assert first["phone"] == "$$def==$$"
    assert first["address"] == "##ghi==##"
    assert (first["sku"], first["aftersale_status"], first["influencer_id"]) == (None, None, None)
    assert (first["channel"], second["channel"]) == ("抖音", "精选联盟")
    assert (first["status"], second["status"]) == ("completed", "closed")
    assert second["influencer_id"] == "777"
    assert first["paid_amount"] == Decimal("49.9")
    assert "device" not in first


def amazon(**cells):
    row = {
        "amazon-order-id": "111-1234567-1234567",
        "purchase-date": "2026-01-02T23:30:00+00:00",
        "order-status": "Shipped",
        "sales-channel": "Amazon.com",
        "product-name": 'Shelf 12" wide, "oak"',
        "sku": "SH-12",
        "asin": "B000000001",
        "quantity": "2",
        "currency": "USD",
        "item-price": "40.00",
        "item-tax": "3.20",
        "shipping-price": "5.00",
        "shipping-tax": "0.40",
        "gift-wrap-price": "",
        "gift-wrap-tax": "",
        "item-promotion-discount": "4.00",
        "ship-promotion-discount": "",
        "ship-city": "Austin",
        "ship-state": "TX",
        "ship-postal-code": "07301",
        "ship-country": "US",
        "order-item-id": "9",
    }
    return {**row, **{name.replace("_", "-"): value for name, value in cells.items()}}


def test_amazon(tmp_path):
    rows = [
        amazon(),
        amazon(order_status="Cancelled", quantity="0", item_price="", item_tax="", currency="",
               shipping_price="", shipping_tax="", item_promotion_discount=""),
        amazon(purchase_date="2026-07-02T10:00:00Z", order_status="Unshipped"),
        amazon(item_price="", item_tax="", shipping_price="", shipping_tax="",
               item_promotion_discount=""),
    ]  # fmt: skip
    file = text_file(tmp_path / "12345.txt", AMAZON, rows, delimiter="\t")
    [report] = load(tmp_path, file, currency="EUR")
    assert (report.format, report.delimiter) == ("amazon_all_orders", "\t")
    first, cancelled, summer = loaded(tmp_path, report)
    assert first["product_title"] == 'Shelf 12" wide, "oak"'
    assert first["created_at"] == datetime(2026, 1, 3, 7, 30)
    assert summer["created_at"] == datetime(2026, 7, 2, 18)
    # 40 + 3.20 + 5 + 0.40 − 4
    assert first["paid_amount"] == Decimal("44.6")
    assert first["discount_amount"] == Decimal("4")
    assert (first["status"], first["currency"], first["postcode"]) == ("shipped", "USD", "07301")
    assert (cancelled["status"], cancelled["paid_amount"]) == ("closed", Decimal(0))
    assert cancelled["currency"] == "EUR"
    # A shipped order without any price is not taken for a free one.
    assert [(row, reason) for row, _, _, reason in quarantined(tmp_path, report)] == [
        (5, "no_rule")
    ]


def test_amazon_latin_text_is_not_taken_for_chinese(tmp_path):
    rows = [amazon(ship_city="Málaga"), amazon(ship_city="Logroño")]
    file = text_file(tmp_path / "a.txt", AMAZON, rows, delimiter="\t", encoding="cp1252")
    [report] = load(tmp_path, file)
    assert report.encoding == "cp1252"
    assert [row["city"] for row in loaded(tmp_path, report)] == ["Málaga", "Logroño"]


def test_amazon_japan(tmp_path):
    rows = [amazon(ship_city="大阪市", sales_channel="Amazon.co.jp", currency="JPY")]
    file = text_file(tmp_path / "a.txt", AMAZON, rows, delimiter="\t", encoding="cp932")
    [report] = load(tmp_path, file)
    assert report.encoding == "cp932"
    assert loaded(tmp_path, report)[0]["city"] == "大阪市"


def shopify(name, **cells):
    row = {
        "Name": name,
        "Email": "a@example.com",
        "Financial Status": "paid",
        "Paid at": "2026-01-02 10:01:00 -0500",
        "Fulfillment Status": "fulfilled",
        "Currency": "USD",
        "Subtotal": "50.00",
        "Shipping": "5.00",
        "Total": "55.00",
        "Created at": "2026-01-02 10:00:00 -0500",
        "Lineitem quantity": "1",
        "Lineitem name": "Mug",
        "Lineitem price": "20.00",
        "Shipping Name": "Ann",
        "Source": "web",
        "Device ID": "till 3",
    }
    return {**row, **{key.replace("_", " "): value for key, value in cells.items()}}


def further(name, **cells):
    row = {
        "Name": name,
        "Lineitem quantity": "2",
        "Lineitem name": "Cup",
        "Lineitem price": "15.00",
    }
    return {**row, **{key.replace("_", " "): value for key, value in cells.items()}}


def test_shopify(tmp_path):
    rows = [shopify("#1001"), further("#1001"), shopify("#1002", Total="9.00")]
    [report] = load(tmp_path, text_file(tmp_path / "orders_export.csv", SHOPIFY, rows))
    assert (report.format, report.rows_loaded) == ("shopify_orders", 3)
    first, second, third = loaded(tmp_path, report)
    assert first["created_at"] == second["created_at"] == datetime(2026, 1, 2, 23)
    assert [r["paid_amount"] for r in (first, second, third)] == [55, 0, 9]
    assert second["buyer_id"] == "a@example.com"
    assert (second["product_title"], second["quantity"]) == ("Cup", 2)
    assert (second["goods_amount"], second["shipping_amount"]) == (None, None)
    assert second["status"] == "shipped"
    assert "device" not in first
    assert [r["source_row"] for r in (first, second, third)] == [2, 3, 4]


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"Financial_Status": "pending", "Fulfillment_Status": "unfulfilled"}, "pending"),
        ({"Financial_Status": "authorized"}, "pending"),
        ({"Fulfillment_Status": "unfulfilled"}, "paid"),
        ({"Fulfillment_Status": ""}, "paid"),
        ({"Fulfillment_Status": "partial"}, "shipped"),
        ({"Financial_Status": "partially_refunded"}, "shipped"),
        ({"Financial_Status": "refunded"}, "closed"),
        ({"Financial_Status": "voided"}, "closed"),
        ({"Cancelled_at": "2026-01-03 10:00:00 -0500"}, "closed"),
    ],
)
def test_shopify_status_from_three_columns(tmp_path, cells, status):
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", SHOPIFY, [shopify("#1", **cells)]))
    assert [row["status"] for row in loaded(tmp_path, report)] == [status]


def test_shopify_order_whose_first_row_is_bad_is_quarantined_whole(tmp_path):
    rows = [shopify("#1", Total="free"), further("#1"), shopify("#2")]
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", SHOPIFY, rows))
    assert [row["order_id"] for row in loaded(tmp_path, report)] == ["#2"]
    assert quarantined(tmp_path, report) == [
        (2, "Total", "free", "not_an_amount"),
        (3, "", "#1", "order_quarantined"),
    ]


def test_shopify_unknown_pair_of_states_says_so(tmp_path):
    rows = [shopify("#1", Fulfillment_Status="restocked")]
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", SHOPIFY, rows))
    [(row, column, value, reason)] = quarantined(tmp_path, report)
    assert (row, reason) == (2, "no_rule")
    assert "restocked" in value
    assert "Fulfillment Status" in column


def test_every_format_gives_what_the_table_requires():
    from workbench.load.formats import built_in

    for form in built_in():
        assert set(TABLES[form.table].required) <= set(form.columns), form.name
