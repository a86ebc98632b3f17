"""Phones as exports write them, worked out by hand."""

import re

import pytest
from hypothesis import given

from tests.normalise.strategies import phones
from workbench.normalise import Phone, normalise_phone

MOBILE = Phone("mobile", "13812345678", key="13812345678")
LANDLINE = Phone("landline", "0571-88886666", key="057188886666")


@pytest.mark.parametrize(
    "text",
    [
        *("13812345678", "138 1234 5678", "138-1234-5678", "+86 13812345678", "+8613812345678"),
        *("0086 138 1234 5678", "8613812345678", "86-13812345678", "(86)13812345678"),
        *(
            "１３８１２３４５６７８",
            "'13812345678",
            '="13812345678"',
            "013812345678",
            "13812345678.0",
        ),
        *("\t13812345678", "138–1234–5678", "\u00a013812345678"),
    ],
)
def test_a_mobile(text: str) -> None:
    assert normalise_phone(text) == MOBILE
    assert normalise_phone(text).identity


@pytest.mark.parametrize(
    "text",
    [
        *("0571-88886666", "(0571)88886666", "057188886666", "0571-8888-6666", "0571 8888 6666"),
        *(
            "+86 571 8888 6666",
            "+86-0571-88886666",
            "86 0571 88886666",
            "００８６５７１８８８８６６６６",
        ),
    ],
)
def test_a_landline(text: str) -> None:
    assert normalise_phone(text) == LANDLINE
    assert normalise_phone(text).identity


def test_area_codes_of_three_and_of_four_digits() -> None:
    assert normalise_phone("01088886666").number == "010-88886666"
    assert normalise_phone("02188886666").number == "021-88886666"
    assert normalise_phone("+861088886666").number == "010-88886666"
    assert normalise_phone("05718888666").number == "0571-8888666"


@pytest.mark.parametrize(
    "text", ["0571-88886666-801", "0571-88886666转801", "057188886666 ext. 801"]
)
def test_a_landline_with_extension(text: str) -> None:
    one = normalise_phone(text)
    assert (one.kind, one.number, one.extension) == ("landline", "0571-88886666", "801")
    assert one.key == "057188886666-801"


@pytest.mark.parametrize(
    "text",
    ["17012345678-1234", "17012345678转1234", "170-1234-5678-1234", "+86 17012345678,1234"],
)
def test_a_mobile_with_extension_is_the_platforms(text: str) -> None:
    one = normalise_phone(text)
    assert (one.kind, one.number, one.extension) == ("privacy", "17012345678", "1234")
    assert one.key is None
    assert not one.identity


@pytest.mark.parametrize("text", ["4008123123", "400-812-3123", "95013123456789", "110", "12345"])
def test_a_service_number_is_nobodys(text: str) -> None:
    one = normalise_phone(text)
    assert (one.kind, one.key, one.identity) == ("service", None, False)


def test_a_landline_without_area_code_is_no_identity() -> None:
    one = normalise_phone("8888-6666")
    assert (one.kind, one.number, one.key) == ("landline", "88886666", None)
    assert normalise_phone("86123456").number == "86123456"  # not 86 and 123456


@pytest.mark.parametrize(
    ("text", "prefix", "suffix", "key"),
    [
        ("138****8000", "138", "8000", "138****8000"),
        ("+86 138****8000", "138", "8000", "138****8000"),
        ("86138****8000", "138", "8000", "138****8000"),
        ("1******1234", "1", "1234", "1******1234"),
        ("138********", "138", None, "138********"),
        ("138xxxx8000", "138", "8000", "138xxxx8000"),
        ("张*", None, None, "张*"),
        ("１３８＊＊＊＊８０００", "138", "8000", "138****8000"),
    ],
)
def test_a_masked_phone_keeps_what_it_shows(text, prefix, suffix, key) -> None:
    one = normalise_phone(text)
    assert (one.kind, one.number, one.identity) == ("masked", None, False)
    assert (one.prefix, one.suffix, one.key) == (prefix, suffix, key)


@pytest.mark.parametrize("text", ["$$aBc+/9==$$", "##kjsd##", "not given", "1.38E+10"])
def test_ciphertext_stays_as_it_is(text: str) -> None:
    assert normalise_phone(text) == Phone("opaque", key=text)


def test_a_foreign_number_needs_its_country() -> None:
    whole = Phone("foreign", "+14155550123", key="+14155550123")
    assert normalise_phone("+1 (415) 555-0123") == whole
    assert normalise_phone("001-415-555-0123") == whole
    assert normalise_phone("415-555-0123", "1") == whole
    assert normalise_phone("415-555-0123").kind == "opaque"
    assert normalise_phone("1 415 555 0123", "1").kind == "opaque"  # with the code or without?
    # Which zero is dialled from abroad differs by country: 020 7946 0958 is +44 20, 06… is +39 06.
    assert normalise_phone("020 7946 0958", "44").kind == "opaque"
    assert normalise_phone("020 7946 0958", "44").number is None


def test_virtual_operators_are_told() -> None:
    assert [normalise_phone(f"{n}12345678").virtual_operator for n in (170, 162, 138)] == [
        True,
        True,
        False,
    ]


def test_empty() -> None:
    assert normalise_phone("  ") == normalise_phone("-") == Phone("empty")


@given(phones)
def test_again_it_is_the_same(text: str) -> None:
    once = normalise_phone(text)
    if once.number and once.kind != "privacy":
        written = once.number + (f"-{once.extension}" if once.extension else "")
        assert normalise_phone(written) == once


@given(phones)
def test_width_does_not_matter(text: str) -> None:
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)
    one, other = normalise_phone(text), normalise_phone(wide)
    assert (one.kind, one.number, one.extension) == (other.kind, other.number, other.extension)


@given(phones)
def test_no_digit_is_made_up_but_the_zero_of_an_area_code(text: str) -> None:
    number = normalise_phone(text).number or ""
    if text.isascii():
        digits = "".join(re.findall("[0-9]", text))
        assert "".join(re.findall("[0-9]", number)).removeprefix("0") in digits
