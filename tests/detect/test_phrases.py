import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.detect.constants import TEXT_CAP
from workbench.detect.phrases import CLASSES, lexicon, normal_text, said_in


def heard(text: str, speaker: str = "seller", where: str = "chat") -> set[str]:
    return {entry.name for entry in said_in(normal_text(text), speaker, where).affirmed}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("刷 单，ＯＫ！", "刷单,ok!"),
        ("刷.單", "刷单"),
        ("刷🔥单", "刷单"),
        ("v x 号", "vx号"),
        ("5🌟好评返15元", "#星好评返#元"),
        ("好的。今天发\n明天到", "好的;今天发;明天到"),
        ("We pay. Ask me", "we pay; ask me"),
    ],
)
def test_a_text_is_read_as_the_phrases_are_written(text: str, plain: str) -> None:
    assert normal_text(text) == plain


def test_what_a_text_affirms() -> None:
    assert heard("佣金八块，本金晚上返你") == {"commission", "principal"}
    assert heard("搜云檐桌布进店，先收藏加购再拍") == {"keyword_entry", "collect_first"}
    assert heard("今天能刷 单吗", "buyer") == {"brushing"}
    assert heard("能不能刷单") == {"brushing"}
    assert heard("别忘了好评返现5元") == {"cash_for_praise"}
    assert heard("I send a gift card for your review") == {"paid_review_en"}


@pytest.mark.parametrize(
    "text",
    [
        "亲，我们不刷单，平台不允许",
        "本店拒绝任何刷单",
        "谨防刷单诈骗",
        "有人让你刷单的都是骗子",
        "我们没有好评返现活动",
        "We never offer a refund after review",
    ],
)
def test_who_refuses_or_warns_affirms_nothing(text: str) -> None:
    said = said_in(normal_text(text), "seller")
    assert not said.affirmed
    assert said.refused


def test_a_complaint_is_no_plan() -> None:
    assert heard("收到空包裹，要投诉", "buyer") == set()
    assert heard("居然发空包给我", "buyer") == set()
    assert heard("今晚发空包", "buyer") == {"empty_parcel"}


def test_whose_words_they_are_counts() -> None:
    assert heard("五星好评返现吗", "buyer") == set()
    assert heard("五星好评返现", "seller") == {"cash_for_praise", "praise_asked"}
    assert heard("怎么安装", "buyer") == {"use"}
    assert heard("怎么安装", "seller") == set()


def test_a_mark_must_be_the_whole_note() -> None:
    assert heard("刷", where="note") == {"memo_mark"}
    assert heard("牙刷换绿色", where="note") == set()
    assert heard("刷") == set()


def test_latin_letters_are_whole_words() -> None:
    assert heard("加我vx") >= {"private_contact"}
    assert heard("vxlan 路由器") == set()


def test_a_gap_stays_within_a_clause() -> None:
    assert "keyword_entry" in heard("搜桌布进店")
    assert heard("搜不到，进店看看") == set()


def test_every_entry_can_be_heard_and_says_where_it_is_from() -> None:
    for entry in lexicon().entries:
        assert entry.kind in CLASSES
        assert entry.speaker in ("buyer", "seller", "either")
        assert 1 <= entry.weight <= 5
        speaker = "seller" if entry.speaker == "either" else entry.speaker
        for phrase in entry.phrases:
            text = phrase.replace("~", "").replace("#", "5")
            assert normal_text(text) == phrase.replace("~", ""), phrase
            if not any(word in text for word in entry.unless):
                assert entry in said_in(normal_text(text), speaker, entry.where[0]).affirmed, phrase


@given(st.text(max_size=200), st.sampled_from(["buyer", "seller"]))
def test_any_text_has_an_answer(text: str, speaker: str) -> None:
    plain = normal_text(text)
    assert not set(plain) & set(string.digits)
    said_in(plain, speaker)


def test_a_long_text_is_cut() -> None:
    assert heard("好" * TEXT_CAP + "刷单") == set()
    assert heard("好" * (TEXT_CAP - 2) + "刷单") == {"brushing"}
