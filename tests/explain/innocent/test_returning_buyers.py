import pandas as pd

from tests.explain.innocent.one_group import one
from tests.explain.made import NOON, orders, tables
from workbench.explain.innocent.returning_buyers import judge_returning, returning_share

DAY = pd.Timedelta(days=1)


def judged(back: int, buyers: int = 20, usual_back: int = 60, rest_days: int = 200):
    """A shop in which 60 of 100 other buyers come back; `back` of the group's buyers did."""
    rows = []
    for n in range(100):
        rows.append({"order_id": f"u{n}", "buyer_id": f"u{n}", "created_at": NOON})
        if n < usual_back:
            later = NOON + rest_days * DAY
            rows.append({"order_id": f"v{n}", "buyer_id": f"u{n}", "created_at": later})
    for n in range(buyers):
        at = NOON + pd.Timedelta(minutes=n)
        rows.append({"order_id": f"m{n}", "buyer_id": f"m{n}", "created_at": at})
        if n < back:
            rows.append({"order_id": f"n{n}", "buyer_id": f"m{n}", "created_at": NOON + 30 * DAY})
    everything = orders(rows)
    lines = everything[everything.order_id.str.startswith("m")]
    return one(judge_returning, lines, returning_share(tables(orders=everything), lines))


def test_as_many_return_as_usual():
    # 60 usual buyers of 112 outside the group: 12 of the group's also have an order there.
    said = judged(back=12)
    assert said.result == "passed"
    assert said.en.startswith("12 of 20 buyers also ordered on other days (usual here: ")


def test_none_returns_where_most_do():
    said = judged(back=0)
    assert said.result == "failed"
    assert said.en == "Only 0 of 20 buyers ever ordered on another day (usual here: 60 %)."


def test_a_little_below_usual_cannot_tell():
    assert judged(back=8).result == "not_available"


def test_where_nobody_ever_returns_it_cannot_be_told():
    assert judged(back=0, usual_back=1).result == "not_available"


def test_few_buyers_or_recent_orders_cannot_tell():
    assert judged(back=0, buyers=4).result == "not_available"
    assert judged(back=0, rest_days=59).result == "not_available"


def test_another_order_on_the_same_day_is_no_return():
    rows = [{"order_id": f"m{n}", "buyer_id": f"m{n % 10}"} for n in range(10)]
    rows += [{"order_id": f"x{n}", "buyer_id": f"m{n}"} for n in range(10)]
    rows += [
        {"order_id": f"u{n}-{d}", "buyer_id": f"u{n}", "created_at": NOON + d * 100 * DAY}
        for n in range(50)
        for d in range(2)
    ]
    everything = orders([{"created_at": NOON, **row} for row in rows])
    lines = everything[everything.order_id.str.startswith("m")]
    said = one(judge_returning, lines, returning_share(tables(orders=everything), lines))
    assert said.result == "failed"
