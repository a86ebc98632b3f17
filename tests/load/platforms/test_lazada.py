"""Lazada orders, under their real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import VARIANTS, load, loaded, quarantined, sheet_file

HEADERS = VARIANTS["lazada"]["all_orders_77col"]["headers"]


def unit(**cells):
    row = {
        "orderItemId": "90001",
        "sellerSku": "TS-RED-M",
        "lazadaSku": "123_TH-456",
        "createTime": "03 Jun 2026 20:41",
        "orderNumber": "845123456789012",
        "deliveredDate": "07 Jun 2026 13:21",
        "customerName": "น***า",
        "customerEmail": "a***@example.com",
        "shippingName": "น***า ส***",
        "shippingAddress": "1 ถนน",
        "shippingPhone": "66*****12",
        "shippingCity": "Bangkok",
        "shippingPostCode": "10110",
        "shippingCountry": "Thailand",
        "shippingRegion": "Khlong Toei",
        "payMethod": "COD",
        "paidPrice": "199.75",
        "unitPrice": "235.00",
        "sellerDiscountTotal": "-23.50",
        "platformDiscountTotal": "-11.75",
        "shippingFee": "20.00",
        "itemName": "T-shirt",
        "variation": "Red, M",
        "shippingProvider": "Flash",
        "trackingCode": "TH55001",
        "status": "confirmed",
        "refundAmount": "0",
        "sellerNote": "VIP",
    }
    return {**row, **cells}


def test_lazada(tmp_path):
    rows = [unit(), unit(orderItemId="90002"), unit(createTime=""), unit(paidPrice="x")]
    [report] = load(tmp_path / "case", sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    assert (report.format, report.table) == ("lazada_orders", "orders")
    first, second = loaded(tmp_path / "case", report)
    assert first == {
        "order_id": "845123456789012",
        "line_id": "90001",
        "created_at": datetime(2026, 6, 3, 20, 41),
        "completed_at": datetime(2026, 6, 7, 13, 21),
        "status": "completed",
        "aftersale_status": None,
        "buyer_id": "a***@example.com",
        "buyer_name": "น***า ส***",
        "phone": "66*****12",
        "address": "1 ถนน",
        "province": "Khlong Toei",
        "city": "Bangkok",
        "postcode": "10110",
        "country": "Thailand",
        "product_id": "123_TH-456",
        "sku": "Red, M",
        "seller_sku": "TS-RED-M",
        "product_title": "T-shirt",
        "quantity": 1,
        "unit_price": Decimal("235"),
        "shipping_amount": Decimal("20"),
        # |−23.50 − 11.75|
        "discount_amount": Decimal("35.25"),
        "paid_amount": Decimal("199.75"),
        "refund_amount": Decimal("0"),
        "currency": "CNY",
        "payment_method": "COD",
        "carrier": "Flash",
        "tracking_no": "TH55001",
        "seller_memo": "VIP",
        "close_reason": None,
        "source_file": report.sha256,
        "source_row": 2,
    }
    # Two pieces are two rows of one order, and both are paid for.
    assert (second["order_id"], second["line_id"]) == ("845123456789012", "90002")
    assert second["paid_amount"] == Decimal("199.75")
    assert [(row, reason) for row, _, _, reason in quarantined(tmp_path / "case", report)] == [
        (4, "required"),
        (5, "not_an_amount"),
    ]


def test_status_words(tmp_path):
    expected = [
        ("shipped", None, {"status": "shipped"}),
        ("closed", None, {"status": "canceled"}),
        ("closed", "returned", {"status": "returned"}),
        ("closed", "Package Returned", {"status": "Package Returned"}),
        ("shipped", "Lost by 3PL", {"status": "Lost by 3PL"}),
        ("completed", None, {"status": "?"}),
        ("shipped", None, {"status": "?", "deliveredDate": ""}),
        ("pending", None, {"status": "?", "deliveredDate": "", "trackingCode": ""}),
    ]
    rows = [unit(**cells) for _, _, cells in expected]
    [report] = load(tmp_path / "case", sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    found = [(r["status"], r["aftersale_status"]) for r in loaded(tmp_path / "case", report)]
    assert found == [(status, aftersale) for status, aftersale, _ in expected]
