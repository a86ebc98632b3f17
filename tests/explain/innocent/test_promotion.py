from tests.explain.innocent.one_group import one
from tests.explain.made import orders, tables
from workbench.explain.innocent.offers import offers
from workbench.explain.innocent.promotion import judge_promotion


def judged(price: float, others: int = 40, pieces: int = 1):
    # Others: nine in ten at 10, one in ten at 9: the 5 % quantile is 9, the median 10.
    usual = [
        {"order_id": f"u{n}", "paid_amount": 9.0 if n % 10 == 0 else 10.0} for n in range(others)
    ]
    own = [
        {"order_id": f"m{n}", "paid_amount": price * pieces, "quantity": pieces} for n in range(6)
    ]
    everything = orders(usual + own)
    lines = everything[everything.order_id.str.startswith("m")]
    return one(judge_promotion, lines, offers(tables(orders=everything), lines))


def test_below_the_items_low_end_is_a_promotion():
    said = judged(8.99)
    assert said.result == "passed"
    assert "Sold at 8.99; the item usually goes for 10.00" in said.en


def test_the_usual_price_and_the_usual_low_price_are_none():
    assert judged(10.0).result == "failed"
    assert judged(9.0).result == "failed"


def test_too_few_other_sales_cannot_tell():
    assert judged(5.0, others=19).result == "not_available"
    assert judged(5.0, others=0).result == "not_available"


def test_the_price_is_per_piece():
    assert judged(10.0, pieces=3).result == "failed"
    assert judged(8.0, pieces=3).result == "passed"
