"""Columns of text from numbers."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from workbench.simulate.text_columns import clock, digits, frame, glue, money, only, pick


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1))
def test_money_is_exact(cents: list[int]):
    column = money(np.asarray(cents, np.int64))
    assert column.to_pylist() == [Decimal(c) / 100 for c in cents]


def test_pick_digits_glue_only():
    index = np.asarray([1, -1, 0])
    assert pick(["a", "b"], index).to_pylist() == ["b", None, "a"]
    assert digits(np.asarray([7, 12345]), 4).to_pylist() == ["0007", "12345"]
    assert glue("x", pick(["a", "b"], index)).to_pylist() == ["xb", None, "xa"]
    kept = only(np.asarray([True, False]), digits(np.asarray([1, 2])))
    assert kept.to_pylist() == ["1", None]


def test_clock_counts_seconds_and_leaves_out_what_never_was():
    times = clock(np.asarray([-1, 0, 86_401]), pd.Timestamp("2025-01-01"))
    assert times.to_pylist() == [
        None,
        pd.Timestamp("2025-01-01"),
        pd.Timestamp("2025-01-02 00:00:01"),
    ]


def test_frame_keeps_money_exact_and_ids_text():
    table = frame({"id": digits(np.asarray([1])), "paid": money(np.asarray([1999]))})
    assert table["id"].iloc[0] == "1"
    assert table["paid"].iloc[0] == Decimal("19.99")
