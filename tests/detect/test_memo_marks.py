import pytest
from ibis.backends import BaseBackend

from tests.detect.conftest import facts_of
from tests.detect.proof_shop import RING, looked_at, proposing
from tests.detect.text_shop import shop
from workbench.detect.memo_marks import DETECTOR


def noted(engine: BaseBackend, orders):
    found = looked_at(engine, {"orders": orders}, proposing(*RING), DETECTOR)
    return found.rows[found.rows.detector == DETECTOR.name], found


def test_one_code_on_a_group(engine: BaseBackend) -> None:
    orders = shop()
    orders["seller_memo"] = orders.order_id.map(lambda one: "A3 " if one in RING else None)
    rows, found = noted(engine, orders)
    assert set(rows.order_id) == RING
    # All six carry what none of the other 400 does: the least rate to the sixth.
    assert rows.p_value.iloc[0] == pytest.approx(0.002**6, rel=1e-5)
    facts = next(one for one in facts_of(found) if "kind" in one)
    assert (facts["kind"], facts["flagged"], facts["known"]) == ("memo", 6, 6)


def test_colours_are_counted_apart_from_notes(engine: BaseBackend) -> None:
    orders = shop()
    orders["seller_flag"] = orders.order_id.map(lambda one: "红" if one in RING else "")
    rows, _ = noted(engine, orders)
    assert set(rows.order_id) == RING


def test_a_mark_of_the_same_days_is_the_shops_way(engine: BaseBackend) -> None:
    orders = shop()
    # A live stream: every order of that day is marked.
    day = orders.created_at[400].date()
    orders["seller_memo"] = orders.created_at.map(lambda at: "直播" if at.date() == day else None)
    rows, _ = noted(engine, orders)
    # 24 of the 24 others of the day, drawn to 24 of 400 others by 20 orders.
    rate = (24 + 20 * (24 + 0.04) / 420) / 44
    assert rows.empty or rows.p_value.iloc[0] == pytest.approx(rate**6, rel=1e-3)
    assert rate**6 > 0.03


def test_three_alike_are_not_looked_at(engine: BaseBackend) -> None:
    orders = shop()
    orders["seller_memo"] = orders.order_id.map(
        lambda one: "A3" if one in sorted(RING)[:3] else None
    )
    assert noted(engine, orders)[0].empty


def test_it_never_accuses_by_itself() -> None:
    assert DETECTOR.ambiguous


def test_empty_notes_are_missing(engine: BaseBackend) -> None:
    orders = shop().assign(seller_memo=" ")
    run = noted(engine, orders)[1].runs.set_index("detector").loc[DETECTOR.name]
    assert (run.state, run.needs) == ("not_available", "orders.seller_memo")
