"""Amazon's settlement and unshipped reports, and the older All Orders, with values by hand."""

from datetime import datetime
from decimal import Decimal

import pytest

from tests.load.made import VARIANTS, load, loaded, quarantined, text_file

AMAZON = VARIANTS["amazon"]
SETTLEMENT = AMAZON["settlement_v2_24col"]["headers"]


def amount(**cells):
    row = {
        "settlement-id": "17651234561",
        "transaction-type": "Order",
        "order-id": "111-1234567-1234567",
        "marketplace-name": "Amazon.co.uk",
        "amount-type": "ItemPrice",
        "amount-description": "Principal",
        "amount": "40.00",
        "posted-date": "2026-01-05",
        "posted-date-time": "2026-01-05T10:00:00+00:00",
        "sku": 'SH-12"',
        "quantity-purchased": "2",
    }
    return {**row, **{name.replace("_", "-"): value for name, value in cells.items()}}


SUMMARY = {
    "settlement-id": "17651234561",
    "settlement-start-date": "2026-01-01T00:00:00+00:00",
    "settlement-end-date": "2026-01-15T00:00:00+00:00",
    "deposit-date": "2026-01-17T00:00:00+00:00",
    "total-amount": "33.60",
    "currency": "GBP",
}


def test_settlement(tmp_path):
    rows = [
        SUMMARY,
        amount(),
        amount(amount_type="ItemFees", amount_description="Commission", amount="-6.40"),
        amount(transaction_type="other-transaction", amount_type="other-transaction",
               amount_description="", order_id="", marketplace_name="", amount="0"),
        amount(amount="lots"),
        amount(posted_date_time="", posted_date=""),
    ]  # fmt: skip
    file = text_file(tmp_path / "1.txt", SETTLEMENT, rows, delimiter="\t")
    [report] = load(tmp_path / "case", file, currency="EUR")
    assert (report.format, report.table) == ("amazon_settlement", "payments")
    assert (report.rows_read, report.rows_loaded, report.rows_skipped) == (5, 3, 1)
    first, fee, other = loaded(tmp_path / "case", report)
    assert first == {
        "posted_at": datetime(2026, 1, 5, 18),
        "amount": Decimal("40"),
        "direction": "in",
        "order_id": "111-1234567-1234567",
        "kind": "Order / ItemPrice / Principal",
        "reference_id": "17651234561",
        "currency": "GBP",
        "source_file": report.sha256,
        "source_row": 3,
    }
    assert (fee["amount"], fee["direction"]) == (Decimal("6.4"), "out")
    assert fee["kind"] == "Order / ItemFees / Commission"
    assert (other["amount"], other["direction"], other["currency"]) == (0, "in", "EUR")
    assert other["order_id"] is None
    assert [(row, reason) for row, _, _, reason in quarantined(tmp_path / "case", report)] == [
        (6, "not_an_amount"),
        (7, "required"),
    ]


def test_settlement_of_another_country_behind_a_name_and_blank_lines(tmp_path):
    rows = [
        amount(amount="1.040,50", posted_date_time="05.01.2026 10:00:00 UTC"),
        amount(amount="-0,99", posted_date_time="2026-01-05 10:00:00 UTC"),
    ]
    file = text_file(tmp_path / "1.txt", SETTLEMENT, rows, delimiter="\t")
    file.write_bytes(b"Mugs GmbH\r\n\r\n" + file.read_bytes())
    [report] = load(tmp_path / "case", file)
    first, second = loaded(tmp_path / "case", report)
    assert report.header_row == 3
    assert (first["amount"], second["amount"]) == (Decimal("1040.5"), Decimal("0.99"))
    assert first["posted_at"] == second["posted_at"] == datetime(2026, 1, 5, 18)


def test_unshipped_orders_say_what_orders_consist_of(tmp_path):
    row = {
        "order-id": "111-1234567-1234567",
        "order-item-id": "9",
        "purchase-date": "2026-01-02T23:30:00+00:00",
        "payments-date": "2026-01-02T23:30:00+00:00",
        "buyer-email": "x@marketplace.amazon.com",
        "sku": "SH-12",
        "product-name": 'Shelf 12" wide',
        "quantity-purchased": "2",
        "quantity-to-ship": "2",
        "recipient-name": "Ann Lee",
    }
    rows = [row, {**row, "order-id": ""}]
    headers = AMAZON["unshipped_orders_report"]["headers"]
    file = text_file(tmp_path / "1.txt", headers, rows, delimiter="\t")
    [report] = load(tmp_path / "case", file)
    assert (report.format, report.table) == ("amazon_unshipped", "order_lines")
    assert loaded(tmp_path / "case", report) == [
        {
            "order_id": "111-1234567-1234567",
            "line_id": "9",
            "seller_sku": "SH-12",
            "product_title": 'Shelf 12" wide',
            "quantity": 2,
            "source_file": report.sha256,
            "source_row": 2,
        }
    ]
    assert quarantined(tmp_path / "case", report) == [(3, "order-id", "", "required")]


@pytest.mark.parametrize(
    "variant",
    [
        "all_orders_31col_by_last_update",
        "all_orders_33col_by_order_date",
        "all_orders_legacy_with_url",
    ],
)
def test_every_all_orders_layout(tmp_path, variant):
    row = {
        "amazon-order-id": "111-1234567-1234567",
        "purchase-date": "2026-01-02T10:00:00Z",
        "order-status": "Shipped",
        "sku": "SH-12",
        "quantity": "1",
        "currency": "USD",
        "item-price": "40.00",
        "item-tax": "3.20",
    }
    file = text_file(tmp_path / "1.txt", AMAZON[variant]["headers"], [row], delimiter="\t")
    [report] = load(tmp_path / "case", file)
    [first] = loaded(tmp_path / "case", report)
    assert report.format == "amazon_all_orders"
    assert (first["paid_amount"], first["seller_sku"]) == (Decimal("43.2"), "SH-12")
