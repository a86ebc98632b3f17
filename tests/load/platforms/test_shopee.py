"""Shopee orders, under their real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import VARIANTS, load, loaded, quarantined, sheet_file, text_file

HEADERS = VARIANTS["shopee"]["orders_55col_2021_my"]["headers"]


def item(**cells):
    row = {
        "Order ID": "2601020ABCDEF1",
        "Order Status": "Completed",
        "Return / Refund Status": "",
        "Tracking Number": "MY123",
        "Shipping Option": "J&T Express",
        "Ship Time": "2026-01-03 09:00",
        "Order Creation Date": "2026-01-02 10:11",
        "Order Paid Time": "2026-01-02 10:12",
        "Product Name": "Mug",
        "SKU Reference No.": "MUG-B",
        "Variation Name": "Blue",
        "Original Price": "25.00",
        "Deal Price": "20.00",
        "Quantity": "2",
        "Product Subtotal": "40.00",
        "Seller Voucher": "3.00",
        "Shopee Voucher": "2.00",
        "Total Amount": "1,050.90",
        "Buyer Paid Shipping Fee": "5.90",
        "Username (Buyer)": "ann.l",
        "Receiver Name": "A****e",
        "Phone Number": "60*****12",
        "Delivery Address": "1, Jalan Satu",
        "Town": "Petaling Jaya",
        "District": "Petaling",
        "State": "Selangor",
        "Country": "MY",
        "Zip Code": "46000",
        "Remark from buyer": "quick please",
        "Order Complete Time": "2026-01-08 11:00",
        "Note": "VIP",
    }
    return {**row, **cells}


def test_shopee(tmp_path):
    second = item(**{"Product Name": "Cup", "Product Subtotal": "1011.00", "Quantity": "1"})
    apart = item(**{"Order ID": "2601020ABCDEF2", "Total Amount": "7.00"})
    rows = [item(), apart, second, item(**{"Order Creation Date": "0/0"})]
    [report] = load(tmp_path / "case", text_file(tmp_path / "a.csv", HEADERS, rows))
    assert (report.format, report.table) == ("shopee_orders", "orders")
    first, other, further = loaded(tmp_path / "case", report)
    assert first == {
        "order_id": "2601020ABCDEF1",
        "created_at": datetime(2026, 1, 2, 10, 11),
        "paid_at": datetime(2026, 1, 2, 10, 12),
        "shipped_at": datetime(2026, 1, 3, 9),
        "completed_at": datetime(2026, 1, 8, 11),
        "status": "completed",
        "aftersale_status": None,
        "buyer_id": "ann.l",
        "buyer_name": "A****e",
        "phone": "60*****12",
        "address": "1, Jalan Satu",
        "province": "Selangor",
        "city": "Petaling Jaya",
        "district": "Petaling",
        "postcode": "46000",
        "country": "MY",
        "sku": "Blue",
        "seller_sku": "MUG-B",
        "product_title": "Mug",
        "quantity": 2,
        "unit_price": Decimal("20"),
        "goods_amount": Decimal("40"),
        "shipping_amount": Decimal("5.9"),
        "discount_amount": Decimal("5"),
        "paid_amount": Decimal("1050.9"),
        "currency": "CNY",
        "carrier": "J&T Express",
        "tracking_no": "MY123",
        "buyer_message": "quick please",
        "seller_memo": "VIP",
        "source_file": report.sha256,
        "source_row": 2,
    }
    assert other["paid_amount"] == 7
    # The order's amounts stand on its first row alone, its goods on each.
    assert [further[name] for name in ("paid_amount", "shipping_amount", "discount_amount")] == [
        0,
        0,
        0,
    ]
    assert further["goods_amount"] == 1011
    assert [row for row, *_ in quarantined(tmp_path / "case", report)] == [5]


def test_later_names_and_a_comma_as_decimal_sign(tmp_path):
    headers = [h.replace("Tracking Number", "Tracking Number*") for h in HEADERS]
    row = item(**{"Total Amount": "1.050,90", "Buyer Paid Shipping Fee": "5,90"})
    row["Tracking Number*"] = row.pop("Tracking Number")
    for name in ("Deal Price", "Product Subtotal", "Seller Voucher", "Shopee Voucher"):
        row[name] = row[name].replace(".", ",")
    row["Cancel reason"] = ""
    file = sheet_file(tmp_path / "a.xlsx", [*headers, "Cancel reason"], [row])
    [report] = load(tmp_path / "case", file)
    [first] = loaded(tmp_path / "case", report)
    assert (first["tracking_no"], first["paid_amount"]) == ("MY123", Decimal("1050.9"))
    assert (first["unit_price"], first["discount_amount"]) == (20, 5)


def test_status_words(tmp_path):
    without = {"Order Status": "?", "Order Complete Time": ""}
    expected = [
        ("paid", {"Order Status": "To ship"}),
        ("pending", {"Order Status": "Unpaid"}),
        ("closed", {"Order Status": "Cancelled"}),
        ("completed", {"Order Status": "Selesai"}),
        ("shipped", without),
        ("paid", {**without, "Ship Time": ""}),
        ("pending", {**without, "Ship Time": "", "Order Paid Time": "-"}),
    ]
    rows = [item(**cells) for _, cells in expected]
    [report] = load(tmp_path / "case", text_file(tmp_path / "a.csv", HEADERS, rows))
    found = [r["status"] for r in loaded(tmp_path / "case", report)]
    assert found == [status for status, _ in expected]
    assert report.words_unknown == {"Order Status": {"?": 3, "Selesai": 1}}
