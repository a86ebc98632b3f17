"""The whole report: in both languages, without a trace of personal data, true to its parts."""

import re

import pytest

from workbench.load import LoadReport
from workbench.quality import quality_report, report_tables, summary_lines

from .made import NOW, tables_of

PERSONAL = ["tb_ann88", "13800138000", "138****8000", "张小三", "王*", "幸福路 12 号", "Ann Lee"]
NEEDS = {"shared_phone": ("orders.phone | orders.device",), "own": ("orders.ip",)}


def reports_of(sha256):
    return [
        LoadReport(
            file="订单.csv",
            sha256=sha256,
            table="orders",
            format="x",
            reasons={"en": "a header", "zh": "表头"},
            encoding="utf-8",
            delimiter=",",
            header_row=1,
            rows_read=3,
            rows_loaded=3,
        )
    ]


@pytest.fixture(scope="module")
def report():
    columns = (
        "order_id created_at paid_at buyer_id phone buyer_name address tracking_no source_file"
    )
    rows = [
        (
            "1",
            "2025-05-02",
            "2025-05-01",
            "tb_ann88",
            "13800138000",
            "张小三",
            "幸福路 12 号",
            "W1",
        ),
        ("1", "2025-05-02", "2025-05-03", "Ann Lee", "138****8000", "王*", "幸福路 12 号", "W1"),
        ("2", "2025-05-04", "2025-05-05", "tb_ann88", "138****8000", "王*", "幸福路 12 号", "W1"),
    ]
    tables = tables_of(
        orders=(columns, [(*row, "abc") for row in rows]),
        shipments=("tracking_no order_id shipped_at", [("W1", "2", "2025-05-04 10:00")]),
    )
    return quality_report(tables, reports_of("abc"), needs=NEEDS, now=NOW, platform="taobao")


def text_of(report, language):
    tables = report_tables(report, language)
    cells = [str(v) for t in tables.values() for v in t.to_numpy().ravel()]
    return "\n".join([*tables, *(str(c) for t in tables.values() for c in t.columns), *cells])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_personal_data_is_in_it(report, language):
    for value in PERSONAL:
        assert value not in text_of(report, language)
    for frame in (report.odd_values.examples, report.repeats, report.identifiers, report.checks):
        assert not any(
            value in str(cell) for value in PERSONAL for cell in frame.to_numpy().ravel()
        )


def test_the_sentences_are_true_to_the_parts(report):
    assert summary_lines(report, "en") == [
        "Rows read: 3 = 3 loaded + 0 quarantined; files: 1.",
        "Impossible: paid before the order was placed (orders: paid_at): 1 of 3 (33.3%).",
        "Odd: one waybill on several orders (orders: orders on one waybill): 1 of 1 (100%).",
        "1 of 1 orders with several rows disagree on paid_at.",
        "1 of 1 orders with several rows disagree on buyer_id.",
        "1 of 1 orders with several rows disagree on buyer_name.",
        "1 of 1 orders with several rows disagree on phone.",
        "No gap: from 2025-05-02 to 2025-05-04 no day without orders that the shop's rhythm would "
        "not explain.",
        "Parcels tell only of 2025-05-04 to 2025-05-04: 50.0% of the orders were placed then.",
        "phone: 66.7% masked (999****9999); too few people to tell how often strangers match.",
        "buyer_name: 66.7% masked (字*); too few people to tell how often strangers match.",
        "Cannot run: own.",
        "Run, but see less than they could: shared phone.",
    ]


def test_both_languages_tell_the_same(report):
    zh, en = report_tables(report, "zh"), report_tables(report, "en")
    assert [len(table) for table in zh.values()] == [len(table) for table in en.values()]
    assert len(summary_lines(report, "zh")) == len(summary_lines(report, "en"))
    assert all(re.search("[一-鿿]", line) for line in summary_lines(report, "zh"))
    # Tabs of a spreadsheet hold 31 characters, of which a long sheet's number takes some.
    assert all(len(heading) <= 25 for heading in [*zh, *en])


def test_an_empty_part_says_so():
    report = quality_report({}, [], needs={}, now=NOW)
    tables = report_tables(report, "en")
    assert list(tables["Repeated rows"].columns) == ["Nothing to report"]
    assert summary_lines(report, "en")[:2] == [
        "Rows read: 0 = 0 loaded + 0 quarantined; files: 0.",
        "No impossible or odd value in 0 comparisons.",
    ]
