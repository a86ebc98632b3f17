"""The eBay orders report, under its real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

import pytest

from tests.load.made import VARIANTS, load, loaded, quarantined, text_file

HEADERS = VARIANTS["ebay"]["orders_report_80col"]["headers"]


def framed(path, rows, *, short=False):
    """As eBay writes it: bare commas, header, a padding line, rows, two closing lines."""
    file = text_file(path, HEADERS, [{}, *rows])
    closing = [f"{len(rows)},record(s) downloaded", "Seller ID : mugs4u"]
    if not short:
        closing = [line + "," * (len(HEADERS) - 1 - line.count(",")) for line in closing]
    text = "," * (len(HEADERS) - 1) + "\r\n" + file.read_bytes().decode()
    text += "".join(line + "\r\n" for line in closing)
    file.write_bytes(text.encode("utf-8-sig"))
    return file


def sale(**cells):
    row = {
        "Sales Record Number": "501",
        "Order Number": "05-14001-10001",
        "Buyer Username": "amber",
        "Buyer Name": "Amber A",
        "Buyer Email": "a@example.com",
        "Buyer Note": "please",
        "Ship To Name": "Ann Lee",
        "Ship To Phone": "5125550100",
        "Ship To Address 1": "1 Main St",
        "Ship To City": "Austin",
        "Ship To State": "TX",
        "Ship To Zip": "07301",
        "Ship To Country": "United States",
        "Item Number": "316000000001",
        "Item Title": "Mug, blue",
        "Custom Label": "MUG-B",
        "Quantity": "2",
        "Sold For": "$1,009.00",
        "Shipping And Handling": "$9.50",
        "eBay Collected Tax": "$1.93",
        "Total Price": "$2,029.43",
        "Payment Method": "Managed payment",
        "Sale Date": "Sep-27-26",
        "Paid On Date": "Sep-28-26",
        "Shipped On Date": "Sep-29-26",
        "My Item Note": "fragile",
        "Tracking Number": "9400",
        "Transaction ID": "10071",
        "Variation Details": "[Colour:blue]",
    }
    return {**row, **cells}


@pytest.mark.parametrize("short", [False, True])
def test_ebay(tmp_path, short):
    [report] = load(tmp_path / "case", framed(tmp_path / "a.csv", [sale()], short=short))
    assert (report.format, report.table, report.header_row) == ("ebay_orders", "orders", 2)
    assert (report.rows_read, report.rows_skipped, report.blank_rows) == (1, 2, 1)
    assert loaded(tmp_path / "case", report) == [
        {
            "order_id": "05-14001-10001",
            "line_id": "10071",
            "created_at": datetime(2026, 9, 27),
            "paid_at": datetime(2026, 9, 28),
            "shipped_at": datetime(2026, 9, 29),
            "status": "shipped",
            "buyer_id": "amber",
            "buyer_account": "a@example.com",
            "buyer_name": "Ann Lee",
            "phone": "5125550100",
            "address": "1 Main St",
            "province": "TX",
            "city": "Austin",
            "postcode": "07301",
            "country": "United States",
            "product_id": "316000000001",
            "sku": "[Colour:blue]",
            "seller_sku": "MUG-B",
            "product_title": "Mug, blue",
            "quantity": 2,
            "unit_price": Decimal("1009"),
            "goods_amount": Decimal("2018"),
            "shipping_amount": Decimal("9.5"),
            "paid_amount": Decimal("2029.43"),
            "currency": "CNY",
            "payment_method": "Managed payment",
            "payment_id": None,
            "tracking_no": "9400",
            "buyer_message": "please",
            "seller_memo": "fragile",
            "source_file": report.sha256,
            "source_row": 4,
        }
    ]


def test_an_order_of_several_items_counts_its_money_once(tmp_path):
    total = sale(**{"Item Number": "", "Item Title": "", "Quantity": "3", "Sold For": "$30.00"})
    item = {
        "Sales Record Number": "501",
        "Order Number": "05-14001-10001",
        "Item Number": "316000000001",
        "Item Title": "Mug",
        "Quantity": "2",
        "Sold For": "$10.00",
        "Sale Date": "Sep-27-26",
        "Transaction ID": "10071",
    }
    other = {**item, "Item Number": "316000000002", "Quantity": "1", "Transaction ID": "10072"}
    next_order = sale(**{"Order Number": "05-14001-10002", "Total Price": "$7.00"})
    file = framed(tmp_path / "a.csv", [total, item, other, next_order])
    [report] = load(tmp_path / "case", file)
    rows = loaded(tmp_path / "case", report)
    assert [row["paid_amount"] for row in rows] == [Decimal("2029.43"), 0, 0, 7]
    assert [row["quantity"] for row in rows] == [None, 2, 1, 2]
    assert [row["goods_amount"] for row in rows] == [None, 20, 10, 2018]
    assert {row["buyer_id"] for row in rows} == {"amber"}
    assert {row["status"] for row in rows} == {"shipped"}


def test_the_state_follows_from_the_dates(tmp_path):
    rows = [
        sale(**{"Shipped On Date": ""}),
        sale(**{"Order Number": "05-2", "Shipped On Date": "", "Paid On Date": ""}),
    ]
    [report] = load(tmp_path / "case", framed(tmp_path / "a.csv", rows))
    assert [row["status"] for row in loaded(tmp_path / "case", report)] == ["paid", "pending"]


def test_rows_that_cannot_be_used(tmp_path):
    rows = [
        sale(**{"Sale Date": "soon"}),
        sale(**{"Order Number": "05-2", "Total Price": ""}),
        sale(**{"Order Number": ""}),
    ]
    [report] = load(tmp_path / "case", framed(tmp_path / "a.csv", rows))
    found = [(row, reason) for row, _, _, reason in quarantined(tmp_path / "case", report)]
    assert found == [(4, "not_a_time"), (5, "required"), (6, "required")]


def test_a_record_cut_short_is_no_closing_line(tmp_path):
    file = framed(tmp_path / "a.csv", [sale()])
    lines = file.read_bytes().split(b"\r\n")
    lines.insert(4, b"502,05-14001-10009,amber")
    file.write_bytes(b"\r\n".join(lines))
    [report] = load(tmp_path / "case", file)
    assert (report.rows_read, report.rows_skipped) == (2, 2)
    assert quarantined(tmp_path / "case", report) == [(5, "", "3", "misshapen")]
