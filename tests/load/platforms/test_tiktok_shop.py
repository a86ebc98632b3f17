"""TikTok Shop orders, under their real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import VARIANTS, load, loaded, quarantined, sheet_file, text_file

HEADERS = VARIANTS["tiktok_shop"]["orders_63col_2026_th"]["headers"]
DESCRIPTION = dict.fromkeys(HEADERS[:3], "Platform unique ID.")


def item(**cells):
    row = {
        "Order ID": "579000000000000111\t",
        "Order Status": "เสร็จสมบูรณ์",
        "Order Substatus": "เสร็จสมบูรณ์",
        "SKU ID": "1729000000000000001\t",
        "Seller SKU": "TS-RED-M",
        "Product Name": "T-shirt",
        "Variation": "Red, M",
        "Quantity": "6",
        "SKU Unit Original Price": "SGD 39.00",
        "SKU Platform Discount": "SGD 5.00",
        "SKU Seller Discount": "SGD 11.00",
        "SKU Subtotal After Discount": "SGD 218.00",
        "Shipping Fee After Discount": "SGD 12.00",
        "Order Amount": "SGD 1,230.00",
        "Order Refund Amount": "SGD 0.00",
        "Created Time": "05/06/2026 10:21:10\t",
        "Paid Time": "05/06/2026 10:22:00\t",
        "Shipped Time": "05/06/2026 12:30:47\t",
        "Delivered Time": "23/06/2026 15:00:00\t",
        "Cancelled Time": "",
        "Tracking ID": "TT77001\t",
        "Shipping Provider Name": "Ninja Van",
        "Buyer Message": "hi",
        "Buyer Username": "tt_buyer",
        "Recipient": "A****e",
        "Phone #": "(+65)8*****12",
        "Zipcode": "018956",
        "Country": "Singapore",
        "Province": "Singapore",
        "District": "Downtown",
        "Detail Address": "1 B*****",
        "Payment Method": "Card",
        "Seller Note": "VIP",
    }
    return {**row, **cells}


def test_tiktok_shop(tmp_path):
    second = item(**{"SKU ID": "1729000000000000002", "Quantity": "1"})
    rows = [DESCRIPTION, item(), second, item(**{"Created Time": "06/23/2026 10:00:00"})]
    file = text_file(tmp_path / "a.csv", HEADERS, rows, encoding="utf-8-sig")
    [report] = load(tmp_path / "case", file)
    assert (report.format, report.table) == ("tiktok_shop_orders", "orders")
    assert (report.rows_read, report.blank_rows) == (3, 1)
    first, further = loaded(tmp_path / "case", report)
    assert first == {
        "order_id": "579000000000000111",
        # Day first, as the platform writes it: the fifth of June.
        "created_at": datetime(2026, 6, 5, 10, 21, 10),
        "paid_at": datetime(2026, 6, 5, 10, 22),
        "shipped_at": datetime(2026, 6, 5, 12, 30, 47),
        "completed_at": datetime(2026, 6, 23, 15),
        "status": "completed",
        "aftersale_status": None,
        "buyer_id": "tt_buyer",
        "buyer_name": "A****e",
        "phone": "(+65)8*****12",
        "address": "1 B*****",
        "province": "Singapore",
        "district": "Downtown",
        "postcode": "018956",
        "country": "Singapore",
        "product_id": "1729000000000000001",
        "sku": "Red, M",
        "seller_sku": "TS-RED-M",
        "product_title": "T-shirt",
        "quantity": 6,
        "unit_price": Decimal("39"),
        "goods_amount": Decimal("218"),
        "shipping_amount": Decimal("12"),
        "discount_amount": Decimal("16"),
        "paid_amount": Decimal("1230"),
        "refund_amount": Decimal("0"),
        "currency": "CNY",
        "payment_method": "Card",
        "carrier": "Ninja Van",
        "tracking_no": "TT77001",
        "buyer_message": "hi",
        "seller_memo": "VIP",
        "close_reason": None,
        "source_file": report.sha256,
        "source_row": 3,
    }
    assert (further["paid_amount"], further["shipping_amount"]) == (0, 0)
    assert (further["goods_amount"], further["quantity"]) == (218, 1)
    [(row, column, _, reason)] = quarantined(tmp_path / "case", report)
    assert (row, column, reason) == (5, "Created Time", "not_a_time")


def test_tiktok_shop_as_a_workbook_without_the_describing_row(tmp_path):
    [report] = load(tmp_path / "case", sheet_file(tmp_path / "a.xlsx", HEADERS, [item()]))
    assert (report.rows_loaded, report.blank_rows) == (1, 0)


def test_status_words(tmp_path):
    unknown = {"Order Substatus": "?", "Order Status": "?"}
    expected = [
        ("paid", {"Order Substatus": "รอจัดส่ง"}),
        ("shipped", {"Order Substatus": "อยู่ระหว่างขนส่ง"}),
        ("completed", {"Order Substatus": "จัดส่งสำเร็จ"}),
        ("closed", {"Order Substatus": "ยกเลิกแล้ว"}),
        ("paid", {"Order Substatus": "?", "Order Status": "To ship"}),
        ("completed", unknown),
        ("closed", {**unknown, "Cancelled Time": "06/06/2026 01:00:00"}),
        ("shipped", {**unknown, "Delivered Time": ""}),
    ]
    rows = [item(**cells) for _, cells in expected]
    [report] = load(tmp_path / "case", text_file(tmp_path / "a.csv", HEADERS, rows))
    found = [r["status"] for r in loaded(tmp_path / "case", report)]
    assert found == [status for status, _ in expected]
