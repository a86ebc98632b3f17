import pandas as pd

from tests.explain.innocent.one_group import one
from tests.explain.made import NOON, orders, tables
from workbench.explain.innocent.flash_sale import judge_flash_sale
from workbench.explain.innocent.livestream import judge_livestream
from workbench.explain.innocent.offers import offers
from workbench.explain.innocent.promotion import judge_promotion

HOUR = pd.Timedelta(hours=1)


SHOP = orders([{"product_id": "cup"}, {"product_id": "spoon"}])


def judged(lines, *campaigns, kind="livestream", judge=judge_livestream):
    columns = ["name", "starts_at", "ends_at", "product_id"]
    calendar = pd.DataFrame(campaigns, columns=columns).assign(kind=kind)
    if not campaigns:
        calendar = pd.DataFrame(
            [("Else", NOON - 90 * HOUR, NOON - 80 * HOUR, None, kind)], columns=[*columns, "kind"]
        )
    normal = offers(tables(campaigns=calendar, orders=SHOP), lines)
    return one(judge, lines, normal)


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


def test_a_record_speaks_for_its_own_kind_alone():
    record = ("Sale", NOON - HOUR, NOON + HOUR, "cup")
    for kind, judge in (
        ("flash_sale", judge_flash_sale),
        ("influencer", judge_livestream),
        ("sale", judge_promotion),
        ("清仓", judge_promotion),
        (None, judge_promotion),
    ):
        assert judged(BURST, record, kind=kind, judge=judge).result == "passed"
    assert judged(BURST, record, kind="sale").result == "failed"
    assert judged(BURST, record, kind="livestream", judge=judge_promotion).result == "failed"


def test_one_influencer_without_a_record_leaves_it_open():
    lines = BURST.assign(influencer_id=["K1"] * 9 + [None])
    assert judged(lines).result == "not_available"
    assert judged(BURST.assign(influencer_id=["K1"] * 8 + ["", None])).result == "failed"


def test_each_group_has_its_own_answer():
    calendar = pd.DataFrame(
        [("Show", NOON - HOUR, NOON + HOUR, "cup", "livestream")],
        columns=["name", "starts_at", "ends_at", "product_id", "kind"],
    )
    later = BURST.assign(created_at=BURST.created_at + 9 * HOUR)
    lines = pd.concat([BURST.assign(group=3), later.assign(group=1)])
    known = offers(tables(campaigns=calendar, orders=SHOP), lines)
    said = judge_livestream(lines, known)
    assert {group: o.result for group, o in said.items()} == {3: "passed", 1: "failed"}
