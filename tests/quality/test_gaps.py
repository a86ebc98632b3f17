"""Empty days count as a gap only against the shop's own rhythm."""

from datetime import datetime
from math import exp

import numpy as np
import pandas as pd
import pytest

from workbench.quality import days_data, gaps_data, gaps_table
from workbench.quality.gaps import _expected, _size, _zero_chance

from .made import NOW, orders_of

SPAN = pd.date_range("2025-01-01", "2025-06-29")  # Wednesday to Sunday, 180 days


def shop(per_day, shop_name=None):
    """Orders of a shop that takes `per_day(day)` orders."""
    rows, number = [], 0
    for day in SPAN:
        for n in range(per_day(day)):
            number += 1
            row = (f"{shop_name}{number}", day + pd.Timedelta(hours=8, minutes=n))
            rows.append((*row, shop_name) if shop_name else row)
    return rows


def gaps_of(per_day):
    days = days_data(orders_of("order_id created_at", shop(per_day)), NOW)
    return days, gaps_data(days)


def test_a_steady_shop_has_no_gap():
    days, gaps = gaps_of(lambda day: 5)
    assert len(days) == 180
    assert days.expected.eq(5).all()
    assert days.p_zero.to_numpy() == pytest.approx(np.full(180, exp(-5)))
    assert gaps.empty


def test_a_missing_month_is_seen_and_named():
    _, gaps = gaps_of(lambda day: 0 if day.month == 3 else 5)
    (gap,) = gaps.itertuples(index=False)
    assert (gap.first, gap.last) == (pd.Timestamp("2025-03-01"), pd.Timestamp("2025-03-31"))
    assert (gap.days, gap.expected, gap.months, gap.kind) == (31, 155, "2025-03", "month")
    assert gap.chance == pytest.approx(180 * exp(-155), rel=1e-6)
    assert "export" in gaps_table(gaps, "en")["What to do"][0]
    assert gaps_table(gaps, "zh")["全期内偶然出现这样一段的概率"][0] == "< 1e-12"


def test_the_weekly_day_off_is_no_gap_but_belongs_to_the_run_it_lies_in():
    off = {pd.Timestamp("2025-04-04") + pd.Timedelta(days=n) for n in range(4)}  # Fri to Mon
    days, gaps = gaps_of(lambda day: 0 if day.weekday() == 6 or day in off else 10)
    assert days[days.day.dt.day_of_week == 6].p_zero.eq(1).all()
    (gap,) = gaps.itertuples(index=False)
    assert (f"{gap.first:%m-%d}", f"{gap.last:%m-%d}", gap.days) == ("04-04", "04-07", 4)
    assert gap.expected == 30  # Friday, Saturday and Monday
    assert gap.kind == "long"


def test_a_shop_of_few_orders_is_not_accused():
    # One order every fifth day: an empty day is its rule.
    _, gaps = gaps_of(lambda day: 1 if day.day_of_year % 5 == 0 else 0)
    assert gaps.empty


def test_an_uneven_shop_is_not_accused_of_a_lone_empty_day():
    lone = pd.Timestamp("2025-03-12")

    def uneven(day):
        return 0 if day == lone else (1, 2, 40)[(day.day_of_year * 7) % 3]

    assert gaps_of(uneven)[1].empty
    # The same day in a shop of even days stands out.
    assert len(gaps_of(lambda day: 0 if day == lone else 14)[1]) == 1


def test_shops_are_looked_at_one_by_one():
    rows = shop(lambda day: 0 if day.month == 3 else 5, "A") + shop(lambda day: 5, "B")
    gaps = gaps_data(days_data(orders_of("order_id created_at shop", rows), NOW))
    assert gaps[["shop", "months"]].to_numpy().tolist() == [["A", "2025-03"]]
    assert gaps_table(gaps, "en").Shop.tolist() == ["A"]


def test_a_wrong_year_does_not_make_decades_of_gaps():
    rows = [*shop(lambda day: 5), ("x", datetime(1970, 1, 1)), ("y", datetime(2999, 1, 1))]
    days = days_data(orders_of("order_id created_at", rows), NOW)
    assert (len(days), days.orders.sum()) == (180, 900)


def test_no_orders_no_days():
    assert days_data({}, NOW).empty
    assert gaps_data(days_data({}, NOW)).empty
    assert gaps_table(gaps_data(days_data({}, NOW)), "zh").empty


def test_the_rate_leaves_the_day_and_the_hole_out():
    orders = np.array([2.0] * 7 + [4.0] * 7 + [0.0] * 7 + [6.0] * 7)
    expected = _expected(orders, np.arange(28) % 7, orders == 0)
    assert expected[:7].tolist() == [5.0] * 7  # of 4 and 6: itself and the empty week are out
    assert expected[14:21].tolist() == [4.0] * 7  # of 2, 4 and 6


def test_the_chance_of_an_empty_day():
    assert _zero_chance(np.array([2.0]), float("inf")) == pytest.approx(exp(-2))
    assert _zero_chance(np.array([2.0]), 1.0) == pytest.approx(1 / 3)  # geometric
    # Days of 0 and 4 orders about a mean of 2: ((2² − 2)·2) / (2²·2) = 1/2, so that k = 2.
    nothing = np.array([False, False])
    assert _size(np.array([0.0, 4.0]), np.array([2.0, 2.0]), nothing) == pytest.approx(2)
    assert np.isinf(_size(np.array([2.0, 2.0]), np.array([2.0, 2.0]), nothing))
