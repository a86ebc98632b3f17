import pandas as pd
import pytest
from ibis.backends import BaseBackend

from tests.detect.conftest import facts_of, review_of
from tests.detect.proof_shop import RING, looked_at, proposing
from tests.detect.text_shop import HOUR, chats, shop
from workbench.detect.lexicon import DETECTOR, SHARE

TASK = [("seller", "今天的任务单拍了吗，佣金八块"), ("buyer", "好的")]


def test_talk_of_a_ring_crowds_among_its_item(engine: BaseBackend) -> None:
    orders = shop()
    found = looked_at(engine, {"orders": orders, "messages": chats(orders, TASK)}, DETECTOR)
    assert set(found.rows.order_id) == RING
    facts = facts_of(found)[0]
    assert facts["entries"] == {"commission": 6, "order_task": 6}
    assert facts["classes"] == {"A": 6}
    assert (facts["by_seller"], facts["genuine"], facts["weight_median"]) == (6, 0, 9)
    # Nobody else talks so: the least rate. Six in a row at a share of one half, in 406 orders
    # that were talked about, two shares, three searches.
    assert facts["usual_rate"] == pytest.approx(0.002)
    assert facts["p2"] == pytest.approx((0.002 / 0.5) ** 6, rel=1e-4)
    assert found.rows.p_value.iloc[0] == pytest.approx((0.002 / 0.5) ** 6 * 406 * 2 * 3, rel=1e-4)
    assert review_of(found)["single_hits"] == 0


@pytest.mark.parametrize(
    "lines",
    [
        [("buyer", "你们刷单吗，我有团队"), ("seller", "亲，我们不刷单，平台不允许")],
        [("buyer", "收到空包裹，要投诉")],
        [("seller", "加微信发安装视频")],
        [("seller", "满意的话给个五星哦")],
    ],
    ids=["refused", "complaint", "another place", "a polite request"],
)
def test_innocent_talk_is_not_found(engine: BaseBackend, lines: list[tuple[str, str]]) -> None:
    orders = shop()
    found = looked_at(engine, {"orders": orders, "messages": chats(orders, lines)}, DETECTOR)
    assert found.rows.empty
    assert review_of(found)["single_hits"] == 0


def test_an_automatic_reply_says_nothing_of_an_order(engine: BaseBackend) -> None:
    orders = shop()
    told = chats(orders, [("buyer", "在吗")])
    reply = told.assign(speaker="seller", text="亲，五星好评返现3元哦")
    found = looked_at(engine, {"orders": orders, "messages": pd.concat([told, reply])}, DETECTOR)
    assert found.rows.empty
    assert review_of(found)["templates"] == 1


def test_one_conversation_accuses_nobody(engine: BaseBackend) -> None:
    orders = shop(ring=1)
    found = looked_at(engine, {"orders": orders, "messages": chats(orders, TASK)}, DETECTOR)
    assert found.rows.empty
    assert review_of(found)["single_hits"] == 1


def test_two_promises_that_were_paid_are_a_group(engine: BaseBackend) -> None:
    orders = shop(ring=2)
    paid = pd.DataFrame(
        {
            "posted_at": orders.created_at[-2:] + 20 * HOUR,
            "amount": ["18.00", "18.00"],
            "direction": "out",
            "counterparty_account": orders.buyer_id[-2:],
            "source_file": "f",
            "source_row": [1, 2],
        }
    )
    frames = {"orders": orders, "messages": chats(orders, TASK), "payments": paid}
    found = looked_at(engine, frames, DETECTOR)
    assert set(found.rows.order_id) == {"X0000", "X0001"}
    # The first is where it began; the second would be chance at the least rate, tried at two
    # orders, in three searches.
    assert found.rows.p_value.iloc[0] == pytest.approx(0.002 * 2 * 3)
    without = {name: frames[name] for name in ("orders", "messages")}
    assert looked_at(engine, without, DETECTOR).rows.empty


def test_talk_without_an_order_stands_beside_the_buyers_orders(engine: BaseBackend) -> None:
    orders = shop()
    told = chats(orders, TASK).drop(columns="order_id")
    found = looked_at(engine, {"orders": orders, "messages": told}, DETECTOR)
    assert set(found.rows.order_id) == RING


def test_notes_count_as_talk(engine: BaseBackend) -> None:
    orders = shop()
    orders["seller_memo"] = orders.order_id.map(lambda one: "任务" if one in RING else "已催件")
    found = looked_at(engine, {"orders": orders}, DETECTOR)
    assert set(found.rows.order_id) == RING


def test_the_share_of_a_proposed_group(engine: BaseBackend) -> None:
    orders = shop()
    told = chats(orders, TASK)
    # Two of six were talked of so; of the shop's others none.
    told = told[~told.order_id.isin(sorted(RING)[2:]) | (told.speaker == "buyer")]
    frames = {"orders": orders, "messages": told}
    found = looked_at(engine, frames, proposing(*RING), SHARE)
    own = found.rows[found.rows.detector == SHARE.name]
    assert set(own.order_id) == RING
    # P(2 or more of 6 at 0.002) = 1 - 0.998^6 - 6 * 0.002 * 0.998^5
    assert own.p_value.iloc[0] == pytest.approx(1 - 0.998**6 - 0.012 * 0.998**5, rel=1e-6)


def test_nothing_said_is_not_nothing_found(engine: BaseBackend) -> None:
    run = looked_at(engine, {"orders": shop()}, DETECTOR).runs.iloc[0]
    assert run.state == "not_available"
    assert run.needs == "messages.text | orders.buyer_message | orders.seller_memo"
