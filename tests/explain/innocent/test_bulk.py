import pandas as pd

from tests.explain.innocent.one_group import one
from tests.explain.made import NOON, orders, tables
from workbench.explain.innocent.bulk import judge_company, judge_reseller, usual_amounts


def lines_and_normal(amount: float, days: int = 4, large: float = 15.0):
    # The shop: 10 for a cup, one line in ten at `large`.
    usual = [
        {"order_id": f"u{n}", "paid_amount": large if n % 10 == 0 else 10.0} for n in range(50)
    ]
    own = [
        {
            "order_id": f"m{n}", "paid_amount": amount,
            "created_at": NOON + pd.Timedelta(days=n % days),
        }
        for n in range(8)
    ]  # fmt: skip
    everything = orders(usual + own)
    lines = everything[everything.order_id.str.startswith("m")]
    return lines, usual_amounts(tables(orders=everything), lines)


def test_the_shops_own_large_orders_set_the_limit_but_never_below_the_floor():
    assert lines_and_normal(10)[1].large == 1.8
    assert lines_and_normal(10, large=40.0)[1].large == 4.0
    assert lines_and_normal(10)[1].usual.to_dict() == {"cup": 10.0}


def test_large_amounts_look_like_a_company():
    said = one(judge_company, *lines_and_normal(60))
    assert said.result == "passed"
    assert "Orders of 6.0 times the usual amount" in said.en
    assert one(judge_company, *lines_and_normal(18)).result == "passed"


def test_usual_amounts_do_not():
    assert one(judge_company, *lines_and_normal(17.9)).result == "failed"
    assert one(judge_company, *lines_and_normal(30, large=40.0)).result == "failed"


def test_a_reseller_also_comes_back():
    assert one(judge_reseller, *lines_and_normal(60, days=3)).result == "passed"
    assert one(judge_reseller, *lines_and_normal(60, days=2)).result == "failed"
    assert one(judge_reseller, *lines_and_normal(10, days=8)).result == "failed"


def test_an_item_nobody_else_bought_cannot_be_compared():
    lines, normal = lines_and_normal(60)
    other = lines.assign(product_id="only here")
    assert one(judge_company, other, normal).result == "not_available"
    assert one(judge_reseller, other, normal).result == "not_available"
