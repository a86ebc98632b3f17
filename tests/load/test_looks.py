"""What the cells of a column look like."""

import pytest

from workbench.load.looks import looks_like
from workbench.tables import TABLES

PIECES = TABLES["orders"].column("quantity")
PAID = TABLES["orders"].column("paid_amount")


@pytest.mark.parametrize(
    ("cell", "whole", "amount"),
    [
        ("12", True, True),
        ("-3", True, True),
        ("¥1,200.00", True, True),
        ("12.5", False, True),
        ("1E+999999", True, True),
        ("INF", False, False),
        ("-Infinity", False, False),
        ("NaN", False, False),
        ("sNaN", False, False),
        ("1_000", False, False),
        ("twelve", False, False),
    ],
)
def test_numbers(cell, whole, amount):
    assert looks_like(PIECES, [cell]) == (int(whole), 1)
    assert looks_like(PAID, [cell]) == (int(amount), 1)


def test_empty_markers_are_no_cells():
    assert looks_like(PIECES, ["1", "", "--", "x"]) == (1, 2)
