import pandas as pd

from tests.explain.innocent.one_group import one
from tests.explain.made import NOON, orders, tables
from workbench.explain.innocent.shop_surge import item_hours, judge_surge


def judged(surging: int, items: int = 4):
    """Thirty days; every other item sells once a day at noon, and ten times in the last hour."""
    rows = []
    for item in range(items):
        days = [{"created_at": NOON + pd.Timedelta(days=d)} for d in range(30)]
        more = [{"created_at": NOON + pd.Timedelta(days=29, minutes=m)} for m in range(1, 10)]
        rows += [r | {"product_id": f"i{item}"} for r in days + (more if item < surging else [])]
    rows += [{"created_at": NOON + pd.Timedelta(days=29, minutes=m)} for m in range(8)]
    everything = orders(rows)
    lines = everything[everything.product_id == "cup"]
    return one(judge_surge, lines, item_hours(tables(orders=everything), lines))


def test_two_other_items_at_once_point_to_a_common_cause():
    said = judged(surging=2)
    assert said.result == "passed"
    assert said.en == "2 other items also sold far above their normal in the same hours."


def test_one_other_item_cannot_tell():
    assert judged(surging=1).result == "not_available"


def test_a_lonely_burst_has_no_common_cause():
    assert judged(surging=0).result == "failed"


def test_a_shop_of_one_item_cannot_tell():
    assert judged(surging=0, items=1).result == "not_available"
