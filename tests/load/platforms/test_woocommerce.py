"""The WooCommerce Analytics report, under its real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import VARIANTS, load, loaded, quarantined, text_file

HEADERS = VARIANTS["woocommerce"]["analytics_orders_10col"]["headers"]


def order(**cells):
    row = {
        "Date": "2026-01-02 10:11:12",
        "Order #": "1001",
        "N. Revenue (formatted)": "$1,234.50",
        "Status": "completed",
        "Customer": "Ann Lee",
        "Customer type": "returning",
        "Product(s)": "2× Mug, 1× Cup",
        "Items sold": "3",
        "Coupon(s)": "SAVE",
        "Net Sales": "1200",
    }
    return {**row, **cells}


def test_woocommerce(tmp_path):
    rows = [
        order(),
        # What is left after a partial refund stands behind the total.
        order(**{"Order #": "#1002", "N. Revenue (formatted)": "£20.00 £15.00"}),
        order(**{"Order #": "1003", "N. Revenue (formatted)": "kr 8.25", "Status": "refunded"}),
        order(**{"Order #": "1004", "N. Revenue (formatted)": "free"}),
    ]
    [report] = load(tmp_path / "case", text_file(tmp_path / "a.csv", HEADERS, rows))
    assert (report.format, report.table) == ("woocommerce_orders", "orders")
    first, second, third = loaded(tmp_path / "case", report)
    assert first == {
        "order_id": "1001",
        "created_at": datetime(2026, 1, 2, 10, 11, 12),
        "status": "completed",
        "buyer_name": "Ann Lee",
        "product_title": "2× Mug, 1× Cup",
        "quantity": 3,
        "goods_amount": Decimal("1200"),
        "paid_amount": Decimal("1234.5"),
        "refund_amount": None,
        "currency": "CNY",
        "source_file": report.sha256,
        "source_row": 2,
    }
    assert (second["order_id"], second["paid_amount"]) == ("1002", 20)
    assert second["refund_amount"] is None
    assert (third["status"], third["refund_amount"]) == ("closed", Decimal("8.25"))
    assert [row for row, *_ in quarantined(tmp_path / "case", report)] == [5]


def test_status_words(tmp_path):
    words = {
        "processing": "paid",
        "on-hold": "pending",
        "cancelled": "closed",
        "failed": "closed",
        "awaiting-pickup": "pending",
    }
    rows = [order(Status=word) for word in words]
    [report] = load(tmp_path / "case", text_file(tmp_path / "a.csv", HEADERS, rows))
    assert [r["status"] for r in loaded(tmp_path / "case", report)] == list(words.values())
    assert report.words_unknown == {"Status": {"awaiting-pickup": 1}}


def test_a_decimal_comma_shown_by_whole_amounts_holds_for_refunded_ones_too(tmp_path):
    rows = [
        order(**{"N. Revenue (formatted)": "1.234,50 €"}),
        order(**{"Order #": "1002", "N. Revenue (formatted)": "20,00 € 15,00 €"}),
    ]
    [report] = load(tmp_path / "case", text_file(tmp_path / "a.csv", HEADERS, rows))
    found = [row["paid_amount"] for row in loaded(tmp_path / "case", report)]
    assert found == [Decimal("1234.5"), 20]
