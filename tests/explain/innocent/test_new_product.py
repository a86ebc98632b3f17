import pandas as pd

from tests.explain.innocent.one_group import one
from tests.explain.made import NOON, orders, tables
from workbench.explain.innocent.new_product import judge_new_product
from workbench.explain.innocent.offers import offers

DAY = pd.Timedelta(days=1)


def judged(sold_for: int, *, data_for: int = 100, record: bool = False):
    """A group that begins `sold_for` days after the item's first sale, in data of `data_for`."""
    rows = [
        {"order_id": "first", "product_id": "old", "created_at": NOON - data_for * DAY},
        {"order_id": "sold", "product_id": "cup", "created_at": NOON - sold_for * DAY},
        *({"order_id": f"m{n}", "product_id": "cup", "created_at": NOON} for n in range(5)),
    ]
    everything = orders(rows)
    frames = {"orders": everything}
    if record:
        frames["campaigns"] = pd.DataFrame(
            [("Launch", NOON - DAY, NOON + DAY, "cup", "new_product")],
            columns=["name", "starts_at", "ends_at", "product_id", "kind"],
        )
    lines = everything[everything.order_id.str.startswith("m")]
    return one(judge_new_product, lines, offers(tables(**frames), lines))


def test_an_item_long_sold_is_not_new():
    said = judged(15)
    assert (said.result, said.en) == ("failed", "Not a new item: it had been sold for 15 days.")


def test_that_an_item_is_new_explains_nothing_without_a_record():
    said = judged(14)
    assert said.result == "not_available"
    assert "no launch of that time is on record" in said.en
    assert judged(14, record=True).result == "passed"


def test_what_is_sold_when_the_data_begin_is_not_new():
    said = judged(5, data_for=10)
    assert (said.result, said.en) == (
        "failed",
        "Not a new item: it is sold for as long as the data run.",
    )
