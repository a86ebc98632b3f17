"""Windows in which orders crowd, in a shop whose expectation can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from workbench.detect.crowding import crowded_windows, window_rows

DAY = 86400


def crowd(at: int, orders: int = 12, apart: int = 60) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """400 orders of other things, one every six hours, and a crowd of thing 9 on day `at`.

    Thing 9 also sells once every ten days, the ten others in turn.
    """
    usual = np.arange(400) * 21600 + 5
    other = np.arange(10) * 10 * DAY + 3600
    extra = at * DAY + 40_000 + np.arange(orders) * apart
    second = np.concatenate([usual, other, extra])
    key = np.concatenate([np.arange(400) % 8 + 1, np.full(10 + orders, 9)])
    order = np.lexsort((second, key))
    return key[order], second[order], np.sort(second)


def test_the_crowd_and_nothing_else_is_a_window() -> None:
    key, second, shop = crowd(55)
    (window,) = crowded_windows(key, second, shop).to_dict("records")
    assert window["count"] == 12
    assert second[window["first"]] == 55 * DAY + 40_000
    assert second[window["last"]] == 55 * DAY + 40_000 + 11 * 60


def test_its_expectation_by_hand() -> None:
    key, second, shop = crowd(55)
    (window,) = crowded_windows(key, second, shop).to_dict("records")
    # The month before and after expects most: thing 9 sells six times there (day 30 to day 80),
    # and one is added. No other order of the shop falls into the twelve minutes; one is added, and
    # twenty that follow the usual week. In those fifty days the shop has 200 others. In its usual
    # week, 422 orders in 168 hours, this hour has the crowd's own twelve; a quarter of it counts.
    week = (0.9 * 12 / (422 / 168) + 0.1) * 0.25 / (50 * 24)
    busy = (0 + 1 + 20 * week) / (200 + 1 + 20)
    assert window["mean"] == pytest.approx(7 * (0.95 * busy + 0.05 * week), rel=0.02)
    assert window["p"] == pytest.approx(stats.poisson.sf(11, window["mean"]), rel=1e-6, abs=0)


def test_a_crowd_in_which_the_whole_shop_shares_is_expected() -> None:
    key, second, shop = crowd(55)
    busy = np.sort(np.concatenate([shop, 55 * DAY + 40_000 + np.arange(2000) // 3]))
    assert crowded_windows(key, second, busy).empty


def test_an_even_trade_has_no_window() -> None:
    key, second, shop = crowd(55, orders=0)
    assert crowded_windows(key, second, shop).empty


def test_a_season_of_months_is_no_window() -> None:
    key, second, shop = crowd(20, orders=60, apart=DAY)
    assert crowded_windows(key, second, shop).empty


@pytest.mark.parametrize("size", [0, 1, 4])
def test_too_few_orders_for_any_window(size: int) -> None:
    second = np.arange(size, dtype="int64")
    assert crowded_windows(np.ones(size, dtype="int64"), second, second).empty


def test_all_orders_in_one_second() -> None:
    second = np.full(60, 1000, dtype="int64")
    assert crowded_windows(np.ones(60, dtype="int64"), second, second).empty


def test_rows_of_windows() -> None:
    windows = pd.DataFrame({"first": [2, 7], "last": [4, 7]})
    rows = pd.DataFrame({"order": range(10)})
    inside = window_rows(windows, rows)
    assert inside.order.tolist() == [2, 3, 4, 7]
    assert inside.group.tolist() == [0, 0, 0, 1]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 30 * DAY)), min_size=1, max_size=80))
def test_windows_never_overlap_and_keep_to_one_thing(orders: list[tuple[int, int]]) -> None:
    key, second = (np.array(column, dtype="int64") for column in zip(*sorted(orders), strict=True))
    windows = crowded_windows(key, second, np.sort(second))
    inside = window_rows(windows, pd.DataFrame({"key": key, "place": range(len(key))}))
    assert inside.place.is_unique
    assert (inside.groupby("group").key.nunique() <= 1).all()
    assert windows.p.between(0, 1).all()


def test_a_shop_of_one_item_sells_as_its_week_goes() -> None:
    # Fifty orders a day from nine to nine, and none by night.
    day = 9 * 3600 + np.arange(50) * (12 * 3600 // 50)
    second = (np.arange(60)[:, None] * DAY + day).ravel()
    assert crowded_windows(np.ones(3000, dtype="int64"), second, second).empty
    night = np.sort(np.concatenate([second, 30 * DAY + 3 * 3600 + np.arange(40) * 30]))
    (window,) = crowded_windows(np.ones(3040, dtype="int64"), night, night).to_dict("records")
    assert window["count"] == 40
