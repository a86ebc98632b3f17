import pandas as pd

from tests.explain.innocent.one_group import one
from tests.explain.made import NOON, orders, tables
from workbench.explain.innocent.gift_season import item_days, judge_season

DAY = pd.Timedelta(days=1)


def judged(own: int, rest: int, days: int = 99):
    """A shop with two cups and ten other orders a day, `own` and `rest` on its last day."""
    rows = []
    for day in range(days + 1):
        cups, others = (own, rest) if day == days else (2, 10)
        for n in range(cups + others):
            item = "cup" if n < cups else f"i{n % 5}"
            rows.append(
                {
                    "order_id": f"{day:03d}-{n:03d}",
                    "product_id": item,
                    "created_at": NOON + DAY * day,
                }
            )
    everything = orders(rows)
    last = everything.created_at.max()
    lines = everything[(everything.created_at == last) & (everything.product_id == "cup")]
    return one(judge_season, lines, item_days(tables(orders=everything), lines))


def test_an_item_that_rose_with_the_shop_was_in_season():
    # Rest: 30 against a mean of (99 * 10 + 30) / 100 = 10.2; cups: 6 against 2.04.
    said = judged(own=6, rest=30)
    assert said.result == "passed"
    assert "sold 2.9 times its normal in those days, this item 2.9 times" in said.en


def test_an_item_that_rose_more_than_the_season_is_not_explained_by_it():
    said = judged(own=30, rest=30)
    assert said.result == "failed"
    assert said.en.startswith("More than the season")


def test_an_ordinary_day_is_no_season():
    assert judged(own=30, rest=9).en.startswith("No season")


def test_two_months_are_needed_to_know_a_season():
    assert judged(own=6, rest=30, days=59).result == "not_available"
