"""Cells that stand on an order's first row only reach its further rows, wherever a file is cut."""

from itertools import pairwise

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from workbench.load.fill import fill_down, whole_orders
from workbench.load.formats import Format
from workbench.load.plan import Plan
from workbench.load.rules import Cell

HEADERS = ("no", "time", "buyer", "item")
# The number of the order stands on each row, or on its first row only.
REPEATED = ("time", "buyer")
CARRIED = ("no", "time", "buyer")


def form(fill):
    return Format(
        name="made",
        table="orders",
        columns={"order_id": Cell("no")},
        all_of=("no",),
        fill=fill,
        fill_marker="time",
    )


def cells(rows):
    columns = {f"c{i}": [row[i] for row in rows] for i in range(len(HEADERS))}
    numbers = pa.array(range(2, len(rows) + 2), pa.int64())
    return pa.table(
        {name: pa.array(column, pa.string()) for name, column in columns.items()}
    ).append_column("source_row", numbers)


def filled(rows, fill, cuts=()):
    """(no, buyer, item, continued) of each row, the file being read in pieces."""
    table = cells(rows)
    edges = [0, *sorted(cuts), len(rows)]
    pieces = [table.slice(a, b - a) for a, b in pairwise(edges)]
    made, plan = form(fill), Plan("orders", HEADERS)
    got = []
    for piece in whole_orders(pieces, made, plan):
        done = fill_down(piece, made, plan)
        got += zip(
            *(done.column(name).to_pylist() for name in ("c0", "c2", "c3", "continued")),
            strict=True,
        )
    return got


def test_number_on_each_row():
    rows = [("1", "t", "a", "x"), ("1", "", "", "y"), ("2", "", "", "z"), ("2", "t", "b", "w")]
    assert filled(rows, REPEATED) == [
        ("1", "a", "x", False),
        ("1", "a", "y", True),
        ("2", "", "z", False),  # of another order than the row above
        ("2", "b", "w", False),
    ]


def test_number_on_the_first_row_only():
    rows = [
        ("", "", "", "lost"),  # nothing above it
        ("1", "t", "a", "x"),
        ("", "", "", "y"),
        ("", "", "", " "),  # blank: no row of any order
        ("", "", "", "z"),
        ("", "t", "b", "w"),  # a time of its own: an order whose number is missing
        ("", "", "", "v"),
    ]
    assert filled(rows, CARRIED) == [
        ("", "", "lost", False),
        ("1", "a", "x", False),
        ("1", "a", "y", True),
        ("", "", " ", False),
        ("1", "a", "z", True),
        ("", "b", "w", False),
        ("", "b", "v", True),
    ]


ORDERS = st.lists(st.integers(min_value=1, max_value=4), min_size=1, max_size=8)


@given(ORDERS, st.lists(st.integers(min_value=0, max_value=40), max_size=4), st.booleans())
def test_a_file_may_be_cut_anywhere(sizes, cuts, carried):
    rows, expected = [], []
    for number, size in enumerate(sizes):
        for item in range(size):
            no = str(number) if item == 0 or not carried else ""
            first = ("t", f"buyer {number}") if item == 0 else ("", "")
            rows.append((no, *first, f"item {item}"))
            expected.append((str(number), f"buyer {number}", f"item {item}", item > 0))
    cuts = [cut for cut in cuts if cut <= len(rows)]
    assert filled(rows, CARRIED if carried else REPEATED, cuts) == expected
