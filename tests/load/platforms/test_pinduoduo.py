"""Pinduoduo exports, under their real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import PINDUODUO, load, loaded, quarantined, text_file


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
