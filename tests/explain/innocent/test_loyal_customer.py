import pandas as pd

from tests.explain.innocent.one_group import one
from tests.explain.made import NOON, orders
from workbench.explain.innocent.loyal_customer import judge_loyal, judge_subscription
from workbench.explain.members import Period

YEAR = Period(1000, NOON - pd.Timedelta(days=100), NOON + pd.Timedelta(days=265))


def judged(gap_hours: float, count: int, shop: Period = YEAR):
    times = [NOON + pd.Timedelta(hours=gap_hours * n) for n in range(count)]
    return one(judge_loyal, orders([{"created_at": t, "buyer_id": "a"} for t in times]), shop)


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
    assert one(judge_loyal, lines, YEAR).result == "passed"


def test_two_months_of_data_show_no_habit():
    short = Period(100, NOON, NOON + pd.Timedelta(days=60))
    assert judged(168, 8, short).result == "not_available"


def subscribed(gaps: list[float], items: tuple[str, ...] = ("milk",)):
    times = [NOON + pd.Timedelta(days=sum(gaps[:n])) for n in range(len(gaps) + 1)]
    rows = [
        {"created_at": t, "buyer_id": "a", "product_id": items[n % len(items)]}
        for n, t in enumerate(times)
    ]
    return one(judge_subscription, orders(rows), YEAR)


def test_the_same_item_in_even_gaps_is_a_subscription():
    said = subscribed([30, 31, 29, 30])
    assert said.result == "passed"
    # Gaps off the middle one by 0, 1, 1 and 0 days: half of a day is the median.
    assert "every 30.0 days, half of the times within 0.5 days" in said.en


def test_uneven_gaps_few_repeats_or_other_items_are_none():
    assert subscribed([5, 50, 10, 40]).result == "failed"
    assert subscribed([40, 40]).result == "failed"
    assert subscribed([30, 31, 29, 30], items=("a", "b", "c", "d", "e")).result == "failed"
    assert subscribed([0.5] * 140).result == "failed"
