import pandas as pd

from tests.explain.innocent.one_group import one
from tests.explain.made import NOON, orders, tables
from workbench.explain.innocent.group_buy import group_buys, judge_group_buy

HOUR = pd.Timedelta(hours=1)


def judged(phones: int = 10, kind: str | None = "group_buy", item: str | None = "cup", **columns):
    lines = orders([{"buyer_id": f"b{n}", "phone": f"p{n % phones}", **columns} for n in range(10)])
    frames = {"orders": lines}
    if kind:
        record = {"name": "G", "starts_at": NOON, "ends_at": NOON + 12 * HOUR, "kind": kind}
        frames["campaigns"] = pd.DataFrame([record | {"product_id": item}])
    return one(judge_group_buy, lines, group_buys(tables(**frames), lines)).result


def test_a_group_buy_on_record_explains():
    assert judged() == "passed"
    assert judged(item=None) == "passed"


def test_another_campaign_or_item_or_none_cannot_tell():
    assert judged(kind="livestream") == "not_available"
    assert judged(item="spoon") == "not_available"
    assert judged(kind=None) == "not_available"


def test_one_phone_for_many_accounts_is_no_group_buy():
    assert judged(phones=4, kind=None) == "failed"
    assert judged(phones=5, kind=None) == "not_available"


def test_a_leader_may_put_one_phone_and_one_door_on_every_order():
    assert judged(phones=1, kind=None, address="1 High St") == "not_available"
    assert judged(phones=1, kind=None, address=None) == "failed"
    late = orders([{"buyer_id": f"b{n}", "phone": "p", "address": "1 High St"} for n in range(10)])
    late.loc[9, "created_at"] += 73 * HOUR
    known = group_buys(tables(orders=late), late)
    assert one(judge_group_buy, late, known).result == "failed"
