"""The table: how many divisions it has, and that its former names lead somewhere."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

import workbench.normalise
from workbench.normalise import DIVISIONS, Division, division
from workbench.normalise.divisions import successors

ABOUT = tomllib.loads(
    Path(workbench.normalise.__file__).with_name("divisions.toml").read_text("utf-8")
)


def test_as_many_divisions_as_are_counted_officially() -> None:
    levels = Counter(one.level for one in DIVISIONS if one.until is None)
    assert levels == {0: 34, 1: 333, 2: 2845}
    assert list(ABOUT["counts"].values()) == [34, 333, 2845]


def test_codes_of_existing_divisions_are_six_digits_and_their_own() -> None:
    codes = [one.code for one in DIVISIONS if one.until is None]
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert len(codes) == len(set(codes))


def test_every_district_lies_in_a_province_and_a_city_or_in_none() -> None:
    # Governed by the province itself: their codes have 90 (in 重庆 01 and 02) where a city's stand.
    for one in DIVISIONS:
        if one.until is None and one.level == 2:
            assert division(one.code[:2] + "0000")
            known = division(one.code[:4] + "00") is not None
            municipality = one.code[:2] in ("11", "12", "31", "50")
            assert known != (municipality or one.code[2:4] == "90")


def test_former_divisions_lead_to_existing_ones_in_years_that_the_table_covers() -> None:
    former = [one for one in DIVISIONS if one.until is not None]
    assert len(former) == 395
    for one in former:
        assert ABOUT["former_since"] <= one.until <= ABOUT["as_of"].year
        assert successors(one)
        assert all(now.until is None and now.code[:2] == one.code[:2] for now in successors(one))


@pytest.mark.parametrize(
    ("code", "name", "until", "into"),
    [
        ("110228", "密云县", 2015, ["密云区"]),
        ("330104", "江干区", 2021, ["上城区", "钱塘区"]),
        ("330103", "下城区", 2021, ["拱墅区"]),
        ("371202", "莱城区", 2018, ["莱芜区"]),
        ("420600", "襄樊市", 2010, ["襄阳市"]),
        ("500112", "渝北区", 2025, ["两江新区", "北碚区"]),
        ("542232", "错那县", 2016, ["错那市"]),
    ],
)
def test_what_became_of_a_division(code: str, name: str, until: int, into: list[str]) -> None:
    one = next(one for one in DIVISIONS if (one.code, one.name) == (code, name))
    assert one.until == until
    assert [now.name for now in successors(one)] == into


def test_levels_and_what_lies_in_what() -> None:
    zhejiang, hangzhou = Division("330000", "浙江省"), Division("330100", "杭州市")
    yuhang, xuanwu = Division("330110", "余杭区"), Division("320102", "玄武区")
    assert [one.level for one in (zhejiang, hangzhou, yuhang)] == [0, 1, 2]
    assert yuhang.lies_in(hangzhou)
    assert yuhang.lies_in(zhejiang)
    assert hangzhou.lies_in(zhejiang)
    assert not xuanwu.lies_in(hangzhou)
    assert not zhejiang.lies_in(zhejiang)
    assert not hangzhou.lies_in(yuhang)


def test_a_former_code_has_no_division_now() -> None:
    assert division("110228") is None
    assert division("110118") == Division("110118", "密云区")
