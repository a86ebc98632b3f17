"""The Jushuitan sheet, under its real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import load, loaded, quarantined, sheet_file

# erp/jushuitan_cost of the export formats reference, verified in one source.
HEADERS = [
    *("内部订单号", "线上订单号", "店铺名称", "下单时间", "应付金额", "已付金额", "状态"),
    *("快递单号", "订单类型", "旗帜", "平台站点", "子订单编号", "线上子订单编号"),
    *("原始线上订单号", "商品编码", "商品名称", "数量", "商品单价", "商品金额", "原价"),
    *("买家实付", "收入运费", "支出运费", "成本价"),
]


def sheet_row(**cells):
    row = {
        "内部订单号": "1001",
        "线上订单号": "2600000000000000001",
        "店铺名称": "淘宝小店",
        "下单时间": "2026-01-02 10:00:00",
        "应付金额": "120.00",
        "已付金额": "120.00",
        "状态": "已发货",
        "快递单号": "YT5",
        "旗帜": "1",
        "平台站点": "淘宝天猫",
        "线上子订单编号": "2600000000000000002",
        "原始线上订单号": "2600000000000000001",
        "商品编码": "CUP-RED",
        "商品名称": "杯子",
        "数量": "2",
        "商品单价": "50.00",
        "商品金额": "100.00",
        "买家实付": "95.00",
    }
    return {**row, **cells}


def test_shops_in_one_file_stay_apart(tmp_path):
    rows = [sheet_row(), sheet_row(店铺名称="抖音小店", 线上订单号="69", 原始线上订单号="")]
    [report] = load(tmp_path / "case", sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    assert (report.format, report.table) == ("jushuitan", "orders")
    first, second = loaded(tmp_path / "case", report)
    assert first == {
        "order_id": "2600000000000000001",
        "line_id": "2600000000000000002",
        "created_at": datetime(2026, 1, 2, 10),
        "status": "shipped",
        "seller_sku": "CUP-RED",
        "product_title": "杯子",
        "quantity": 2,
        "unit_price": Decimal("50"),
        "goods_amount": Decimal("100"),
        "paid_amount": Decimal("95"),
        "currency": "CNY",
        "channel": "淘宝天猫",
        "tracking_no": "YT5",
        "seller_flag": "1",
        "shop": "淘宝小店",
        "source_file": report.sha256,
        "source_row": 2,
    }
    assert (second["order_id"], second["shop"]) == ("69", "抖音小店")


STATES = [
    ({"状态": "待付款"}, "pending"),
    ({"状态": "已付款待审核"}, "paid"),
    ({"状态": "已取消"}, "closed"),
    ({"状态": "飞走了"}, "shipped"),
    ({"状态": "飞走了", "快递单号": ""}, "pending"),
]


def test_states(tmp_path):
    rows = [sheet_row(原始线上订单号=str(9000 + n), **cells) for n, (cells, _) in enumerate(STATES)]
    [report] = load(tmp_path, sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    assert [row["status"] for row in loaded(tmp_path, report)] == [word for _, word in STATES]


def test_rows_that_cannot_be_used(tmp_path):
    rows = [sheet_row(), sheet_row(买家实付=""), sheet_row(下单时间="")]
    [report] = load(tmp_path, sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    assert quarantined(tmp_path, report) == [
        (3, "买家实付", "", "required"),
        (4, "下单时间", "", "required"),
    ]


def test_costs_without_payments_tell_of_items(tmp_path):
    headers = [
        *("内部订单号", "线上订单号", "店铺名称", "下单时间", "状态", "订单类型"),
        *("线上子订单编号", "原始线上订单号", "商品编码", "商品名称", "数量", "成本价", "总成本"),
    ]
    row = {header: cell for header, cell in sheet_row().items() if header in headers}
    [report] = load(tmp_path, sheet_file(tmp_path / "a.xlsx", headers, [row]))
    assert (report.format, report.table) == ("jushuitan_lines", "order_lines")
    [line] = loaded(tmp_path, report)
    # A cost is no price.
    assert line == {
        "order_id": "2600000000000000001",
        "line_id": "2600000000000000002",
        "seller_sku": "CUP-RED",
        "product_title": "杯子",
        "quantity": 2,
        "shop": "淘宝小店",
        "source_file": report.sha256,
        "source_row": 2,
    }
