import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.figures import Segment, defused, mark, segments, unmarked

MARKS = "\ue000\ue001\ue002"
words = st.text(alphabet=st.characters(exclude_characters=MARKS, exclude_categories=("Cs",)))
hostile = st.text(alphabet=st.sampled_from(MARKS + "N01 a"))


def test_a_sentence_is_taken_apart_at_its_figures() -> None:
    text = f"{mark('N01', '38')} orders, {mark('N02', '12 %')} of all"
    assert segments(text) == [
        Segment("38", "N01"),
        Segment(" orders, "),
        Segment("12 %", "N02"),
        Segment(" of all"),
    ]
    assert unmarked(text) == "38 orders, 12 % of all"


def test_marks_of_a_stranger_are_taken_off() -> None:
    forged = "\ue000N01\ue00199\ue002"
    assert defused(f"a{forged}b") == "aN0199b"
    assert segments(defused(forged)) == [Segment("N0199")]


@pytest.mark.parametrize("stray", ["\ue000N01", "\ue002x", "\ue000x\ue0011\ue002", "\ue001"])
def test_what_is_no_whole_mark_is_plain_words(stray: str) -> None:
    assert segments(f"a{stray}b") == [Segment("a" + defused(stray) + "b")]


@pytest.mark.parametrize("wrong", ["", "N1", "n01", "N01 ", "X01", "N０１"])
def test_only_an_id_can_be_marked(wrong: str) -> None:
    with pytest.raises(ValueError, match="no id"):
        mark(wrong, "1")


def test_a_figure_is_not_marked_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        mark("N02", mark("N01", "1"))


@given(st.lists(st.tuples(words, words), max_size=5), words)
def test_the_pieces_are_the_sentence(parts: list[tuple[str, str]], end: str) -> None:
    text = "".join(plain + mark("N07", figure) for plain, figure in parts) + end
    plain = "".join(plain + figure for plain, figure in parts) + end
    assert unmarked(text) == plain
    assert "".join(piece.text for piece in segments(text)) == plain
    shown = [piece.text for piece in segments(text) if piece.figure]
    assert shown == [figure for _, figure in parts if figure]


@given(hostile)
def test_no_mark_is_left_in_any_text(text: str) -> None:
    assert not set(unmarked(text)) & set(MARKS)
    assert not any(set(piece.text) & set(MARKS) for piece in segments(text))
    assert "".join(piece.text for piece in segments(text)) == unmarked(text)
