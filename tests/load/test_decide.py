"""What is decided for whole columns: which number of a date is the day, and the decimal sign."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.load.made import ORDERS, load, loaded, order, quarantined, text_file
from workbench.errors import BadInput
from workbench.load.clean import stripped
from workbench.load.day_order import READINGS, DayOrder, form_reading
from workbench.load.decimal_sign import DecimalSign

GOOD = """table = "orders"
[columns]
order_id = "no"
created_at = "when"
paid_at = "paid"
paid_amount = "sum"
status = { constant = "paid" }
"""


def orders_of(folder: Path, *cells: str, column: str = "created_at", **options):
    """The report and the values of canonical orders with these cells in a column."""
    rows = [order(n, **{column: cell}) for n, cell in enumerate(cells, start=2)]
    [report] = load(folder / "case", text_file(folder / "a.csv", ORDERS, rows), **options)
    assert report.rows_read == report.rows_loaded + report.rows_quarantined
    return report, [row[column] for row in loaded(folder / "case", report)]


@pytest.mark.parametrize(
    ("cells", "days", "why"),
    [
        (
            ("03/04/2026", "23/04/2026 10:05"),
            (datetime(2026, 4, 3), datetime(2026, 4, 23, 10, 5)),
            "created_at: dates are read day first, because row 3 is 23/04/2026 10:05",
        ),
        (
            ("3/4/2026 9:05 PM", "4/23/2026, 12:00:07 am"),
            (datetime(2026, 3, 4, 21, 5), datetime(2026, 4, 23, 0, 0, 7)),
            "created_at: dates are read month first, because row 3 is 4/23/2026, 12:00:07 am",
        ),
        (
            ("03.04.26", "05.04.26", "23.04.26"),
            (datetime(2026, 4, 3), datetime(2026, 4, 5), datetime(2026, 4, 23)),
            "day first, because row 4 is 23.04.26",
        ),
        (
            ("26-04-03", "26-04-30"),
            (datetime(2026, 4, 3), datetime(2026, 4, 30)),
            "year first, because row 2 is 26-04-03",
        ),
    ],
)
def test_the_column_says_which_number_is_the_day(tmp_path, cells, days, why):
    report, values = orders_of(tmp_path, *cells)
    assert values == list(days)
    assert why in report.notes["en"][0]
    assert cells[-1] in report.notes["zh"][0] or cells[0] in report.notes["zh"][0]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("Jan-05-26", datetime(2026, 1, 5)),
        ("05 Jan 2026", datetime(2026, 1, 5)),
        ("January 5, 2026 3:05 PM", datetime(2026, 1, 5, 15, 5)),
        ("Mon, 05 Jan 2026 13:05:07", datetime(2026, 1, 5, 13, 5, 7)),
        ("5-MAY-2026", datetime(2026, 5, 5)),
        ("2026年1月5日 13:05", datetime(2026, 1, 5, 13, 5)),
        ("2026/1/5 下午 03:05:00", datetime(2026, 1, 5, 15, 5)),
        ("2026-01-05 12:05:00 AM", datetime(2026, 1, 5, 0, 5)),
    ],
)
def test_dates_that_need_no_decision(tmp_path, cell, moment):
    report, values = orders_of(tmp_path, cell)
    assert (values, report.date_order) == ([moment], {})


def test_a_date_like_no_other_is_quarantined_not_guessed(tmp_path):
    report, values = orders_of(tmp_path, "2026-01-05", "31/31/2026", "05 Foo 2026", "1/2/3")
    assert (values, report.rows_quarantined) == ([datetime(2026, 1, 5)], 3)


def test_undecidable_dates_are_asked_about(tmp_path):
    with pytest.raises(BadInput) as error:
        orders_of(tmp_path, "03/04/2026", "2026-01-02", "05/06/2026")
    told = str(error.value)
    assert "a.csv, column created_at; for example row 2: 03/04/2026" in told
    assert "--dates day-first or month-first" in told
    report, values = orders_of(tmp_path, "03/04/2026", "05/06/2026", dates="month-first")
    assert values == [datetime(2026, 3, 4), datetime(2026, 5, 6)]
    assert report.date_order == {"created_at": "month-first"}
    assert report.notes["en"] == ["created_at: dates are read month first, as you said"]


def test_another_answer_reads_the_file_anew(tmp_path):
    orders_of(tmp_path, "03/04/2026", dates="month-first")
    report, values = orders_of(tmp_path, "03/04/2026", dates="day-first")
    assert (report.already_loaded, values) == (False, [datetime(2026, 4, 3)])


def test_days_that_are_their_own_month_need_no_decision(tmp_path):
    assert orders_of(tmp_path, "04/04/2026")[1] == [datetime(2026, 4, 4)]


def test_contradicting_dates_name_a_row_of_each_kind(tmp_path):
    cells = ("03/04/2026", "23/04/2026", "04/24/2026")
    with pytest.raises(BadInput) as error:
        orders_of(tmp_path, *cells)
    assert "row 3: 23/04/2026 is not month-first" in str(error.value)
    assert "row 4: 04/24/2026 is not day-first" in str(error.value)
    _, values = orders_of(tmp_path, *cells, dates="day-first")
    assert values == [datetime(2026, 4, 3), datetime(2026, 4, 23)]


def mapped(folder: Path, mapping: str, text: str, **options):
    """The report and the rows of a text under a mapping."""
    (folder / "m.toml").write_text(mapping, "utf-8")
    (folder / "a.csv").write_text(text, "utf-8")
    options = {"mapping": folder / "m.toml", **options}
    [report] = load(folder / "case", folder / "a.csv", **options)
    return report, loaded(folder / "case", report)


def test_a_column_that_cannot_tell_follows_one_that_can(tmp_path):
    text = "no,when,paid,sum\n1,03/04/2026,23/04/2026,1\n2,05/06/2026,24/06/2026,1\n"
    report, rows = mapped(tmp_path, GOOD, text)
    assert [row["created_at"] for row in rows] == [datetime(2026, 4, 3), datetime(2026, 6, 5)]
    assert "when: dates are read day first, as in paid" in report.notes["en"]


@pytest.mark.parametrize(("day", "expected"), [("23/04/2026", 3), ("04/23/2026", 4)])
def test_times_of_both_orders_are_decided(tmp_path, day, expected):
    mapping = 'times = ["%d/%m/%Y", "%m/%d/%Y"]\n' + GOOD
    text = f"no,when,paid,sum\n1,03/04/2026,,1\n2,{day},,1\n"
    assert mapped(tmp_path, mapping, text)[1][0]["created_at"].day == expected


def test_a_format_that_fixes_the_order_is_believed(tmp_path):
    text = "no,when,paid,sum\n1,03/04/2026,,1\n2,23/04/2026,,1\n"
    _, rows = mapped(tmp_path, 'times = ["%m/%d/%Y"]\n' + GOOD, text)
    assert [row["created_at"] for row in rows] == [datetime(2026, 3, 4)]
    report, rows = mapped(tmp_path, 'dates = "day-first"\n' + GOOD, text)
    assert [row["created_at"].month for row in rows] == [4, 4]
    assert report.date_order == {}


def test_a_year_of_two_digits_is_not_the_year_26(tmp_path):
    text = "no,when,paid,sum\n1,26-01-02,,1\n"
    report, _ = mapped(tmp_path, 'times = ["%Y-%m-%d"]\n' + GOOD, text)
    assert quarantined(tmp_path / "case", report) == [(2, "when", "26-01-02", "not_a_time")]


def looked_at(found, cells):
    """`found` after a look at the cells of rows 2, 3, …"""
    column = pa.chunked_array([cells], pa.string())
    found.add(stripped(column), pa.chunked_array([list(range(2, 2 + len(cells)))], pa.int64()))
    return found


FORMS = {"day-first": "%d/%m/%Y", "month-first": "%m/%d/%Y", "year-first": "%y/%m/%d"}


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1)), min_size=1, max_size=30),
    st.sampled_from(READINGS),
)
def test_the_true_order_is_never_ruled_out(times, truth):
    found = looked_at(DayOrder(), [f"{moment:{FORMS[truth]}}" for moment in times])
    assert truth in found.left
    rivals = {reading: form for reading, form in FORMS.items() if reading not in found.left}
    for reading, (_, cell) in found.against.items():
        with pytest.raises(ValueError, match=r"does not match|unconverted|out of range"):
            datetime.strptime(cell, rivals[reading])
    if len(found.left) > 1 and truth != "year-first":
        assert all(moment.day <= 12 for moment in times)


@settings(max_examples=8, deadline=None)
@given(
    st.lists(st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1)), min_size=1, max_size=12),
    st.sampled_from(["day-first", "month-first"]),
    st.sampled_from("/-."),
    st.sampled_from(["", " %H:%M", " %H:%M:%S", " %I:%M %p", ", %I:%M:%S %p"]),
)
def test_dates_come_back_as_they_were_written(tmp_path_factory, times, truth, sign, clock):
    date = FORMS[truth].replace("/", sign)
    shown = [f"{moment:{date}{clock}}" for moment in times]
    expected = [datetime.strptime(cell, date + clock) for cell in shown]
    _, values = orders_of(tmp_path_factory.mktemp("d"), *shown, dates=truth)
    assert values == expected


def test_forms_say_which_number_comes_first():
    assert form_reading("%d/%m/%Y %H:%M") == "day-first"
    assert form_reading("%m-%d-%y") == "month-first"
    assert form_reading("%y%m%d") == "year-first"
    assert {form_reading(form) for form in ("%Y-%m-%d", "%b-%d-%y", "%H:%M")} == {""}


@pytest.mark.parametrize(
    ("cells", "amounts", "sign"),
    [
        (("12,50", "1.234", "1.234,5", "7"), ("12.5", "1234", "1234.5", "7"), "comma"),
        (("12.50", "1,234", "1,234.5", "7"), ("12.5", "1234", "1234.5", "7"), "point"),
        (("1,234", "2,000"), ("1234", "2000"), None),
        (("₫12.000", "350.000 ₫"), ("12000", "350000"), "comma"),
        (("Rp12.000", "Rp 1.350.000"), ("12000", "1350000"), "comma"),
        (("12,50 €", "-3,5", "1\u00a0234,50"), ("12.5", "-3.5", "1234.5"), "comma"),
        (("SGD 12.00", "RM12.00", "฿1,299.00", "R$ 5.10"), ("12", "12", "1299", "5.1"), "point"),
        (("0.250", "1.234"), ("0.25", "1.234"), "point"),
        (("12.00 kr.", "Rs. 1,200.50"), ("12", "1200.5"), "point"),
    ],
)
def test_the_column_says_what_its_decimal_sign_is(tmp_path, cells, amounts, sign):
    report, values = orders_of(tmp_path, *cells, column="paid_amount")
    assert values == [Decimal(amount) for amount in amounts]
    assert report.decimal_sign.get("paid_amount") == sign
    assert any("decimal comma" in note for note in report.notes["en"]) == (sign == "comma")


def test_an_amount_against_its_column_is_quarantined(tmp_path):
    _, values = orders_of(tmp_path, "12.50", "12,50", "1.234", column="paid_amount")
    assert values == [Decimal("12.5"), Decimal("1.234")]


def test_undecidable_amounts_are_asked_about(tmp_path):
    with pytest.raises(BadInput) as error:
        orders_of(tmp_path, "12.000", "3", column="paid_amount")
    assert "column paid_amount; for example row 2: 12.000" in str(error.value)
    assert "--decimals" in str(error.value)
    for sign, amount in (("point", 12), ("comma", 12000)):
        _, values = orders_of(tmp_path, "12.000", "3", column="paid_amount", decimals=sign)
        assert values == [amount, 3]


def test_conditions_on_amounts_know_the_decimal_sign(tmp_path):
    mapping = GOOD.replace(
        'status = { constant = "paid" }',
        'status = [{ constant = "closed", when = { header = "sum", negative = true } },'
        ' { constant = "paid" }]',
    )
    text = 'no,when,paid,sum\n1,2026-01-02,,"-12,5"\n2,2026-01-02,,"1,25"\n'
    assert [row["status"] for row in mapped(tmp_path, mapping, text)[1]] == ["closed", "paid"]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.decimals(-(10**7), 10**7, places=2), min_size=1, max_size=20),
    st.booleans(),
    st.sampled_from(["{}", "€{}", "{} €", "SGD {}", "{} kr."]),
)
def test_two_places_always_tell_the_decimal_sign(amounts, comma, written):
    cells = [written.format(f"{amount:,.2f}") for amount in amounts]
    if comma:
        cells = [cell.translate(str.maketrans(",.", ".,")) for cell in cells]
        cells = [cell.replace("kr,", "kr.") for cell in cells]
    found = looked_at(DecimalSign(), cells)
    assert (found.comma is not None, found.point is not None) == (comma, not comma)


def test_the_zone_is_recorded(tmp_path):
    assert orders_of(tmp_path, "2026-01-02", zone="Europe/Berlin")[0].zone == "Europe/Berlin"
    report, _ = mapped(
        tmp_path, 'zone = "Asia/Tokyo"\n' + GOOD, "no,when,paid,sum\n1,2026-01-02,,1\n"
    )
    assert report.zone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("entry", "said"),
    [('dates = "us"', "`dates` is auto"), ('decimal = ","', "`decimal` is auto")],
)
def test_what_a_mapping_may_not_say(tmp_path, entry, said):
    with pytest.raises(BadInput, match=said):
        mapped(tmp_path, entry + "\n" + GOOD, "no,when,paid,sum\n")
