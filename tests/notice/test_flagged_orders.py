import pytest

from workbench.notice import parse_notice
from workbench.notice.told import remark_text

A, B, C = "240728699116526468", "241204198564878009", "308849776763975392"


def orders(text: str) -> tuple[str, ...]:
    return parse_notice(text).value("order_ids")


@pytest.mark.parametrize(
    "text",
    [
        f"涉及订单：{A}、{B}、{C}",
        f"涉及订单号如下：\n1、{A}\n2、{B}\n3、{C}\n",
        f"订单编号：{A}\n订单编号：{B}\n订单编号：{C}\n",
        f"订单编号\t金额\t运单号\n{A}\t12.00\t753123456789012345\n{B}\t1\t753123456789012346\n{C}\t1\t7",
        f"| 序号 | 订单编号 | 手机号 |\n|---|---|---|\n| 1 | {A} | 13800138000 |\n"
        f"| 2 | {B} | 13800138001 |\n| 3 | '{C} | 13800138002 |\n",
        f"商品ID,订单号,金额\n600000000000000001,{A},1\n600000000000000002,{B},1\n"
        f"600000000000000003,{C},1\n",
        f"Order IDs: {A}, {B} and {C}.",
        f"Orders:\n- {A}\n- {B}\n- {C}\n",
        f"{A} {B}\n{C}",
        f"（订单：{A}；{B}；{C}）",
    ],
)
def test_orders_in_any_layout(text: str):
    assert orders(text) == (A, B, C)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("订单号：240101-123456789012345", ("240101-123456789012345",)),
        ("Order ID: 113-1234567-7654321", ("113-1234567-7654321",)),
        ("订单：P123456789012345678", ("P123456789012345678",)),
        ("订单号：2.40728699116526E+17", ("2.40728699116526E+17",)),
        ("订单号：12345678", ("12345678",)),
        ("订单号：100001、100023", ("100001", "100023")),
    ],
)
def test_numbers_of_other_platforms(text: str, found: tuple[str, ...]):
    assert orders(text) == found


@pytest.mark.parametrize(
    "text",
    [
        f"运单号：{A}",
        f"快递单号 {A}",
        f"商品ID：{A}",
        "联系电话：13800138000",
        "12345678901",
        f"Tracking number: {A}",
        f"Item {A}",
        f"通知编号：{A}",
        "时间 20260102103000",
        "订单金额：123456元",
        "订单数量 123456 笔",
        "Order amount: 123456",
    ],
)
def test_numbers_of_something_else_are_no_orders(text: str):
    assert orders(text) == ()


def test_an_order_beside_its_waybill():
    assert orders(f"订单号：{A}，运单号：753123456789012345，订单号：{B}") == (A, B)


def test_a_long_number_without_a_label_is_likely_only():
    (reading,) = parse_notice(f"问题交易 {A}").of("order_ids")
    assert reading.sure == "likely"
    (reading,) = parse_notice(f"订单号：{A}").of("order_ids")
    assert reading.sure == "stated"


@pytest.mark.parametrize("mark", [" 至 ", "~", "—", " to ", "到"])
def test_between_the_ends_of_a_range_nothing_is_guessed(mark: str):
    parsed = parse_notice(f"涉及订单：240728699116526468{mark}240728699116526488")
    assert parsed.value("order_ids") == ("240728699116526468", "240728699116526488")
    (remark,) = parsed.remarks
    assert remark.code == "order_range"
    assert "240728699116526488" in remark_text(remark, "zh")


def test_a_masked_order_is_told_and_not_taken():
    parsed = parse_notice("订单号：2407****6468")
    assert parsed.value("order_ids") == ()
    assert [one.code for one in parsed.remarks] == ["masked_order"]
    assert "2407****6468" in remark_text(parsed.remarks[0], "en")


def test_a_notice_that_counts_other_than_it_lists_is_told():
    parsed = parse_notice(f"涉及共5笔订单，订单号：{A}、{B}")
    assert [one.code for one in parsed.remarks] == ["count_differs"]
    assert remark_text(parsed.remarks[0], "en") == "The notice speaks of 5 orders; 2 were read."


def test_an_order_is_told_once():
    assert orders(f"订单号：{A}。其中订单 {A} 的运单异常") == (A,)
