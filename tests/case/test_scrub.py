import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.case import scrub
from workbench.case.scrub import WITHHELD


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("杯子 13800138000 包邮", "杯子 ▒ 包邮"),
        ("1380013 8000", "▒"),
        ("138-0013-8000", "▒"),
        ("138 0013 8000", "▒"),
        ("+86 138 0013 8000", "▒"),
        ("１３８００１３８０００", "▒"),
        ("1\u200b3800138000", "▒"),
        ("一三八零零一三八零零零", "▒"),
        ("+1 202-555-0143", "▒"),
        ("0571-88001234", "▒"),
        ("330106199001011234", "▒"),
        ("33010619900101123X", "▒"),
        ("a.b+c@mail.example.cn", "▒"),
        ("加微信abc_12345 返现", "加▒ 返现"),
        ("QQ：12345", "▒"),
        ("群 12345678", "群 ▒"),
    ],
)
def test_contacts_are_withheld(text, shown):
    assert scrub(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "手机壳 iPhone15 128GB",
        "容量 500ml 2024-2025 新款",
        "100*120*150cm",
        "¥1299.00 × 3",
        "微信支付",
        "规则 20260105 版",
        "一二三四五",
    ],
)
def test_what_names_nobody_stays(text):
    assert scrub(text) == text


words = st.text(st.characters(codec="utf-8", exclude_categories=["N"]), max_size=10)


@given(before=words, after=words, number=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_no_mobile_number_survives_wherever_it_stands(before, after, number):
    assert number not in scrub(f"{before}{number}{after}")


@given(before=words, number=st.from_regex(r"[1-9][0-9]{16}[0-9Xx]", fullmatch=True))
def test_no_identity_number_survives(before, number):
    assert number[:17] not in scrub(before + number)


@given(name=st.from_regex(r"[a-z0-9]{1,8}@[a-z]{1,8}\.(com|cn)", fullmatch=True), text=words)
def test_no_mail_address_survives(name, text):
    assert name not in scrub(f"{text} {name}")


@given(text=st.text())
def test_scrubbing_twice_changes_nothing_more(text):
    assert scrub(scrub(text)) == scrub(text)


def test_a_text_of_one_long_word_takes_no_longer_than_its_length():
    # 400,000 signs: were the work the square of that, this test would not end within an hour.
    word = "x" * 400_000
    assert scrub(word) == word
    assert scrub(f"{word}@mail.example") == f"{'x' * (400_000 - 64)}{WITHHELD}"
