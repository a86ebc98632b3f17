"""The PayPal activity report, under its real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

import pytest

from tests.load.made import VARIANTS, load, loaded, quarantined, text_file
from workbench.errors import BadInput

HEADERS = VARIANTS["paypal"]["activity_report_41col"]["headers"]


def entry(**cells):
    row = {
        "Date": "01/23/2026",
        "Time": "13:57:10",
        "TimeZone": "PST",
        "Name": "Ann Lee",
        "Type": "Express Checkout Payment",
        "Status": "Completed",
        "Currency": "USD",
        "Gross": "1,042.92",
        "Fee": "-36.80",
        "Net": "1,006.12",
        "From Email Address": "ann@example.com",
        "To Email Address": "shop@example.com",
        "Transaction ID": "91C639911G078574E",
        "Reference Txn ID": "B-34X4798607464050W",
        "Invoice Number": "1001",
        "Balance": "2,000.00",
        "Note": "thanks",
        "Balance Impact": "Credit",
    }
    return {**row, **cells}


def quoted(path, rows):
    """As PayPal writes it: UTF-8 with BOM, every cell in quotation marks."""
    lines = [HEADERS, *([row.get(header, "") for header in HEADERS] for row in rows)]
    text = "".join(",".join(f'"{cell}"' for cell in line) + "\r\n" for line in lines)
    path.write_bytes(text.encode("utf-8-sig"))
    return path


def test_paypal(tmp_path):
    rows = [
        entry(),
        entry(**{"Type": "Payment Refund", "Gross": "-42.92", "To Email Address": "ann@example.com",
                 "From Email Address": "shop@example.com", "Balance Impact": "Debit"}),
        entry(**{"Type": "General Authorization", "Status": "Pending", "Balance Impact": "Memo"}),
        entry(Gross="much"),
        entry(Time=""),
    ]  # fmt: skip
    [report] = load(tmp_path / "case", quoted(tmp_path / "a.csv", rows))
    assert (report.format, report.table) == ("paypal_activity", "payments")
    assert (report.rows_read, report.rows_skipped) == (4, 1)
    first, refund = loaded(tmp_path / "case", report)
    assert first == {
        "entry_id": "91C639911G078574E",
        # 13:57 in Los Angeles is 05:57 of the next day in Shanghai.
        "posted_at": datetime(2026, 1, 24, 5, 57, 10),
        "amount": Decimal("1042.92"),
        "direction": "in",
        "counterparty": "Ann Lee",
        "counterparty_account": "ann@example.com",
        "order_id": "1001",
        "kind": "Express Checkout Payment",
        "reference_id": "B-34X4798607464050W",
        "currency": "USD",
        "balance": Decimal("2000"),
        "memo": "thanks",
        "source_file": report.sha256,
        "source_row": 2,
    }
    assert (refund["direction"], refund["amount"]) == ("out", Decimal("42.92"))
    assert refund["counterparty_account"] == "ann@example.com"
    assert [(row, reason) for row, _, _, reason in quarantined(tmp_path / "case", report)] == [
        (5, "not_an_amount"),
        (6, "not_a_time"),
    ]


def test_the_whole_column_says_whether_the_day_comes_first(tmp_path):
    rows = [entry(Date="03/04/2026"), entry(Date="23/04/2026")]
    [report] = load(tmp_path / "case", quoted(tmp_path / "a.csv", rows))
    assert [row["posted_at"] for row in loaded(tmp_path / "case", report)] == [
        datetime(2026, 4, 4, 5, 57, 10),
        datetime(2026, 4, 24, 5, 57, 10),
    ]


def test_days_that_could_be_months_are_not_guessed(tmp_path):
    file = quoted(tmp_path / "a.csv", [entry(Date="03/04/2026")])
    with pytest.raises(BadInput, match="which number is the day"):
        load(tmp_path / "case", file)
    [report] = load(tmp_path / "case", file, dates="month-first")
    assert loaded(tmp_path / "case", report)[0]["posted_at"] == datetime(2026, 3, 5, 5, 57, 10)


def test_a_zone_of_several_meanings_is_not_guessed_but_told(tmp_path):
    rows = [entry(TimeZone="CET"), entry(TimeZone="CST"), entry(TimeZone="")]
    [report] = load(tmp_path / "case", quoted(tmp_path / "a.csv", rows))
    assert [row["posted_at"] for row in loaded(tmp_path / "case", report)] == [
        datetime(2026, 1, 23, 20, 57, 10),
        datetime(2026, 1, 23, 13, 57, 10),
        datetime(2026, 1, 23, 13, 57, 10),
    ]
    assert report.words_unknown == {"TimeZone": {"CST": 1}}


def test_a_decimal_comma(tmp_path):
    rows = [entry(Gross="1.042,92", Balance="2.000,00"), entry(Gross="-42,90", Balance="7,00")]
    [report] = load(tmp_path / "case", quoted(tmp_path / "a.csv", rows))
    found = [(r["amount"], r["direction"], r["balance"]) for r in loaded(tmp_path / "case", report)]
    assert found == [(Decimal("1042.92"), "in", 2000), (Decimal("42.9"), "out", 7)]


def test_a_cut_of_the_columns_is_recognised(tmp_path):
    some = ["Date", "Time", "Name", "Gross", "Transaction ID", "Balance Impact"]
    row = {name: entry()[name] for name in some}
    [report] = load(tmp_path / "case", text_file(tmp_path / "a.csv", some, [row]))
    assert (report.format, report.rows_loaded) == ("paypal_activity", 1)
    assert loaded(tmp_path / "case", report)[0]["posted_at"] == datetime(2026, 1, 23, 13, 57, 10)
