import pandas as pd

from tests.explain.innocent.one_group import one
from tests.explain.made import NOON, orders, tables
from workbench.explain.innocent.purchases import goods, judge_goods


def judged(bought: int, other_item: int = 0, later: int = 0):
    """Fifty pieces sold, the last ten of them by the group."""
    everything = orders([{} for _ in range(50)])
    lines = everything.tail(10)
    purchases = pd.DataFrame(
        {
            "product_id": ["cup", "spoon", "cup"],
            "quantity": [bought, other_item, later],
            "purchased_at": [NOON, NOON, NOON + pd.Timedelta(days=99)],
        }
    )
    return one(judge_goods, lines, goods(tables(orders=everything, purchases=purchases), lines))


def test_purchases_that_cover_sales_show_that_the_goods_were_there():
    said = judged(50)
    assert said.result == "passed"
    assert said.en == "The goods were there: 50 pieces bought in until then, 50 sold."


def test_purchases_that_cover_all_but_the_group_show_that_they_were_not():
    assert judged(49).result == "failed"
    assert judged(40).result == "failed"


def test_purchases_that_never_cover_sales_say_nothing():
    assert judged(39).result == "not_available"


def test_other_items_and_later_purchases_do_not_count():
    assert judged(45, other_item=100, later=100).result == "failed"
