"""The first plausible day stands ahead of the bulk by the bulk's own length, at least a year."""

from datetime import datetime

from workbench.quality.bounds import ERA, bounds, first_plausible_day

from .made import NOW, orders_of


def orders(*days):
    return orders_of("order_id created_at", [(str(n), day) for n, day in enumerate(days)])["orders"]


def test_a_short_history_reaches_a_year_back():
    assert first_plausible_day(orders("2025-01-01", "2025-01-01"), NOW) == datetime(2024, 1, 2)


def test_a_lone_early_order_does_not_make_the_bulk():
    many = ["2024-01-01"] * 1000 + ["2024-12-31"] * 1000
    first = first_plausible_day(orders("2015-06-01", *many), NOW)
    # 2024 is a leap year: 2024-01-01 to 2024-12-31 spans 365 days.
    assert first == datetime(2023, 1, 1)


def test_nothing_known_means_the_era():
    assert bounds(None, NOW) == {"@now": NOW, "@era": ERA, "@first_day": ERA}
    assert first_plausible_day(orders("2999-01-01"), NOW) == ERA
