"""The measures of benchmarks/quality.py on cases worked out by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from quality_measures import average_precision, measures, r_precision, recall_at
from second_shop import make


def test_average_precision_of_a_ranking_worked_out_by_hand():
    score = pd.Series([0.9, 0.8, 0.7, 0.6])
    # Precision is 1/1 at the first fake order and 2/3 at the second.
    assert average_precision(score, pd.Series([1, 0, 1, 0])) == pytest.approx((1 + 2 / 3) / 2)


def test_orders_of_equal_score_count_as_one_step():
    # All four at once: precision 2/4 for both fake orders, whatever their places.
    assert average_precision(pd.Series([0.5] * 4), pd.Series([1, 0, 1, 0])) == pytest.approx(0.5)


def test_recall_at_a_rate_of_honest_orders():
    score = pd.Series([0.9, 0.8, 0.7, 0.6, *[0.1] * 100])
    fake = pd.Series([1, 0, 1, 0, *[0] * 100])
    # One honest order in 102 may exceed the line (rate 1 %), so the line is the second honest one.
    assert recall_at(score, fake, 0.01) == 1.0
    # None may: the line is the best honest order, and one of two fake orders lies above it.
    assert recall_at(score, fake, 0.001) == 0.5


def test_precision_among_as_many_orders_as_are_fake():
    assert r_precision(pd.Series([0.9, 0.8, 0.7]), pd.Series([0, 1, 1])) == 0.5


def test_purity_and_completeness_are_of_the_marked_groups():
    orders = pd.DataFrame(
        {
            "order_id": list("abcdef"),
            "score": [0.9, 0.9, 0.9, 0.9, 0.1, 0.1],
            "fake": [1, 1, 1, 0, 1, 0],
            "kind": ["rush"] * 3 + ["ordinary", "rush", "ordinary"],
            "group": ["rush-0"] * 3 + [None, "rush-0", None],
            "group_id": ["G"] * 4 + [None, None],
            "assessment": ["evidence"] * 4 + ["none"] * 2,
        }
    )
    line = measures([(orders, orders, orders, 1.0)], [])
    assert line["purity"] == 0.75
    assert line["complete"] == 0.75
    assert line["FDR"] == 0.0
    assert line["fake evid %"] == 75.0


def test_the_second_maker_gives_the_same_shop_for_the_same_seed():
    one, other = (make(4, 2000, "hard", records=True) for _ in range(2))
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name])
    assert one.truth.fake.sum() > 40
    assert set(one.tables["orders"].order_id) == set(one.truth.order_id)


def test_the_second_maker_without_schemes_has_no_fake_order():
    assert make(4, 2000, "plain", rings=False).truth.fake.sum() == 0
