"""Cells: what is read, what is not, against a plain reference written a second time in Python."""

import re
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engine import connect
from workbench.load.cells import add_macros, time_sql, word_key
from workbench.load.clean import clean_cells
from workbench.load.formats import DEFAULT_TIMES

CONNECTION = connect(threads=1)
add_macros(CONNECTION)


def run(sql: str, cells: list) -> list:
    """The SQL over the column v, for each cell."""
    table = pa.table({"n": range(len(cells)), "v": pa.array(cells, pa.string())})
    CONNECTION.con.register("cells", table)
    rows = CONNECTION.con.execute(f"SELECT {sql} FROM cells ORDER BY n").fetchall()
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12.50", "12.5"),
        ("-3", "-3"),
        ("+3", "3"),
        (".5", "0.5"),
        ("5.", "5"),
        ("0.00005", "0.0001"),
        ("-0.00005", "-0.0001"),
        ("0.00004", "0"),
        ("1,234.50", "1234.5"),
        ("12,345,678", "12345678"),
        ("￥1,234.50元", "1234.5"),
        ("-¥12.00", "-12"),
        ("¥-12.00", "-12"),
        ("USD 12.00", "12"),
        ("12.00 EUR", "12"),
        ("１２．５", "12.5"),
        ("0元", "0"),
        ("12,34", None),
        ("1.234,50", None),
        ("1e3", None),
        ("1_000", None),
        ("1.2.3", None),
        ("--1", None),
        ("0x10", None),
        ("inf", None),
        ("nan", None),
        ("一百", None),
        ("", None),
        ("12 34", None),
        ("999999999999999", None),
        (None, None),
    ],
)
def test_amounts(cell, value):
    expected = None if value is None else Decimal(value).quantize(Decimal("0.0001"))
    assert run("amount(v)", [cell]) == [expected]


def plain_amount(cell: str) -> Decimal | None:
    if not re.fullmatch(r"[-+]?(\d+(\.\d*)?|\.\d+)", cell, re.ASCII):
        return None
    value = Decimal(cell).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return value if abs(value) < 10**14 else None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.decimals(-(10**9), 10**9, places=6).map(lambda d: format(d, "f")),
            st.text("0123456789.-+", max_size=8),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_amounts_against_plain_python(cells):
    assert run("amount(v)", cells) == [plain_amount(cell) for cell in cells]


def test_counts():
    cells = ["3", "0", "-2", "2.0", "1,000", "1.5", "三", "", "1e3", "12345678901"]
    expected = [3, 0, -2, 2, 1000, None, None, None, None, 12345678901]
    assert run("whole(v)", cells) == expected


def test_numbers():
    assert run("figure(v)", ["4.5", "1e-3", "inf", "nan", "x", ""]) == [4.5, 0.001] + [None] * 4


@pytest.mark.parametrize(
    ("cell", "read", "lost"),
    [
        ("123456789012345678", "123456789012345678", False),
        ("17850.0", "17850", False),
        ("123456789012345.0", "123456789012345", False),
        ("1234567890123456.0", "1234567890123456.0", True),
        ("1.23457E+17", "1.23457E+17", True),
        ("1.23457e17", "1.23457e17", True),
        ("1E+17", "1E+17", True),
        ("A-1.5", "A-1.5", False),
        ("138****8000", "138****8000", False),
        ("##a+b.c==##", "##a+b.c==##", False),
        ("1E5", "1E5", False),
    ],
)
def test_ids(cell, read, lost):
    assert run("identifier(v)", [cell]) == [read]
    assert run("lost_digits(v)", [cell]) == [lost]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 10**15 - 1), min_size=1, max_size=20))
def test_ids_that_became_floats_come_back(numbers):
    assert run("identifier(v)", [f"{n}.0" for n in numbers]) == [str(n) for n in numbers]


