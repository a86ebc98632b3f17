import pandas as pd
import pytest

from workbench.gate.agreement import agreement, all_agree

from .saying import EARLIER, LATER, NOTHING, asked, known, told

ORDER = {
    "order_id": "1",
    "tracking_no": "SF100",
    "buyer_name": "张三",
    "phone": "13812348000",
    "address": "浙江省杭州市西湖区文一西路969号",
    "sku": "red",
    "city": "杭州市",
    "carrier": "顺丰",
    "quantity": 1,
    "paid_amount": "19.90",
}
SLIP = {
    "order_id": "1",
    "tracking_no": "SF 100",
    "consignee": "张三",
    "phone": "13812348000",
    "address": "文一西路969号",
    "sku": "red",
    "receiver_city": "杭州",
    "carrier": "顺丰速运",
}
PAID = {"order_id": "1", "direction": "in", "amount": "19.9000"}


def frame(*rows):
    return pd.DataFrame(rows)


def compared(order=None, slip=None, paid=PAID, lines=None):
    return agreement(
        frame({**ORDER, **(order or {})}),
        frame({**SLIP, **(slip or {})}),
        frame(paid) if paid else None,
        frame(*lines) if lines else None,
    )


def by_field(rows):
    return dict(zip(rows["field"], rows["agrees"], strict=True))


def test_a_slip_and_a_payment_that_agree_are_told_field_by_field():
    assert by_field(compared()) == {
        "tracking_no": True, "consignee": True, "phone": True, "address": True, "sku": True,
        "city": True, "carrier": None, "amount": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("slip", "field", "agrees"),
    [
        ({"tracking_no": "SF101"}, "tracking_no", False),
        ({"phone": "138****8000"}, "phone", None),
        ({"phone": "139****8000"}, "phone", False),
        ({"consignee": "李四"}, "consignee", False),
        ({"receiver_city": "宁波"}, "city", False),
        ({"sku": "blue"}, "sku", False),
    ],
)
def test_each_field_is_held_against_the_order(slip, field, agrees):
    assert by_field(compared(slip=slip))[field] is agrees


def test_what_one_side_does_not_say_is_not_compared():
    rows = compared(slip={"phone": None, "sku": ""})
    assert {"phone", "sku"}.isdisjoint(by_field(rows))


def test_an_order_in_two_parcels_agrees_when_both_do():
    slips = frame(SLIP, {**SLIP, "tracking_no": "SF200"})
    lines = frame(ORDER, {**ORDER, "tracking_no": "SF200"})
    assert by_field(agreement(lines, slips, None, None))["tracking_no"]
    strange = frame(SLIP, {**SLIP, "tracking_no": "SF300"})
    assert by_field(agreement(lines, strange, None, None))["tracking_no"] is False


def test_the_lines_of_an_order_are_paid_together():
    lines = frame(ORDER, {**ORDER, "paid_amount": "0.10"})
    rows = agreement(lines, None, frame({**PAID, "amount": "20.00"}), None)
    assert by_field(rows) == {"amount": True}
    less = agreement(lines, None, frame({**PAID, "amount": "19.90"}), None)
    assert by_field(less) == {"amount": False}


def test_money_that_went_out_pays_no_order():
    rows = agreement(frame(ORDER), None, frame({**PAID, "direction": "out"}), None)
    assert rows.empty


def test_a_list_of_items_is_held_against_the_lines():
    item = {"order_id": "1", "sku": "red", "quantity": 2}
    rows = agreement(frame(ORDER), None, None, frame(item))
    assert by_field(rows) == {"sku": True, "quantity": False}


AT = {"1": EARLIER, "2": EARLIER}


def test_orders_that_agree_in_everything_pass():
    verdict = all_agree(["1"], compared(), NOTHING, AT)
    assert (verdict.state, asked(verdict)) == ("passed", [])


def test_a_difference_fails_until_it_is_explained():
    rows = compared(slip={"consignee": "李四", "phone": "13900000000"})
    verdict = all_agree(["1"], rows, NOTHING, AT)
    assert (verdict.state, list(verdict.orders)) == ("failed", ["1"])
    assert asked(verdict) == [("gate.5", "1")]
    from .saying import EN, ZH

    assert verdict.questions[0].ask(EN).startswith("Order 1 differs in consignee, phone.")
    assert "收件人、电话" in verdict.questions[0].ask(ZH)
    why = known((verdict.questions[0], "yes", "gift, the chat names the recipient"))
    assert all_agree(["1"], rows, why, AT).state == "passed"
    assert all_agree(["1"], rows, known((verdict.questions[0], "no", "")), AT).state == "failed"


def test_what_only_fits_is_looked_at_by_a_person():
    rows = compared(slip={"phone": "138****8000"})
    verdict = all_agree(["1"], rows, NOTHING, AT)
    assert (verdict.state, asked(verdict)) == ("needs_answer", [("gate.5", "")])
    seen = known((verdict.questions[0], "yes", "compared by two of us"))
    assert all_agree(["1"], rows, seen, AT).state == "passed"
    assert all_agree(["1"], rows, known((verdict.questions[0], "no", "")), AT).state == "failed"


def test_an_answer_covers_no_order_that_was_decided_later():
    both = pd.concat(
        [compared(slip={"phone": None}), compared(slip={"phone": None}).assign(order_id="2")]
    )
    question = all_agree(["1", "2"], both, NOTHING, AT).questions[0]
    given = known((question, "yes", "compared"))
    verdict = all_agree(["1", "2"], both, given, {"1": EARLIER, "2": LATER})
    assert (verdict.state, list(verdict.orders)) == ("needs_answer", ["2"])
    assert "Orders decided after the answer was given: 1." in told(verdict)


def test_without_a_slip_nothing_is_taken_for_granted():
    verdict = all_agree(["1"], agreement(frame(ORDER), None, None, None), NOTHING, AT)
    assert (verdict.state, list(verdict.orders)) == ("needs_answer", ["1"])


def test_nothing_defended_is_no_pass():
    assert all_agree([], compared(), NOTHING, AT).state == "needs_answer"
