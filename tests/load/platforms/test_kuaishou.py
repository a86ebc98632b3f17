"""The Kuaishou export, under its real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

import openpyxl

from tests.load.made import VARIANTS, load, loaded, quarantined, sheet_file

HEADERS = VARIANTS["kuaishou"]["order_export_64col"]["headers"]


def kuaishou(**cells):
    row = {
        "订单号": "2501012345678901",
        "订单创建时间": "2026-01-02 10:00:00",
        "订单支付时间": "2026-01-02 10:00:20",
        "订单状态": "已发货",
        "实付款": "¥1,299.90",
        "快递费": "0",
        "店铺优惠": "¥10.00",
        "平台补贴": "5",
        "主播补贴": "-",
        "混资活动优惠": "—",
        "支付优惠": "¥1.50",
        "支付方式": "微信",
        "成交数量": "1",
        "买家留言": "--",
        "订单备注": "/",
        "旗帜颜色": "红",
        "售后状态": "-",
        "商品名称": "茶叶",
        "商品ID": "9001",
        "商品规格": "500g",
        "SKU编码": "TEA-500",
        "商品单价": "¥1,316.40",
        "渠道": "分销",
        "CPS达人ID": "88",
        "收货人姓名": "王*",
        "收货人电话": "138****5678",
        "收货地址-省": "浙江省",
        "收货地址-市": "杭州市",
        "收货地址-区": "西湖区",
        "收货地址": "浙江省杭州市西湖区文三路",
        "发货时间": "2026-01-03 08:00:00",
        "快递公司": "圆通",
        "快递单号": "YT7",
    }
    return {**row, **{name.replace("_", "-"): cell for name, cell in cells.items()}}


def test_kuaishou(tmp_path):
    [report] = load(tmp_path / "case", sheet_file(tmp_path / "a.xlsx", HEADERS, [kuaishou()]))
    assert (report.format, report.table) == ("kuaishou", "orders")
    [row] = loaded(tmp_path / "case", report)
    assert row == {
        "order_id": "2501012345678901",
        "created_at": datetime(2026, 1, 2, 10),
        "paid_at": datetime(2026, 1, 2, 10, 0, 20),
        "shipped_at": datetime(2026, 1, 3, 8),
        "status": "shipped",
        "aftersale_status": None,
        "buyer_name": "王*",
        "phone": "138****5678",
        "address": "浙江省杭州市西湖区文三路",
        "province": "浙江省",
        "city": "杭州市",
        "district": "西湖区",
        "product_id": "9001",
        "sku": "500g",
        "seller_sku": "TEA-500",
        "product_title": "茶叶",
        "quantity": 1,
        "unit_price": Decimal("1316.4"),
        "shipping_amount": Decimal("0"),
        "discount_amount": Decimal("16.5"),  # 10 + 5 + 1.50
        "paid_amount": Decimal("1299.9"),
        "currency": "CNY",
        "payment_method": "微信",
        "channel": "分销",
        "influencer_id": "88",
        "carrier": "圆通",
        "tracking_no": "YT7",
        "buyer_message": None,
        "seller_memo": None,
        "seller_flag": "红",
        "source_file": report.sha256,
        "source_row": 2,
    }


STATES = [
    ({"订单状态": "待付款"}, "pending"),
    ({"订单状态": "待发货"}, "paid"),
    ({"订单状态": "已收货"}, "completed"),
    ({"订单状态": "交易成功"}, "completed"),
    ({"订单状态": "交易关闭"}, "closed"),
    ({"订单状态": "飞走了"}, "shipped"),
    ({"订单状态": "飞走了", "发货时间": "-"}, "paid"),
    ({"订单状态": "飞走了", "发货时间": "-", "订单支付时间": ""}, "pending"),
]


def test_states(tmp_path):
    rows = [kuaishou(订单号=str(9000 + n), **cells) for n, (cells, _) in enumerate(STATES)]
    [report] = load(tmp_path, sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    assert [row["status"] for row in loaded(tmp_path, report)] == [word for _, word in STATES]


def test_every_sheet_is_read(tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in (1, 2):
        sheet = book.create_sheet(f"第{number}页")
        sheet.append(HEADERS)
        row = kuaishou(订单号=f"25{number}")
        sheet.append([row.get(header) for header in HEADERS])
    book.save(tmp_path / "a.xlsx")
    [report] = load(tmp_path / "case", tmp_path / "a.xlsx")
    assert [row["order_id"] for row in loaded(tmp_path / "case", report)] == ["251", "252"]


def test_rows_that_cannot_be_used(tmp_path):
    rows = [kuaishou(), kuaishou(订单号="2", 实付款="免费"), kuaishou(订单号="")]
    [report] = load(tmp_path, sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    assert quarantined(tmp_path, report) == [
        (3, "实付款", "免费", "not_an_amount"),
        (4, "订单号", "", "required"),
    ]


def test_a_choice_without_what_the_buyer_paid_tells_of_items(tmp_path):
    headers = [header for header in HEADERS if header != "实付款"]
    row = {header: cell for header, cell in kuaishou().items() if header in headers}
    [report] = load(tmp_path, sheet_file(tmp_path / "a.xlsx", headers, [row]))
    assert (report.format, report.table) == ("kuaishou_lines", "order_lines")
    [line] = loaded(tmp_path, report)
    assert (line["order_id"], line["product_id"]) == ("2501012345678901", "9001")
    assert (line["quantity"], line["unit_price"]) == (1, Decimal("1316.4"))
