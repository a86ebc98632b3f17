from tests.explain.innocent.one_group import one
from tests.explain.made import orders, tables
from workbench.explain.innocent.flash_sale import judge_flash_sale
from workbench.explain.innocent.offers import offers


def judged(price: float):
    usual = [{"order_id": f"u{n}", "paid_amount": 10.0} for n in range(40)]
    own = [{"order_id": f"m{n}", "paid_amount": price} for n in range(6)]
    everything = orders(usual + own)
    lines = everything[everything.order_id.str.startswith("m")]
    return one(judge_flash_sale, lines, offers(tables(orders=everything), lines))


def test_without_records_the_usual_price_rules_it_out_and_a_low_one_leaves_it_open():
    assert judged(10.0).result == "failed"
    assert judged(9.99).result == "not_available"
