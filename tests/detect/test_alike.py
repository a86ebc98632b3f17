import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.detect.alike import alike

LONG = "宝贝收到了非常满意物流很快包装精美孩子很喜欢下次还会再来购买推荐给大家"


def test_copies_share_a_number() -> None:
    assert alike([LONG, "别的一句话", LONG + "呀", LONG]).tolist() == [0, 1, 0, 0]


def test_a_changed_half_is_another_text() -> None:
    assert alike([LONG, LONG[:18] + LONG[:17][::-1]]).tolist() == [0, 1]


def test_short_texts_must_be_equal() -> None:
    assert alike(["", "a", "a", "abc", "abd", "abc"]).tolist() == [0, 1, 1, 2, 3, 2]
    assert alike([]).tolist() == []


def test_a_word_more_in_a_long_text_is_nearly_always_seen() -> None:
    rng = np.random.default_rng(1)
    texts = []
    for _ in range(200):
        text = "".join(chr(0x4E00 + n) for n in rng.integers(0, 5000, 120))
        texts += [text, text[:-1]]
    numbers = alike(texts)
    assert (numbers[::2] == numbers[1::2]).mean() > 0.98
    assert len(set(numbers.tolist())) >= 200


@given(st.lists(st.text(max_size=12), max_size=8))
def test_equal_texts_are_copies(texts: list[str]) -> None:
    numbers = alike(texts).tolist()
    for one, text in zip(numbers, texts, strict=True):
        assert one == numbers[texts.index(text)]
