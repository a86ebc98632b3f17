"""Rows that stand twice, and orders whose rows disagree."""

import pytest

from workbench.quality import repeats_data, repeats_table

from .made import orders_of, tables_of

COLUMNS = "order_id line_id created_at buyer_id paid_amount source_file source_row"
ROWS = [
    ("1", "a", "2025-01-01", "ann", 5, "f", 2),
    ("1", "a", "2025-01-01", "ann", 5, "f", 3),  # repeats row 2
    ("1", "a", "2025-01-01", "ann", 5, "g", 9),  # and again, in another file
    ("2", "a", "2025-01-01", "bob", 5, "f", 4),
    ("2", "a", "2025-01-01", "bob", 6, "f", 5),  # the same line, another amount
    ("3", "a", "2025-01-01", "cat", 5, "f", 6),
    ("3", "b", "2025-01-02", "dan", 5, "f", 7),  # another line; time and buyer differ
    ("4", None, "2025-01-01", "eve", 5, "f", 8),
    ("4", None, "2025-01-01", "eve", 7, "f", 9),  # lines without a number
]


@pytest.fixture(scope="module")
def rows():
    return repeats_data(orders_of(COLUMNS, ROWS))


def one(rows, kind, column=""):
    chosen = rows[(rows.kind == kind) & (rows.column == column)]
    assert len(chosen) == 1
    return chosen.iloc[0]


def test_identical_rows(rows):
    found = one(rows, "identical")
    assert (found.things, found.rows, found.tested) == (1, 2, 9)
    assert (found.order_id, found.source_file, found.source_row) == ("1", "f", 2)


def test_one_line_number_on_rows_that_differ(rows):
    found = one(rows, "same_key", "order_id+line_id")
    assert (found.things, found.rows, found.tested) == (1, 1, 7)
    assert (found.order_id, found.source_row) == ("2", 4)


@pytest.mark.parametrize("column", ["created_at", "buyer_id"])
def test_an_order_has_one_time_and_one_buyer(rows, column):
    found = one(rows, "differs", column)
    assert (found.things, found.rows, found.tested) == (1, 2, 4)
    assert found.order_id == "3"


def test_cells_that_moved_are_another_row():
    tables = tables_of(
        messages=(
            "order_id buyer_id speaker sent_at text",
            [
                ("1", "2", "buyer", "2025-01-01", "a"),
                ("2", "1", "buyer", "2025-01-01", "a"),
                (None, "1", "buyer", "2025-01-01", "a"),
            ],
        )
    )
    assert one(repeats_data(tables), "identical").things == 0


def test_an_entry_stands_once():
    tables = tables_of(
        payments=(
            "entry_id posted_at amount direction",
            [("e", "2025-01-01", 5, "in"), ("e", "2025-01-01", 6, "in"), ("", None, 6, "in")],
        )
    )
    found = one(repeats_data(tables), "same_key", "entry_id")
    assert (found.things, found.rows, found.tested) == (1, 1, 2)


def test_the_reader_sees_only_what_was_found(rows):
    shown = repeats_table(rows, "en", files={"f": "first.csv"})
    assert shown.What.tolist() == [
        "rows that repeat an earlier row in every cell",
        "one number on several rows that differ",
        "orders whose rows disagree",
        "orders whose rows disagree",
    ]
    assert set(shown.File) == {"first.csv"}
    assert repeats_table(rows, "zh")["列"].tolist() == [
        "",
        "订单编号 + 子订单编号",
        "下单时间",
        "买家账号",
    ]
