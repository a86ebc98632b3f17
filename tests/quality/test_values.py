"""Whole, masked and opaque values are told apart."""

import pytest

from workbench.quality.values import is_filled, is_masked, is_opaque, moment_of

from .made import orders_of, tables_of

CIPHER = "##n8Qk2Zt0aP5sXw7L/Yb+1g==##"
TOKEN = "n8Qk2Zt0aP5sXw7LYb1g"


def answer(make, text):
    orders = orders_of("order_id buyer_name", [("1", text)])["orders"]
    return bool(make(orders.buyer_name).to_pyarrow()[0].as_py())


@pytest.mark.parametrize("text", ["138****8000", "张*", "张＊＊", "t***8", "138xxxx8000", "李●●"])
def test_what_is_shown_in_part_is_masked(text):
    assert answer(is_masked, text)


@pytest.mark.parametrize("text", ["13800138000", "张三", "Max Xu", "tb1xx2", "0571-88888888", ""])
def test_a_whole_value_is_not_masked(text):
    assert not answer(is_masked, text)


@pytest.mark.parametrize(
    ("text", "mask", "opaque"),
    [
        (CIPHER, "phone", True),
        ("$$a1b2$$", "name", True),
        ("~abc~", "alias", True),
        (TOKEN, "address", True),
        (TOKEN, "alias", False),  # an account's token is its id
        ("UNITED KINGDOM LONDON SW1", "address", False),
        ("13800138000", "phone", False),
        ("12345678901234567890123", "phone", False),  # digits alone are no ciphertext
        ("138****8000", "phone", False),
    ],
)
def test_ciphertext_is_told_by_its_wrapping_or_shape(text, mask, opaque):
    assert answer(lambda cell: is_opaque(cell, mask), text) is opaque


def test_blanks_are_nothing():
    assert [answer(is_filled, text) for text in ["a", " ", ""]] == [True, False, False]


def test_the_moment_of_a_row_is_its_first_time():
    tables = tables_of(
        orders=("order_id created_at", [("1", "2025-01-01")]),
        shipments=("tracking_no", [("x",)]),
    )
    assert moment_of("orders", tables["orders"]) == "created_at"
    assert moment_of("shipments", tables["shipments"]) is None
