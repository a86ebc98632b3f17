import pandas as pd

from tests.explain.made import NOON, orders, tables
from workbench.explain.innocent.campaign import campaign_calendar, judge_campaign

HOUR = pd.Timedelta(hours=1)


SHOP = orders([{"product_id": "cup"}, {"product_id": "spoon"}])


def judged(lines, *campaigns):
    columns = ["name", "starts_at", "ends_at", "product_id"]
    calendar = pd.DataFrame(campaigns, columns=columns)
    normal = campaign_calendar(tables(campaigns=calendar, orders=SHOP), lines)
    return judge_campaign(lines, normal)


BURST = orders([{"created_at": NOON + n * HOUR / 60} for n in range(10)])


def test_a_record_of_the_item_and_hour_explains():
    said = judged(BURST, ("Evening sale", NOON - HOUR, NOON + HOUR, "cup"))
    assert said.result == "passed"
    assert (
        said.en == "Campaign “Evening sale” on record covers item and hours of 100 % of the orders."
    )
    assert said.zh == "活动“Evening sale”有记录，覆盖了 100 % 订单的商品和时段。"


def test_a_record_of_the_whole_shop_explains():
    assert judged(BURST, ("Sale", NOON - HOUR, NOON + HOUR, None)).result == "passed"


def test_two_records_together_explain():
    half = NOON + 5 * HOUR / 60
    first, second = ("A", NOON, half, "cup"), ("B", half, NOON + HOUR, "cup")
    assert judged(BURST, first, second).result == "passed"
    assert judged(BURST, second).result == "failed"


def test_another_item_or_another_hour_does_not():
    assert judged(BURST, ("Sale", NOON - HOUR, NOON + HOUR, "spoon")).result == "failed"
    assert judged(BURST, ("Sale", NOON + HOUR, NOON + 2 * HOUR, "cup")).result == "failed"
    assert judged(BURST).result == "failed"


def test_a_record_of_weeks_says_nothing_of_an_hour():
    said = judged(BURST, ("Spring", NOON - 73 * HOUR, NOON + HOUR, "cup"))
    assert said.result == "not_available"


def test_nine_of_ten_orders_are_enough():
    record = ("Sale", NOON, NOON + 8 * HOUR / 60, "cup")
    assert judged(BURST, record).result == "passed"  # 9 of 10
    assert judged(BURST, ("Sale", NOON, NOON + 7 * HOUR / 60, "cup")).result == "failed"


def test_a_record_under_another_kind_of_item_number_leaves_it_open():
    said = judged(BURST, ("Sale", NOON - HOUR, NOON + HOUR, "677012345678"))
    assert said.result == "not_available"
    assert "for an item number that no order carries" in said.en
