"""Expressions that run in the engine."""

import ibis
import pandas as pd
import pytest

from workbench.engine import connect
from workbench.normalise import is_masked, is_plain_phone, normalise_phone, plain_address


def answers(expression, texts: list[str]) -> list:
    connection = connect(threads=1)
    frame = pd.DataFrame({"n": range(len(texts)), "text": pd.Series(texts, dtype="string")})
    table = connection.create_table("texts", ibis.memtable(frame), temp=True)
    rows = table.mutate(answer=expression(table.text)).order_by("n").to_pyarrow()
    connection.disconnect()
    return rows["answer"].to_pylist()


def test_a_phone_that_is_its_own_key() -> None:
    written = ["13812345678", "138****8000", "13812345678 ", "12812345678", "0571-88886666", ""]
    assert answers(is_plain_phone, written) == [True, True, False, False, False, False]
    assert [normalise_phone(text).key for text in written[:2]] == written[:2]


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
