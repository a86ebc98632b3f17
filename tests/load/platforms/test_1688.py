"""The 1688 export, under its real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import VARIANTS, load, loaded, quarantined, sheet_file

HEADERS = VARIANTS["alibaba1688"]["order_export_49col"]["headers"]


def order(**cells):
    row = {
        "订单编号": "4500000000000000001",
        "买家公司名": "某某商行",
        "买家会员名": "buyer_a",
        "卖家公司名": "某某工厂",
        "卖家会员名": "seller_b",
        "货品总价(元)": "300.00",
        "运费(元)": "12.00",
        "涨价或折扣(元)": "-20.00",
        "实付款(元)": "292.00",
        "订单状态": "等待买家收货",
        "订单创建时间": "2026-01-02 10:00:00",
        "订单付款时间": "2026-01-02 10:05:00",
        "收货人姓名": "王五",
        "收货地址": "浙江省 义乌市 某路 1 号",
        "邮编": "322000",
        "联系手机": "'13812345678",
        "买家留言": "发票",
        "物流公司": "圆通",
        "运单号": "YT8",
        "下游渠道": "淘宝",
        **item("布料", "2", "100.00"),
    }
    return {**row, **cells}


def item(title, quantity, price, **cells):
    row = {
        "货品标题": title,
        "单价(元)": price,
        "数量": quantity,
        "单位": "件",
        "货号": "F-1",
        "型号": "蓝",
        "Offer ID": "600000000001",
    }
    return {**row, **cells}


def test_first_row_speaks_for_the_further_ones(tmp_path):
    rows = [order(), item("纽扣", "100", "1.00"), order(订单编号="4500000000000000002")]
    [report] = load(tmp_path / "case", sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    assert (report.format, report.table, report.rows_loaded) == ("alibaba1688", "orders", 3)
    first, second, third = loaded(tmp_path / "case", report)
    assert first == {
        "order_id": "4500000000000000001",
        "created_at": datetime(2026, 1, 2, 10),
        "paid_at": datetime(2026, 1, 2, 10, 5),
        "status": "shipped",
        "buyer_id": "buyer_a",
        "buyer_name": "王五",
        "phone": "13812345678",
        "address": "浙江省 义乌市 某路 1 号",
        "postcode": "322000",
        "product_id": "600000000001",
        "sku": "蓝",
        "seller_sku": "F-1",
        "product_title": "布料",
        "quantity": 2,
        "unit_price": Decimal("100"),
        "goods_amount": Decimal("300"),
        "shipping_amount": Decimal("12"),
        "discount_amount": Decimal("20"),
        "paid_amount": Decimal("292"),
        "currency": "CNY",
        "channel": "淘宝",
        "carrier": "圆通",
        "tracking_no": "YT8",
        "buyer_message": "发票",
        "shop": "某某工厂",
        "source_file": report.sha256,
        "source_row": 2,
    }
    assert (second["order_id"], second["product_title"]) == ("4500000000000000001", "纽扣")
    assert (second["quantity"], second["unit_price"], second["status"]) == (100, 1, "shipped")
    assert (second["buyer_id"], second["created_at"]) == ("buyer_a", datetime(2026, 1, 2, 10))
    assert (second["paid_amount"], third["paid_amount"]) == (0, 292)
    assert third["order_id"] == "4500000000000000002"


def test_a_file_that_repeats_the_order_on_each_row_counts_its_amounts_once(tmp_path):
    rows = [order(), order(**item("纽扣", "100", "1.00"))]
    [report] = load(tmp_path, sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    assert [row["paid_amount"] for row in loaded(tmp_path, report)] == [292, 0]
    assert [row["shipping_amount"] for row in loaded(tmp_path, report)] == [12, 0]


def test_a_row_without_its_number_is_no_part_of_the_order_above(tmp_path):
    rows = [order(), order(订单编号=""), {}, item("纽扣", "1", "1.00")]
    [report] = load(tmp_path, sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    assert [row["product_title"] for row in loaded(tmp_path, report)] == ["布料"]
    # It has a time of its own, so it is an order whose number is missing; so are its items.
    assert (report.rows_read, report.rows_quarantined, report.blank_rows) == (3, 2, 1)
    assert (3, "订单编号", "", "required") in quarantined(tmp_path, report)


def test_order_whose_first_row_is_bad_is_quarantined_whole(tmp_path):
    rows = [order(**{"实付款(元)": "免费"}), item("纽扣", "1", "1.00")]
    [report] = load(tmp_path, sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    assert report.rows_loaded == 0
    assert quarantined(tmp_path, report) == [
        (2, "实付款(元)", "免费", "not_an_amount"),
        (3, "", "4500000000000000001", "order_quarantined"),
    ]


PIECES = [
    ("2", "0.00", 2, None),
    ("2.0", "5.00", 2, None),  # a price that was raised is no discount
    ("1.5", "-3.5", None, Decimal("3.5")),
]


def test_pieces_and_changes_of_price(tmp_path):
    rows = [
        order(订单编号=str(n), 数量=quantity, **{"涨价或折扣(元)": change})
        for n, (quantity, change, *_) in enumerate(PIECES)
    ]
    [report] = load(tmp_path, sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    got = [(row["quantity"], row["discount_amount"]) for row in loaded(tmp_path, report)]
    assert got == [(pieces, discount) for *_, pieces, discount in PIECES]


STATES = [
    ({"订单状态": "等待买家付款"}, "pending"),
    ({"订单状态": "等待卖家发货"}, "paid"),
    ({"订单状态": "等待买家收货"}, "shipped"),
    ({"订单状态": "交易成功"}, "completed"),
    ({"订单状态": "交易关闭"}, "closed"),
    ({"订单状态": "飞走了"}, "shipped"),
    ({"订单状态": "飞走了", "运单号": ""}, "paid"),
    ({"订单状态": "飞走了", "运单号": "", "订单付款时间": ""}, "pending"),
]


def test_states(tmp_path):
    rows = [order(订单编号=str(9000 + n), **cells) for n, (cells, _) in enumerate(STATES)]
    [report] = load(tmp_path, sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    assert [row["status"] for row in loaded(tmp_path, report)] == [word for _, word in STATES]
