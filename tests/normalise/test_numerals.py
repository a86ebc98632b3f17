import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.normalise.numerals import digits_before_units


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("二十三号", "23号"),
        ("十号", "10号"),
        ("十二号楼五〇二室", "12号楼502室"),
        ("一百零八号", "108号"),
        ("一百二十号", "120号"),
        ("一千二百号", "1200号"),
        ("廿三弄", "23弄"),
        ("第三栋", "3栋"),
        ("第3栋", "3栋"),
        ("12第三栋", "12第3栋"),  # no 123
        ("五一路十八号", "五一路18号"),
    ],
)
def test_a_number_before_a_unit(text: str, digits: str) -> None:
    assert digits_before_units(text) == digits


@pytest.mark.parametrize(
    "text",
    [
        "三里屯",
        "五一路",
        "八一小学",
        "三门县",
        "十里堡",
        "二七广场",
        "文三路",
        "一百零号",  # no number
        "二十十号",
        "百号",
        "2十号",  # mixed: neither 2 and 10 nor 210
    ],
)
def test_a_name_or_no_number_stays(text: str) -> None:
    assert digits_before_units(text) == text


def _spoken(number: int) -> str:
    signs = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{signs[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{signs[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (signs[ones] if ones else "")


@given(st.integers(1, 999))
def test_every_number_as_it_is_spoken(number: int) -> None:
    assert digits_before_units(f"中山路{_spoken(number)}号") == f"中山路{number}号"


@given(st.text("零一二三十百千0123第号栋室路", max_size=12))
def test_again_it_is_the_same(text: str) -> None:
    once = digits_before_units(text)
    assert digits_before_units(once) == once
