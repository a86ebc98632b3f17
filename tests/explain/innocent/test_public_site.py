import pandas as pd

from tests.explain.innocent.one_group import one
from tests.explain.made import NOON, orders, tables
from workbench.explain.innocent.public_site import judge_dormitory, judge_station
from workbench.explain.innocent.sites import shared_sites

DAY = pd.Timedelta(days=1)
DORM = "长安市 知春路18号 学生公寓3栋"


def judged(
    days=300, items=5, phones=12, accounts=12, address=DORM, phone=True, judge=judge_dormitory
):
    """A year of a shop in which `accounts` send to one address, the last six of them a group."""
    site = [
        {
            "order_id": f"s{n:02d}", "buyer_id": f"b{n}",
            "phone": f"100{n % phones:08d}",
            "product_id": f"i{n % items}",
            "address": address if n % 2 else address.replace("3", "３"),
            "created_at": NOON + DAY * round(days * n / (accounts - 1)),
        }
        for n in range(accounts)
    ]  # fmt: skip
    rest = [
        {
            "order_id": f"r{n}", "buyer_id": f"r{n}", "phone": f"1009999{n:04d}",
            "address": f"长安市 和平路{n + 1}号", "created_at": NOON + DAY * round(365 * n / 9),
        }
        for n in range(10)
    ]  # fmt: skip
    everything = orders(site + rest)
    if not phone:
        everything = everything.drop(columns="phone")
    lines = everything[everything.order_id.str.startswith("s")].tail(6)
    return one(judge, lines, shared_sites(tables(orders=everything), lines))


def test_many_accounts_with_many_wishes_over_months_are_a_public_place():
    said = judged()
    assert said.result == "passed"
    # 300 of 365 days; 12 orders over five items: 3 of 12 for the commonest.
    assert "12 accounts with phones of their own, over 82 %" in said.en
    assert "25 %" in said.en


def test_the_place_is_one_however_it_is_spelled():
    # Every other order writes the number in full width; apart, neither half has 8 accounts.
    assert judged(accounts=14, phones=14).result == "passed"
    assert judged(accounts=14, phones=14).en.startswith("A public place by its use: 14 accounts")


def test_a_few_days_are_no_public_place():
    assert judged(days=9).result == "failed"


def test_one_item_is_no_public_place():
    said = judged(items=1)
    assert said.result == "failed"
    assert "100 % of the orders there are for one item" in said.en


def test_accounts_that_share_phones_are_no_public_place():
    said = judged(phones=4)
    assert said.result == "failed"
    assert said.en == "Unlike a public place: 12 accounts at the address have only 4 phones."


def test_a_handful_of_accounts_may_be_a_home():
    assert judged(accounts=7).result == "failed"


def test_without_phones_it_cannot_be_told():
    assert judged(phone=False).result == "not_available"


def test_orders_to_many_places_go_to_no_public_place():
    lines = orders([{"address": f"和平路{n}号", "buyer_id": str(n)} for n in range(6)])
    said = one(judge_dormitory, lines, shared_sites(tables(orders=lines), lines))
    assert (said.result, said.en) == ("failed", "The orders do not go to one place.")


LOCKER = "长安市 知春路18号 菜鸟驿站3号"


def test_a_station_is_told_from_a_dwelling_by_its_name():
    assert judged(address=LOCKER, judge=judge_station).result == "passed"
    assert judged(address=LOCKER).result == "failed"
    assert judged(judge=judge_station).result == "failed"


def test_a_new_station_has_to_show_its_record_but_not_for_one_item():
    assert judged(address=LOCKER, judge=judge_station, days=9).result == "not_available"
    assert judged(address=LOCKER, judge=judge_station, accounts=7).result == "not_available"
    assert judged(address=LOCKER, judge=judge_station, days=9, items=1).result == "failed"


def test_a_public_place_does_not_explain_one_item_for_some_who_live_there():
    rows = [
        {
            "order_id": f"s{n:02d}", "buyer_id": f"b{n}", "phone": f"100{n:08d}",
            "product_id": "cup" if n >= 16 else f"i{n % 5}", "address": DORM,
            "created_at": NOON + DAY * (18 * n if n < 16 else 200),
        }
        for n in range(20)
    ]  # fmt: skip
    everything = orders(rows)
    lines = everything.tail(4)
    said = one(judge_dormitory, lines, shared_sites(tables(orders=everything), lines))
    assert said.result == "not_available"
    assert "why 100 % of these orders are for one item" in said.en
