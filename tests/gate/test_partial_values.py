from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.gate.partial_values import (
    agree_address,
    agree_amount,
    agree_name,
    agree_phone,
    agree_text,
)


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("13812348000", "+86 138-1234-8000", True),
        ("13812348000", "13812348001", False),
        ("138****8000", "13812348000", None),  # it fits, and does not tell
        ("138****8000", "138****8000", None),
        ("138****8000", "139****8000", False),
        ("138****8000", "13812348001", False),
        ("139****8000", "13812348000", False),
        ("138****8000", "", None),
        ("13812348000", "$TxQ9==~ciphertext", None),
        ("17012345678-1234", "17012345678-1234", None),  # a platform's number, of nobody
        ("138****0000", "138****8000", False),
    ],
)
def test_phones(one, other, agrees):
    assert agree_phone(one, other) is agrees
    assert agree_phone(other, one) is agrees


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("张三", " 张 三", True),
        ("张三", "张四", False),
        ("张*", "张三", None),
        ("张*", "李四", False),
        ("张**", "张小明", None),
        ("张*", "张*", None),
        ("张*", "李*", False),
        ("", "张三", None),
    ],
)
def test_names(one, other, agrees):
    assert agree_name(one, other) is agrees
    assert agree_name(other, one) is agrees


FULL = "浙江省杭州市西湖区文一西路969号3幢502室"


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        (FULL, FULL.replace("市", "市 "), True),
        (FULL, "文一西路969号3幢502室", True),  # the divisions are left out by hand
        (FULL, "西湖区文一西路969号3幢502室", True),
        (FULL, "浙江省杭州市西湖区文一西路969号3幢503室", False),
        (FULL, "上海市浦东新区文一西路969号3幢502室", False),
        (FULL, "浙江省杭州市西湖区文一西路****", None),
        (FULL, "浙江省宁波市****", False),
        (FULL, "", None),
        (FULL, "浙江省杭州市西湖区文一西路九百六十九号", None),  # a person has to look
    ],
)
def test_addresses(one, other, agrees):
    assert agree_address(one, other) is agrees
    assert agree_address(other, one) is agrees


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("SF 100-200", "sf100200", True),
        ("SF100200", "SF100201", False),
        ("SF10****", "SF100200", None),
        ("YT10****", "SF100200", False),
    ],
)
def test_numbers_and_codes(one, other, agrees):
    assert agree_text(one, other) is agrees


def test_amounts_agree_to_the_cent():
    assert agree_amount(Decimal("19.90"), Decimal("19.9000"))
    assert agree_amount(Decimal("19.90"), Decimal("19.9099"))
    assert not agree_amount(Decimal("19.90"), Decimal("19.91"))


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.integers(0, 7), st.integers(1, 4))
def test_a_masked_number_never_agrees_and_always_fits_its_own(number, start, length):
    masked = number[:start] + "*" * length + number[start + length :]
    assert agree_phone(masked, number) is None
    assert agree_phone(masked, masked) is None