def moments(cells: list, shop_zone: str = "Asia/Shanghai", zone: str = "") -> list:
    return run(time_sql("v", DEFAULT_TIMES, zone, shop_zone), cells)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), min_size=1, max_size=10),
    st.integers(-14 * 4, 14 * 4),
)
def test_times_against_plain_python(times, quarters):
    times = [moment.replace(microsecond=0) for moment in times]
    minutes = [moment.replace(second=0) for moment in times]
    days = [moment.replace(hour=0, minute=0, second=0) for moment in times]
    assert moments([f"{t:%Y-%m-%d %H:%M:%S}" for t in times]) == times
    assert moments([f"{t.year}/{t.month}/{t.day} {t.hour}:{t:%M}" for t in times]) == minutes
    assert moments([f"{t:%Y-%m-%d}" for t in times]) == days
    aware = [t.replace(tzinfo=timezone(timedelta(minutes=15 * quarters))) for t in times]
    local = [t.astimezone(ZoneInfo("Asia/Shanghai")).replace(tzinfo=None) for t in aware]
    assert moments([f"{t:%Y-%m-%d %H:%M:%S %z}" for t in aware]) == local
    assert moments([t.isoformat() for t in aware]) == local


def test_times_that_are_none():
    cells = ["2026-02-30 10:00:00", "10:00", "yesterday", "2026-13-01", "20260102", "", None]
    assert moments(cells) == [None] * len(cells)


def test_local_times_of_another_zone_are_converted():
    summer, winter = datetime(2026, 7, 2, 19), datetime(2026, 1, 2, 20)
    cells = ["2026-07-02 12:00:00", "2026-01-02 12:00:00"]
    assert moments(cells, zone="Europe/London") == [summer, winter]


def test_z_is_utc():
    assert moments(["2026-01-02T00:00:00Z"], "UTC") == [datetime(2026, 1, 2)]
    assert moments(["2026-01-02T00:00:00.250Z"], "UTC") == [datetime(2026, 1, 2, 0, 0, 0, 250000)]


WRAPPED = [
    ('="123"', "123"),
    ('=""', ""),
    ("=123", "123"),
    ("\t 123\t", "123"),
    ("\ufeff123\u3000", "123"),
    ("'123", "123"),
    ("12'3", "12'3"),
    ("=1+1", "=1+1"),
    ('="a\nb"', "a\nb"),
]


@pytest.mark.parametrize(("cell", "bare"), WRAPPED)
def test_what_wraps_an_id_goes(cell, bare):
    table = pa.table({"c0": pa.chunked_array([[cell, "x"]], pa.string())})
    assert clean_cells(table, [0], frozenset([0])).column("k0").to_pylist() == [bare, "x"]


def test_a_text_keeps_its_apostrophe():
    table = pa.table({"c0": pa.chunked_array([["'tis"]], pa.string())})
    assert clean_cells(table, [0], frozenset()).column("k0").to_pylist() == ["'tis"]


@settings(max_examples=100, deadline=None)
@given(st.text("aB ，,（）()：: ", max_size=10))
def test_words_are_compared_alike_in_sql_and_python(word):
    assert run("word(v)", [word]) == [word_key(word)]


def plainly(cell: str, *, is_id: bool) -> str:
    """What a cell says, written a second time in Python."""
    edge = " \t\r\n\u3000\ufeff\u00a0"
    cell = cell.strip(edge)
    if len(cell) >= 3 and cell.startswith('="') and cell.endswith('"'):
        cell = cell[2:-1].strip(edge)
    if re.fullmatch("=[0-9]+", cell):
        cell = cell[1:]
    return re.sub(r"^'[\t\n\f\r ]*", "", cell) if is_id else cell


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(" \t'\"=12\u3000\ufeff\u00a0。とéａ", max_size=6),
            st.integers(0, 99).map('="{}"'.format),
            st.integers(0, 99).map("'{}".format),
        ),
        max_size=8,
    ),
    st.sampled_from(['="{}"', "'{}", "{}\t", "{}"]),
    st.booleans(),
    st.integers(0, 3),
)
def test_cells_are_cleaned_as_in_plain_python(cells, wrapped, is_id, before):
    # All cells alike is the usual case and goes another way than a mixed column.
    for column in (cells, [wrapped.format(cell) for cell in cells]):
        whole = pa.array(["x"] * before + column, pa.string())
        table = pa.table({"c0": pa.chunked_array([whole[before:]], pa.string())})
        clean = clean_cells(table, [0], frozenset([0] if is_id else []), ("", "1"))
        expected = [plainly(cell, is_id=is_id) for cell in column]
        assert clean.column("k0").to_pylist() == [
            None if cell in ("", "1") else cell for cell in expected
        ]
