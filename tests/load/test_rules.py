"""The parts of the rule language that funds need: joined cells, sums of products, nothing or 0."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.load.made import load, loaded, quarantined
from workbench.errors import BadInput
from workbench.load.formats import read_mapping

FLOW = """table = "payments"
times = ["%Y-%m-%d %H:%M:%S"]
[columns]
posted_at = { join = ["Day", "Hour"] }
kind = { join = ["Type", "Detail"], by = " / " }
amount = [
  { header = "In", absolute = true, when = { header = "In", zero = false } },
  { header = "Out", absolute = true, when = { header = "Out", zero = false } },
]
direction = [
  { constant = "in", when = [{ header = "In", zero = false }, { header = "Out", zero = true }] },
  { constant = "out", when = [{ header = "In", zero = true }, { header = "Out", zero = false }] },
]
"""


def put(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8", newline="")
    return path


def flow(folder: Path, body: str):
    table = put(folder / "a.csv", "Day,Hour,Type,Detail,In,Out\n" + body)
    [report] = load(folder / "case", table, mapping=put(folder / "m.toml", FLOW))
    return report, loaded(folder / "case", report)


def test_joined_cells_make_a_time_and_a_text(tmp_path):
    body = "2026-01-02,03:04:05,Order,Tax,5,\n2026-01-03,03:04:05,,Tax,5,\n"
    _, rows = flow(tmp_path, body)
    assert [row["posted_at"] for row in rows] == [
        datetime(2026, 1, 2, 3, 4, 5),
        datetime(2026, 1, 3, 3, 4, 5),
    ]
    assert [row["kind"] for row in rows] == ["Order / Tax", "Tax"]


def test_a_day_without_its_hour_is_no_moment(tmp_path):
    report, rows = flow(tmp_path, "2026-01-02,,a,b,5,\n")
    assert rows == []
    assert quarantined(tmp_path / "case", report) == [(2, "Day", "2026-01-02", "not_a_time")]


def test_nothing_and_zero_are_the_same_and_what_is_no_amount_is_neither(tmp_path):
    body = "".join(
        f"2026-01-02,03:04:05,a,b,{into},{out}\n"
        for into, out in (
            ("12.50", "0.00"),
            ("", "-3"),
            ("0", "3"),
            ("5", "3"),
            ("0", ""),
            ("x", "0"),
        )
    )
    report, rows = flow(tmp_path, body)
    assert [(row["direction"], row["amount"]) for row in rows] == [
        ("in", Decimal("12.5")),
        ("out", 3),
        ("out", 3),
    ]
    # Money both ways, none at all, and a word where an amount should stand.
    assert {row for row, *_ in quarantined(tmp_path / "case", report)} == {5, 6, 7}
    assert (7, "In", "x", "not_an_amount") in quarantined(tmp_path / "case", report)


def test_a_sum_may_hold_products_and_lose_its_sign(tmp_path):
    mapping = """table = "order_lines"
[columns]
order_id = "no"
paid_amount = { sum = [["price", "pieces"], "post"], minus = ["off"] }
discount_amount = { sum = ["off", "more"], absolute = true }
"""
    table = put(tmp_path / "a.csv", "no,price,pieces,post,off,more\n1,2.50,3,1,0.5,-2\n2,,,,,\n")
    [report] = load(tmp_path / "case", table, mapping=put(tmp_path / "m.toml", mapping))
    first, second = loaded(tmp_path / "case", report)
    # 2.50 × 3 + 1 − 0.50, and |0.50 − 2|
    assert (first["paid_amount"], first["discount_amount"]) == (8, Decimal("1.5"))
    assert (second["paid_amount"], second["discount_amount"]) == (None, None)


def test_a_column_that_lacks_one_of_the_joined_headers_is_missing(tmp_path):
    mapping = """table = "order_lines"
[columns]
order_id = "no"
product_title = { join = ["name", "colour"] }
"""
    table = put(tmp_path / "a.csv", "no,name\n1,cup\n")
    [report] = load(tmp_path / "case", table, mapping=put(tmp_path / "m.toml", mapping))
    assert "product_title" in report.columns_missing


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ('{ join = ["a", "b"] }', "numbers are not joined"),
        ('{ sum = [["a", 1]] }', "is no text"),
        ('{ join = "a" }', "is no list"),
        ('{ join = [{ header = "a", when = { header = "b", filled = true } }] }', "without `when`"),
        ('{ join = [{ constant = "a" }] }', "without `when`"),
    ],
)
def test_what_cannot_be_joined_or_added(tmp_path, rule, fault):
    mapping = f'table = "order_lines"\n[columns]\norder_id = "no"\nquantity = {rule}\n'
    with pytest.raises(BadInput, match=fault):
        read_mapping(put(tmp_path / "m.toml", mapping))
