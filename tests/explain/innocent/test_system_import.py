import pandas as pd

from tests.explain.innocent.one_group import one
from tests.explain.made import NOON, orders, tables
from workbench.explain.innocent.system_import import judge_import, other_minutes

MINUTE = pd.Timedelta(minutes=1)


def judged(together: int, at: pd.Timestamp = NOON):
    """Ten orders in two minutes; `together` others in the same ones, one an hour elsewhere."""
    rest = [
        {"order_id": f"u{n}", "created_at": at.floor("D") + n * 60 * MINUTE} for n in range(1, 10)
    ]
    rest += [{"order_id": f"t{n}", "created_at": at + (n % 2) * MINUTE} for n in range(together)]
    own = [{"order_id": f"m{n}", "created_at": at + (n % 2) * MINUTE} for n in range(10)]
    everything = orders(rest + own)
    lines = everything[everything.order_id.str.startswith("m")]
    return one(judge_import, lines, other_minutes(tables(orders=everything), lines))


def test_others_in_the_very_minutes_make_it_an_import():
    # Five others: a twelfth of them is usual in one minute of that hour, twice that in two.
    said = judged(5)
    assert said.result == "passed"
    assert "5 other orders came in (0.2 usual)" in said.en


def test_a_rhythm_of_these_orders_alone_is_none():
    assert judged(0).result == "failed"
    assert judged(4).result == "failed"


def test_days_without_times_cannot_tell():
    everything = orders([{"order_id": f"m{n}", "created_at": NOON.floor("D")} for n in range(5)])
    said = one(judge_import, everything, other_minutes(tables(orders=everything), everything))
    assert said.result == "not_available"
