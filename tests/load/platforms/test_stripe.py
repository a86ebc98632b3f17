"""Stripe payments, under their real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import VARIANTS, load, loaded, quarantined, text_file

LONG = VARIANTS["stripe"]["payments_export_48col"]["headers"]
SHORT = VARIANTS["stripe"]["payments_export_default_2026"]["headers"]


def charge(**cells):
    row = {
        "id": "ch_01",
        "Description": "Order 1001",
        "Created (UTC)": "2026-01-02 18:37:41",
        "Amount": "1061.86",
        "Amount Refunded": "0.00",
        "Currency": "usd",
        "Fee": "33.65",
        "Mode": "Live",
        "Status": "Paid",
        "Customer ID": "cus_1",
        "Customer Email": "ann@example.com",
        "Captured": "true",
        "Card Last4": "4242",
        "Card Name": "Ann Lee",
        "Card Fingerprint": "Xt5EWLLDS7FJjR1c",
        "Invoice ID": "in_1",
    }
    return {**row, **cells}


def test_stripe(tmp_path):
    rows = [
        charge(),
        charge(**{"id": "ch_02", "Amount Refunded": "61.86", "Status": "Refunded"}),
        charge(id="ch_03", Status="Failed"),
        charge(id="ch_04", Captured="false"),
        charge(id="ch_05", Amount="lots"),
        charge(**{"id": "ch_06", "Card Fingerprint": "", "Customer Email": ""}),
    ]
    file = text_file(tmp_path / "a.csv", [*LONG, "order_id (metadata)"], rows)
    [report] = load(tmp_path / "case", file)
    assert (report.format, report.table) == ("stripe_payments", "payments")
    assert (report.rows_read, report.rows_loaded, report.rows_skipped) == (4, 3, 2)
    first, refunded, other = loaded(tmp_path / "case", report)
    assert first == {
        "entry_id": "ch_01",
        # 18:37 UTC in Shanghai
        "posted_at": datetime(2026, 1, 3, 2, 37, 41),
        "amount": Decimal("1061.86"),
        "direction": "in",
        "counterparty": "Ann Lee",
        "counterparty_account": "Xt5EWLLDS7FJjR1c",
        "order_id": None,
        "kind": "Paid",
        "reference_id": "in_1",
        "currency": "USD",
        "memo": "Order 1001",
        "source_file": report.sha256,
        "source_row": 2,
    }
    # What was paid back has no date of its own, so it is told and not loaded as an entry.
    assert (refunded["amount"], refunded["direction"]) == (Decimal("1061.86"), "in")
    assert refunded["kind"] == "charge, later refunded"
    assert any("Amount Refunded" in note for note in report.notes["en"])
    assert other["counterparty_account"] == "cus_1"
    assert quarantined(tmp_path / "case", report) == [(6, "Amount", "lots", "not_an_amount")]


def test_stripe_default_columns_of_2026(tmp_path):
    row = {
        "id": "py_02",
        "Created date (UTC)": "2026-07-09 19:48:17",
        "Amount": "2187.95",
        "Amount Refunded": "0.00",
        "Currency": "usd",
        "Captured": "true",
        "Status": "Paid",
    }
    [report] = load(tmp_path / "case", text_file(tmp_path / "a.csv", SHORT, [row]), zone="UTC")
    assert report.format == "stripe_payments"
    assert loaded(tmp_path / "case", report) == [
        {
            "entry_id": "py_02",
            "posted_at": datetime(2026, 7, 9, 19, 48, 17),
            "amount": Decimal("2187.95"),
            "direction": "in",
            "kind": "Paid",
            "currency": "USD",
            "source_file": report.sha256,
            "source_row": 2,
        }
    ]


def test_charges_that_did_not_come_about_are_left_out(tmp_path):
    words = ("Canceled", "Blocked", "requires_payment_method", "Paid")
    rows = [charge(Status=word) for word in words]
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", LONG, rows))
    assert (report.rows_loaded, report.rows_skipped) == (1, 3)
