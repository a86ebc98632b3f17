"""JD exports, under their real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import VARIANTS, load, loaded, quarantined, sheet_file, text_file

JD = VARIANTS["jd"]
HEADERS = JD["order_export_2017_35col"]["headers"] + JD["order_export_2018_extra"]["headers"]


def jd(**cells):
    row = {
        "订单号": "12345678901",
        "商品ID": "1000123",
        "商品名称": "茶杯",
        "订购数量": "2",
        "支付方式": "在线支付",
        "下单时间": "2026-01-02 10:00:00",
        "京东价": "30.00",
        "订单金额": "71.00",
        "结算金额": "66.00",
        "余额支付": "16.00",
        "应付金额": "50.00",
        "订单状态": "等待出库",
        "下单帐号": "jd_tea",
        "客户姓名": "李四",
        "客户地址": "北京朝阳区三环内某路\r\n1号\t",
        "联系电话": "1******1234",
        "订单备注": "快点",
        "商家备注": "V-9",
        "商家备注等级（等级1-5为由高到低）": "1",
        "运费金额": "6.00",
        "付款确认时间": "2026-01-02 10:01:00",
        "订单完成时间": "0001-01-01 00:00:00",
        "订单来源": "移动端订单",
        "订单渠道": "暂无来源",
        "邮政编码": "100000",
        "商家SKUID": "CUP-1",
    }
    return {**row, **cells}


def export(path, rows, headers=HEADERS):
    """As JD writes it: gb18030, and a comma at the end of the header line only."""
    file = text_file(path, headers, rows, encoding="gb18030")
    head, rest = file.read_bytes().split(b"\r\n", 1)
    file.write_bytes(head + b",\r\n" + rest)
    return file


def test_jd(tmp_path):
    [report] = load(tmp_path / "case", text_file(tmp_path / "1.csv", HEADERS, [jd()]))
    assert (report.format, report.table) == ("jd_orders", "orders")
    [row] = loaded(tmp_path / "case", report)
    assert row == {
        "order_id": "12345678901",
        "created_at": datetime(2026, 1, 2, 10),
        "paid_at": datetime(2026, 1, 2, 10, 1),
        "completed_at": None,
        "status": "paid",
        "buyer_id": "jd_tea",
        "buyer_name": "李四",
        "phone": "1******1234",
        "address": "北京朝阳区三环内某路\r\n1号",
        "postcode": "100000",
        "product_id": "1000123",
        "seller_sku": "CUP-1",
        "product_title": "茶杯",
        "quantity": 2,
        "unit_price": Decimal("30"),
        "goods_amount": Decimal("60"),  # 2 × 30
        "shipping_amount": Decimal("6"),
        "paid_amount": Decimal("66"),  # 50 + 16 from the balance
        "currency": "CNY",
        "payment_method": "在线支付",
        "channel": "移动端订单",
        "buyer_message": "快点",
        "seller_memo": "V-9",
        "seller_flag": "1",
        "source_file": report.sha256,
        "source_row": 2,
    }


def test_header_line_that_ends_with_a_comma(tmp_path):
    [report] = load(tmp_path / "case", export(tmp_path / "1.csv", [jd(), jd(订单号="2")]))
    assert (report.format, report.encoding) == ("jd_orders", "gb18030")
    assert [row["order_id"] for row in loaded(tmp_path / "case", report)] == ["12345678901", "2"]


def test_one_short_row_does_not_make_the_header_long(tmp_path):
    file = text_file(tmp_path / "1.csv", [*HEADERS, ""], [jd(), jd(订单号="2"), jd(订单号="3")])
    lines = file.read_bytes().split(b"\r\n")
    lines.insert(1, b"," * (len(HEADERS) - 1))  # one cell less than the header has
    file.write_bytes(b"\r\n".join(lines))
    [report] = load(tmp_path / "case", file)
    assert report.rows_loaded == 3


def test_amounts_of_the_order_count_once(tmp_path):
    rows = [
        jd(),
        jd(订单号="777", 应付金额="9.00", 余额支付="0.00", 运费金额="0.00"),
        jd(商品ID="1000124", 订购数量="1", 京东价="5.00"),  # the first order's second item
    ]
    [report] = load(tmp_path, text_file(tmp_path / "1.csv", HEADERS, rows))
    got = loaded(tmp_path, report)
    assert [row["paid_amount"] for row in got] == [66, 9, 0]
    assert [row["shipping_amount"] for row in got] == [6, 0, 0]
    assert [row["goods_amount"] for row in got] == [60, 60, 5]
    assert sum(row["paid_amount"] for row in got) == 75


def test_without_a_balance(tmp_path):
    headers = [header for header in HEADERS if header != "余额支付"]
    row = {header: cell for header, cell in jd().items() if header in headers}
    [report] = load(tmp_path, text_file(tmp_path / "1.csv", headers, [row]))
    assert loaded(tmp_path, report)[0]["paid_amount"] == 50


STATES = [
    ("等待付款", {}, "pending"),
    ("等待出库", {}, "paid"),
    ("（锁定）等待出库", {}, "paid"),
    ("等待确认收货", {}, "shipped"),
    ("完成", {}, "completed"),
    ("已取消", {}, "closed"),
    ("(删除)等待出库", {}, "closed"),
    ("(删除)等待审核", {}, "closed"),
    ("锁定", {}, "paid"),
    ("暂停", {"付款确认时间": ""}, "pending"),
    ("飞走了", {"订单完成时间": "2026-01-09 08:00:00"}, "completed"),
    ("飞走了", {}, "paid"),
    ("飞走了", {"付款确认时间": ""}, "pending"),
]


def test_states(tmp_path):
    rows = [
        jd(订单号=str(9000 + n), 订单状态=word, **{"订单完成时间": "", **cells})
        for n, (word, cells, _) in enumerate(STATES)
    ]
    [report] = load(tmp_path, text_file(tmp_path / "1.csv", HEADERS, rows))
    assert [row["status"] for row in loaded(tmp_path, report)] == [word for *_, word in STATES]
    assert report.words_unknown["订单状态"]["飞走了"] == 3
    assert "锁定" not in report.words_unknown["订单状态"]


def test_without_what_the_buyer_paid_it_is_a_list_of_items(tmp_path):
    headers = JD["order_export_2026_subset"]["headers"]
    row = {
        "订单号": 12345678901,
        "商品ID": 1000123,
        "商品名称": "茶杯",
        "订购数量": 2,
        "商家应收": 61.5,
        "订单状态": "完成",
        "商家SKUID": "CUP-1",
        "下单时间": "2026-01-02 10:00:00",
        "付款确认时间": "2026-01-02 10:01:00",
    }
    [report] = load(tmp_path / "case", sheet_file(tmp_path / "a.xlsx", headers, [row]))
    assert (report.format, report.table) == ("jd_lines", "order_lines")
    [line] = loaded(tmp_path / "case", report)
    # 商家应收 is what the shop gets: it is no payment and no price.
    assert line == {
        "order_id": "12345678901",
        "product_id": "1000123",
        "seller_sku": "CUP-1",
        "product_title": "茶杯",
        "quantity": 2,
        "source_file": report.sha256,
        "source_row": 2,
    }
    assert "商家应收" in report.columns_unused
    assert any("应付金额" in note for note in report.notes["zh"])


def test_rows_that_cannot_be_used(tmp_path):
    rows = [jd(), jd(应付金额="五十"), jd(下单时间=""), jd(订单号="1.2E+10")]
    [report] = load(tmp_path, text_file(tmp_path / "1.csv", HEADERS, rows))
    assert (report.rows_read, report.rows_loaded, report.rows_quarantined) == (4, 1, 3)
    assert quarantined(tmp_path, report) == [
        (3, "应付金额", "五十", "not_an_amount"),
        (4, "下单时间", "", "required"),
        (5, "订单号", "1.2E+10", "digits_lost"),
    ]
