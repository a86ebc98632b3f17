import pandas as pd

from tests.explain.innocent.one_group import one
from tests.explain.made import NOON, orders, tables
from workbench.explain.innocent.staff_purchase import judge_staff, staff_list

SHOP = [{"order_id": f"u{n}", "buyer_id": f"b{n}"} for n in range(20)]


def judged(accounts: list[str], items: list[str], staff: list[str] | None):
    own = [
        {"order_id": f"m{n}", "buyer_id": buyer, "product_id": item, "created_at": NOON}
        for n, (buyer, item) in enumerate(zip(accounts, items, strict=True))
    ]
    everything = orders(SHOP + own)
    frames = {"orders": everything}
    if staff is not None:
        frames["staff"] = pd.DataFrame({"staff_id": staff, "buyer_id": staff})
    lines = everything[everything.order_id.str.startswith("m")]
    return one(judge_staff, lines, staff_list(tables(**frames), lines))


def test_staff_who_buy_different_things_buy_for_themselves():
    said = judged(["s1", "s2", "s3"], ["a", "b", "c"], ["s1", "s2", "s3"])
    assert said.result == "passed"
    assert "3 of 3 accounts are on the list of staff" in said.en


def test_staff_who_buy_one_thing_together_need_a_paper():
    assert judged(["s1", "s2", "s3"], ["a", "a", "a"], ["s1", "s2", "s3"]).result == "not_available"


def test_staff_who_order_oftener_than_customers_need_a_paper():
    said = judged(["s1", "s1", "s1"], ["a", "b", "c"], ["s1"])
    assert said.result == "not_available"


def test_strangers_are_no_staff():
    assert judged(["x", "y"], ["a", "b"], ["s1"]).result == "failed"


def test_without_a_list_it_cannot_be_told():
    said = judged(["x", "y"], ["a", "b"], None)
    assert (said.result, said.en) == ("not_available", "The data hold no list of staff.")
