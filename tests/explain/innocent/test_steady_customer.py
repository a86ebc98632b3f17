import pandas as pd

from tests.explain.made import NOON, orders
from workbench.explain.innocent.steady_customer import judge_steady
from workbench.explain.members import Period

YEAR = Period(1000, NOON - pd.Timedelta(days=100), NOON + pd.Timedelta(days=265))


def judged(gap_hours: float, count: int, shop: Period = YEAR):
    times = [NOON + pd.Timedelta(hours=gap_hours * n) for n in range(count)]
    return judge_steady(orders([{"created_at": t, "buyer_id": "a"} for t in times]), shop)


def test_every_week_for_months_is_a_habit():
    said = judged(168, 12)
    assert said.result == "passed"
    assert said.en == "A habit: orders over 77 days, half of them more than 168.0 hours apart."


def test_every_two_hours_is_none():
    assert judged(2, 41).result == "failed"


def test_a_habit_takes_more_than_sixty_days():
    assert judged(48, 31).result == "failed"  # 60 days exactly
    assert judged(48, 32).result == "passed"  # 62 days


def test_gaps_of_a_day_or_less_are_no_habit():
    assert judged(24, 70).result == "failed"
    assert judged(24.1, 70).result == "passed"


def test_two_lines_of_one_order_are_one_order():
    lines = orders(
        [
            {"created_at": NOON + pd.Timedelta(days=7 * n), "buyer_id": "a", "order_id": f"o{n}"}
            for n in range(12)
            for _ in range(2)
        ]
    )
    assert judge_steady(lines, YEAR).result == "passed"


def test_two_months_of_data_show_no_habit():
    short = Period(100, NOON, NOON + pd.Timedelta(days=60))
    assert judged(168, 8, short).result == "not_available"
