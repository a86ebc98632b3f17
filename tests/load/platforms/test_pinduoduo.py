"""Pinduoduo exports, under their real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

import pytest

from tests.load.made import PINDUODUO, VARIANTS, load, loaded, quarantined, text_file


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


CHOICE = VARIANTS["pdd"]["order_export_selectable_fields_2023"]["headers"]


def test_more_columns_that_can_be_chosen(tmp_path):
    row = pinduoduo(支付时间="2026-01-02 10:00:30\t", 省="浙江省", 市="杭州市", 区="西湖区")
    row |= {"买家留言": "快点\t", "订单来源": "直播", "支付方式": "微信", "支付ID": "42"}
    row |= {"用户购买手机号": "138****5678", "商家编码-规格维度": "T-1"}
    file = text_file(tmp_path / "a.csv", CHOICE, [row], encoding="utf-8-sig")
    [report] = load(tmp_path / "case", file)
    [got] = loaded(tmp_path / "case", report)
    assert got["created_at"] == datetime(2026, 1, 2, 10)
    assert got["paid_at"] == datetime(2026, 1, 2, 10, 0, 30)
    assert (got["province"], got["city"], got["district"]) == ("浙江省", "杭州市", "西湖区")
    assert (got["channel"], got["payment_method"], got["payment_id"]) == ("直播", "微信", "42")
    assert (got["phone"], got["buyer_message"]) == ("138****5678", "快点")
    assert got["seller_sku"] == "T-1"


@pytest.mark.parametrize("left_out", ["用户实付金额(元)", "订单状态", "订单成交时间"])
def test_a_choice_without_what_an_order_needs_tells_of_items(tmp_path, left_out):
    headers = [header for header in PINDUODUO if header != left_out]
    row = {header: cell for header, cell in pinduoduo().items() if header in headers}
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", headers, [row]))
    assert (report.format, report.table) == ("pinduoduo_lines", "order_lines")
    [line] = loaded(tmp_path, report)
    assert (line["order_id"], line["quantity"]) == ("260102-123456789012345", 3)
    assert (line["product_id"], line["product_title"]) == ("555", "毛巾")
    assert any(left_out in note for note in report.notes["zh"])


def test_pinduoduo_word_that_is_not_known_is_quarantined(tmp_path):
    rows = [pinduoduo(), pinduoduo(订单状态="飞走了")]
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", PINDUODUO, rows))
    assert quarantined(tmp_path, report) == [(3, "订单状态", "飞走了", "unknown_word")]
