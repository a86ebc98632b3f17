"""Amazon reports, under their real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import AMAZON, load, loaded, quarantined, text_file


def amazon(**cells):
    row = {
        "amazon-order-id": "111-1234567-1234567",
        "purchase-date": "2026-01-02T23:30:00+00:00",
        "order-status": "Shipped",
        "sales-channel": "Amazon.com",
        "product-name": 'Shelf 12" wide, "oak"',
        "sku": "SH-12",
        "asin": "B000000001",
        "quantity": "2",
        "currency": "USD",
        "item-price": "40.00",
        "item-tax": "3.20",
        "shipping-price": "5.00",
        "shipping-tax": "0.40",
        "gift-wrap-price": "",
        "gift-wrap-tax": "",
        "item-promotion-discount": "4.00",
        "ship-promotion-discount": "",
        "ship-city": "Austin",
        "ship-state": "TX",
        "ship-postal-code": "07301",
        "ship-country": "US",
        "order-item-id": "9",
    }
    return {**row, **{name.replace("_", "-"): value for name, value in cells.items()}}


def test_amazon(tmp_path):
    rows = [
        amazon(),
        amazon(order_status="Cancelled", quantity="0", item_price="", item_tax="", currency="",
               shipping_price="", shipping_tax="", item_promotion_discount=""),
        amazon(purchase_date="2026-07-02T10:00:00Z", order_status="Unshipped"),
        amazon(item_price="", item_tax="", shipping_price="", shipping_tax="",
               item_promotion_discount=""),
    ]  # fmt: skip
    file = text_file(tmp_path / "12345.txt", AMAZON, rows, delimiter="\t")
    [report] = load(tmp_path, file, currency="EUR")
    assert (report.format, report.delimiter) == ("amazon_all_orders", "\t")
    first, cancelled, summer = loaded(tmp_path, report)
    assert first["product_title"] == 'Shelf 12" wide, "oak"'
    assert first["created_at"] == datetime(2026, 1, 3, 7, 30)
    assert summer["created_at"] == datetime(2026, 7, 2, 18)
    # 40 + 3.20 + 5 + 0.40 − 4
    assert first["paid_amount"] == Decimal("44.6")
    assert first["discount_amount"] == Decimal("4")
    assert (first["status"], first["currency"], first["postcode"]) == ("shipped", "USD", "07301")
    assert (cancelled["status"], cancelled["paid_amount"]) == ("closed", Decimal(0))
    assert cancelled["currency"] == "EUR"
    # A shipped order without any price is not taken for a free one.
    assert [(row, reason) for row, _, _, reason in quarantined(tmp_path, report)] == [
        (5, "no_rule")
    ]


def test_amazon_latin_text_is_not_taken_for_chinese(tmp_path):
    rows = [amazon(ship_city="Málaga"), amazon(ship_city="Logroño")]
    file = text_file(tmp_path / "a.txt", AMAZON, rows, delimiter="\t", encoding="cp1252")
    [report] = load(tmp_path, file)
    assert report.encoding == "cp1252"
    assert [row["city"] for row in loaded(tmp_path, report)] == ["Málaga", "Logroño"]


def test_amazon_japan(tmp_path):
    rows = [amazon(ship_city="大阪市", sales_channel="Amazon.co.jp", currency="JPY")]
    file = text_file(tmp_path / "a.txt", AMAZON, rows, delimiter="\t", encoding="cp932")
    [report] = load(tmp_path, file)
    assert report.encoding == "cp932"
    assert loaded(tmp_path, report)[0]["city"] == "大阪市"
