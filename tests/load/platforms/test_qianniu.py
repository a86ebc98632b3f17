"""Qianniu reports of Taobao shops, under their real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

import pytest

from tests.load.made import VARIANTS, load, loaded, quarantined, sheet_file
from workbench.errors import BadInput

ORDERS = VARIANTS["taobao"]["order_report_2024_27col"]["headers"]
ITEMS = VARIANTS["taobao"]["item_report_2026_36col"]["headers"]
REFUNDS = VARIANTS["taobao"]["refund_report_2026"]["headers"]


def order_row(**cells):
    row = {
        "订单编号": "'2600000000000000001",
        "支付单号": "2026010222001",
        "支付详情": "支付方式：花呗|优惠：2.00",
        "买家应付货款": "98.00",
        "买家应付邮费": "6.00",
        "总金额": "104.00",
        "买家实付金额": "104.00",
        "订单状态": "买家已付款,等待卖家发货",
        "买家留言": "要红色",
        "订单创建时间": "2026-01-02 10:00:00",
        "订单付款时间": "2026-01-02 10:00:30",
        "商品标题": "连衣裙",
        "物流单号": "No:YT9",
        "物流公司": "圆通速递",
        "商家备注": "VIP",
        "宝贝总数量": "2",
        "店铺ID": "0",
        "店铺名称": "小店",
        "商品属性SKU": "红;M",
    }
    return {**row, **cells}


def test_order_report(tmp_path):
    [report] = load(tmp_path / "case", sheet_file(tmp_path / "a.xlsx", ORDERS, [order_row()]))
    assert (report.format, report.table) == ("qianniu_orders", "orders")
    [row] = loaded(tmp_path / "case", report)
    assert row == {
        "order_id": "2600000000000000001",
        "created_at": datetime(2026, 1, 2, 10),
        "paid_at": datetime(2026, 1, 2, 10, 0, 30),
        "completed_at": None,
        "status": "paid",
        "sku": "红;M",
        "product_title": "连衣裙",
        "quantity": 2,
        "goods_amount": Decimal("98"),
        "shipping_amount": Decimal("6"),
        "paid_amount": Decimal("104"),
        "currency": "CNY",
        "payment_method": "花呗",
        "payment_id": "2026010222001",
        "carrier": "圆通速递",
        "tracking_no": "YT9",
        "buyer_message": "要红色",
        "seller_memo": "VIP",
        "shop": "小店",
        "source_file": report.sha256,
        "source_row": 2,
    }
    assert {"buyer_id", "phone", "address"} <= set(report.columns_missing)


REFUNDED = [
    ("0.00", "169.00", 169, 169),  # in full: it had been paid
    ("70.00", "30.00", 70, 30),
    ("70.00", "无退款申请", 70, None),
    ("0.00", "无退款申请", 0, None),
    (0, 169, 169, 169),
]


def test_what_was_paid_before_a_refund(tmp_path):
    rows = [
        order_row(订单编号=str(n), 买家实付金额=paid, 退款金额=refund)
        for n, (paid, refund, *_) in enumerate(REFUNDED)
    ]
    [report] = load(tmp_path, sheet_file(tmp_path / "a.xlsx", [*ORDERS, "退款金额"], rows))
    got = [(row["paid_amount"], row["refund_amount"]) for row in loaded(tmp_path, report)]
    assert got == [(amount, given_back) for *_, amount, given_back in REFUNDED]


def test_consignee_in_one_cell(tmp_path):
    rows = [
        order_row(收货地址="王五，86-13812345678，浙江省 杭州市 西湖区 文三路1号，2单元"),
        order_row(收货地址="王*，86-138****5678，浙江省杭州市文三路1号"),
        order_row(收货地址="浙江省 杭州市 西湖区 文三路1号"),
    ]
    [report] = load(tmp_path, sheet_file(tmp_path / "a.xlsx", [*ORDERS, "收货地址"], rows))
    got = [(r["buyer_name"], r["phone"], r["address"]) for r in loaded(tmp_path, report)]
    assert got == [
        ("王五", "13812345678", "浙江省 杭州市 西湖区 文三路1号，2单元"),
        ("王*", "138****5678", "浙江省杭州市文三路1号"),
        (None, None, "浙江省 杭州市 西湖区 文三路1号"),
    ]


def test_a_saved_choice_of_nine_columns(tmp_path):
    headers = [
        *("订单编号", "支付单号", "支付详情", "买家实付金额", "订单状态", "订单付款时间"),
        *("店铺名称", "发货时间", "确认收货打款金额"),
    ]
    paid = {header: cell for header, cell in order_row().items() if header in headers}
    paid |= {"发货时间": "2026-01-03 08:00:00", "订单状态": "交易成功"}
    unpaid = {**paid, "订单编号": "2", "订单付款时间": "", "订单状态": "等待买家付款"}
    [report] = load(tmp_path, sheet_file(tmp_path / "a.xlsx", headers, [paid, unpaid]))
    [row] = loaded(tmp_path, report)
    # There is no time of creation: the time of payment stands in, and the note says so.
    assert row["created_at"] == row["paid_at"] == datetime(2026, 1, 2, 10, 0, 30)
    assert (row["status"], row["shipped_at"]) == ("completed", datetime(2026, 1, 3, 8))
    assert [problem[0] for problem in quarantined(tmp_path, report)] == [3]
    assert any("time of payment in its place" in note for note in report.notes["en"])


def item_row(**cells):
    row = {
        "子订单编号": "2600000000000000002",
        "主订单编号": "2600000000000000001",
        "商品标题": "连衣裙",
        "商品价格": "59.00",
        "购买数量": "2",
        "外部系统编号": "W-1",
        "商品属性": "红;M",
        "订单状态": "卖家已发货，等待买家确认",
        "支付单号": "2026010222001",
        "买家应付货款": "98.00",
        "买家实付金额": "98.00",
        "退款状态": "没有申请退款",
        "退款金额": "无退款申请",
        "订单创建时间": "2026-01-02 10:00:00",
        "订单付款时间": "2026-01-02 10:00:30",
        "发货时间": "2026-01-03 08:00:00",
        "商品ID": "712345678901",
        "商家备注": "VIP",
        "主订单买家留言": "要红色",
        "物流单号": "YT9",
        "物流公司": "圆通速递",
    }
    return {**row, **cells}


def test_item_report(tmp_path):
    [report] = load(tmp_path / "case", sheet_file(tmp_path / "b.xlsx", ITEMS, [item_row()]))
    assert (report.format, report.table) == ("qianniu_items", "orders")
    [row] = loaded(tmp_path / "case", report)
    assert row == {
        "order_id": "2600000000000000001",
        "line_id": "2600000000000000002",
        "created_at": datetime(2026, 1, 2, 10),
        "paid_at": datetime(2026, 1, 2, 10, 0, 30),
        "shipped_at": datetime(2026, 1, 3, 8),
        "status": "shipped",
        "aftersale_status": "没有申请退款",
        "product_id": "712345678901",
        "sku": "红;M",
        "seller_sku": "W-1",
        "product_title": "连衣裙",
        "quantity": 2,
        "unit_price": Decimal("59"),
        "goods_amount": Decimal("98"),
        "paid_amount": Decimal("98"),
        "refund_amount": None,
        "currency": "CNY",
        "payment_id": "2026010222001",
        "carrier": "圆通速递",
        "tracking_no": "YT9",
        "buyer_message": "要红色",
        "seller_memo": "VIP",
        "source_file": report.sha256,
        "source_row": 2,
    }


def test_refund_of_an_item(tmp_path):
    rows = [
        item_row(退款状态="退款成功", 退款金额="98.00"),
        item_row(退款状态="退款关闭", 退款金额="98.00"),
        item_row(退款状态="", 退款金额="5.00"),
    ]
    [report] = load(tmp_path, sheet_file(tmp_path / "b.xlsx", ITEMS, rows))
    # A request that was closed paid nothing back.
    assert [row["refund_amount"] for row in loaded(tmp_path, report)] == [98, None, 5]


def test_item_report_without_payments_tells_of_items(tmp_path):
    headers = ["子订单编号", "主订单编号", "商品标题", "购买数量", "商品ID"]
    row = {header: item_row()[header] for header in headers}
    [report] = load(tmp_path, sheet_file(tmp_path / "b.xlsx", headers, [row]))
    assert (report.format, report.table) == ("qianniu_lines", "order_lines")
    [line] = loaded(tmp_path, report)
    assert (line["order_id"], line["line_id"]) == ("2600000000000000001", "2600000000000000002")
    assert (line["product_id"], line["quantity"]) == ("712345678901", 2)


def test_order_report_without_payments_says_what_to_choose(tmp_path):
    headers = [header for header in ORDERS if header != "买家实付金额"]
    row = {header: cell for header, cell in order_row().items() if header in headers}
    with pytest.raises(BadInput) as caught:
        load(tmp_path, sheet_file(tmp_path / "a.xlsx", headers, [row]))
    assert "买家实付金额" in str(caught.value)


def refund_row(status, **cells):
    row = {
        "退款完结时间": "2026-01-08 12:00:00",
        "退款的申请时间": "2026-01-05 09:00:00",
        "订单编号": "2600000000000000001",
        "退款编号": "'88000000000000000001",
        "买家退款金额": "98.00",
        "买家实际支付金额": "98.00",
        "售后类型": "退货退款",
        "退款状态": status,
        "退货物流单号": "SF1",
        "退货物流公司": "顺丰速运",
        "买家退款原因": "尺码不合适",
    }
    return {**row, **cells}


def test_refund_report(tmp_path):
    [report] = load(
        tmp_path / "case", sheet_file(tmp_path / "c.xlsx", REFUNDS, [refund_row("退款成功")])
    )
    assert (report.format, report.table) == ("qianniu_refunds", "refunds")
    [row] = loaded(tmp_path / "case", report)
    assert row == {
        "refund_id": "88000000000000000001",
        "order_id": "2600000000000000001",
        "requested_at": datetime(2026, 1, 5, 9),
        "finished_at": datetime(2026, 1, 8, 12),
        "state": "done",
        "aftersale_status": "退款成功",
        "kind": "退货退款",
        "reason": "尺码不合适",
        "refund_amount": Decimal("98"),
        "currency": "CNY",
        "carrier": "顺丰速运",
        "tracking_no": "SF1",
        "source_file": report.sha256,
        "source_row": 2,
    }


STATES = [
    ("退款成功", "done", 98),
    ("退款关闭", "withdrawn", None),
    ("买家已经申请退款，等待卖家同意", "open", None),
    ("卖家拒绝退款，等待买家修改", "open", None),
    ("卖家拒绝退款", "refused", None),
    ("飞走了", None, None),
    ("", None, None),
]


def test_states_of_a_refund(tmp_path):
    rows = [refund_row(word) for word, _, _ in STATES]
    [report] = load(tmp_path, sheet_file(tmp_path / "c.xlsx", REFUNDS, rows))
    got = [(row["state"], row["refund_amount"]) for row in loaded(tmp_path, report)]
    assert got == [(state, amount) for _, state, amount in STATES]
