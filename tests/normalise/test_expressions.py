"""Expressions that run in the engine."""

import ibis
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engine import connect
from workbench.normalise import (
    is_masked,
    is_plain_phone,
    is_privacy_number,
    mobile_key,
    normalise_phone,
    plain_address,
)


def answers(expression, texts: list[str]) -> list:
    connection = connect(threads=1)
    frame = pd.DataFrame({"n": range(len(texts)), "text": pd.Series(texts, dtype="string")})
    table = connection.create_table("texts", ibis.memtable(frame), temp=True)
    rows = table.mutate(answer=expression(table.text)).order_by("n").to_pyarrow()
    connection.disconnect()
    return rows["answer"].to_pylist()


WRITTEN = [
    "13812345678",
    "138****8000",
    "10012345678",
    "12812345678",
    "13812345678 ",
    "+86 138-1234-5678",
    "86-13812345678",
    "0086(138)12345678",
    "'13812345678",
    "13812345678.0",
    "013812345678",
    "138--12345678",
    "17012345678-1234",
    "+8617012345678-1",
    "17012345678转1234",
    "１３８１２３４５６７８",
    "0571-88886666",
    "400-123-4567",
    "+1 415 555 0123",
    "86138****8000",
    "8613812345678-12",
    "",
]


def test_a_phone_that_is_its_own_key() -> None:
    for text, plain in zip(WRITTEN, answers(is_plain_phone, WRITTEN), strict=True):
        assert plain == (len(text) == 11 and text[0] == "1"), text
        assert not plain or normalise_phone(text).key == text


def test_mobiles_have_the_key_that_is_worked_out_one_by_one() -> None:
    keys = answers(mobile_key, WRITTEN)
    said = [normalise_phone(text) for text in WRITTEN]
    assert [key == phone.key for key, phone in zip(keys, said, strict=True) if key] == [True] * 8
    assert {WRITTEN[n] for n, phone in enumerate(said) if phone.kind == "mobile"} - {
        WRITTEN[n] for n, key in enumerate(keys) if key
    } == {"１３８１２３４５６７８"}


def test_numbers_that_forward_are_the_platforms() -> None:
    found = [
        text
        for text, is_one in zip(WRITTEN, answers(is_privacy_number, WRITTEN), strict=True)
        if is_one
    ]
    assert found == ["17012345678-1234", "+8617012345678-1", "8613812345678-12"]
    assert {normalise_phone(text).kind for text in found} == {"privacy"}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text("0123456789+-8613. ()'*x转\t", max_size=18), min_size=1, max_size=300))
def test_the_engine_and_python_agree_on_whatever_is_written(texts: list[str]) -> None:
    told = [answers(expression, texts) for expression in (mobile_key, is_privacy_number)]
    plain = answers(is_plain_phone, texts)
    for text, key, privacy, is_plain in zip(texts, *told, plain, strict=True):
        phone = normalise_phone(text)
        assert key is None or (key == phone.key and phone.kind == "mobile")
        assert not privacy or phone.kind == "privacy"
        assert not is_plain or phone.key == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [("138****8000", True), ("张＊", True), ("138xxxx8000", True), ("张三", False), ("12a", False)],
)
def test_masked(text: str, masked: bool) -> None:
    assert answers(is_masked, [text]) == [masked]


def test_plain_address_reads_numerals_alike() -> None:
    written = ["中山路十八号３幢（放门口）", "中山路二十号(310000)", "中山路12號", "五一路三十五号"]
    assert answers(plain_address, written) == [
        "中山路18号3幢",
        "中山路20号",
        "中山路12号",
        "51路35号",
    ]
