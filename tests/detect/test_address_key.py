"""Pairs of addresses, worked out by hand: one place or two."""

import ibis
import pandas as pd
import pytest
from ibis.backends import BaseBackend

from workbench.detect.address_key import address_key


def keys(engine: BaseBackend, addresses: list[str | None], city: str | None = None) -> list:
    frame = pd.DataFrame({"n": range(len(addresses)), "a": pd.Series(addresses, dtype="string")})
    table = engine.create_table(ibis.util.gen_name("addresses"), ibis.memtable(frame), temp=True)
    place = None if city is None else ibis.literal(city)
    keyed = table.mutate(
        key=address_key(table.a, place),
    )
    return keyed.order_by("n").to_pyarrow()["key"].to_pylist()


SAME = [
    ("中山路18号3栋2单元502室", "中山路１８号３幢２单元５０２"),
    ("中山路18号3栋2单元502室", "中山路18号3-2-502"),
    ("中山路18号3栋2单元502室", "中山路十八号三栋二单元五〇二室"),
    ("中山路18号3栋2单元502室", "中山路 18号，3#2单元502室(310012)"),
    ("中山路18号3栋2单元502室", "中山路18號3棟2單元502室（放門口）"),
    ("浙江省杭州市西湖区中山路18号", "杭州市西湖区中山路18号"),
    ("中山路20号", "中山路二十号"),
    ("中山路23号", "中山路二十三号"),
    ("中山路12号", "中山路十二号"),
    ("万科城A座1201室", "万科城a座1201"),
    ("12 Baker Street, Flat 4", "12 BAKER ST FLAT 4"),
]
DIFFERENT = [
    ("中山路18号3栋2单元502室", "中山路18号3栋2单元503室"),  # the neighbour
    ("中山路18号3栋2单元502室", "中山路18号2栋3单元502室"),  # another building
    ("中山路18号1栋23室", "中山路18号12栋3室"),  # the same digits, split otherwise
    ("中山路18号", "中心路18号"),
    ("文一路18号", "文三路18号"),
    ("万科城A座1201室", "万科城B座1201室"),
    ("中山路30号", "中山路三号"),
    ("12a Baker Street", "12b Baker Street"),
    ("12 Baker Street", "12 Butcher Street"),
]


@pytest.fixture(scope="module")
def key_of(engine: BaseBackend) -> dict[str, str]:
    """The keys of all pairs, from one query."""
    texts = sorted({text for pair in SAME + DIFFERENT for text in pair})
    return dict(zip(texts, keys(engine, texts, "杭州市"), strict=True))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_place(key_of: dict[str, str], one: str, other: str) -> None:
    assert key_of[one] == key_of[other]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_places(key_of: dict[str, str], one: str, other: str) -> None:
    assert key_of[one] != key_of[other]


def test_key_is_city_road_and_numbers(engine: BaseBackend) -> None:
    written = "浙江省杭州市西湖区翠苑街道文三路18号3栋2单元502室"
    assert keys(engine, [written], "杭州市") == ["杭州|文路|3-18-3-2-502"]
    assert keys(engine, ["西湖区翠苑小区3栋502"], "杭州市") == ["杭州|翠苑小区|3-502"]


def test_no_place(engine: BaseBackend) -> None:
    nothing = [None, "", "浙江省杭州市西湖区****", "杭州市西湖区"]
    assert keys(engine, nothing, "杭州市") == [None] * 4


def test_same_street_in_another_city_is_another_place(engine: BaseBackend) -> None:
    here = keys(engine, ["中山路18号"], "杭州市")
    assert here != keys(engine, ["中山路18号"], "宁波市")
