from hypothesis import given
from hypothesis import strategies as st

from workbench.appeal.render.links import (
    Piece,
    anchor,
    anchors,
    changed,
    link,
    pieces,
    without_links,
)
from workbench.figures import mark

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def test_a_text_is_taken_apart_in_its_order():
    text = f"a {mark('N07', '30')} b {link('E1', 'E1')}\n{anchor('G-1a', 'G-1a')}"
    assert pieces(text) == [
        Piece("a "),
        Piece("30", link="N07"),
        Piece(" b "),
        Piece("E1", link="E1"),
        Piece("\n"),
        Piece("G-1a", anchor="G-1a"),
    ]
    assert without_links(text) == "a 30 b E1\nG-1a"


def test_marks_that_are_not_whole_or_name_no_target_are_dropped():
    assert pieces('\ue010"><b>\ue011x\ue012') == [Piece("x")]
    assert without_links("a\ue010b\ue0115\ue002c") == "ab5c"
    assert pieces("\ue013\ue014x\ue015") == [Piece("x")]


@given(st.lists(st.tuples(TEXTS, TEXTS)))
def test_what_a_reader_sees_is_all_there(parts: list[tuple[str, str]]):
    def bare(text: str) -> str:
        return "".join(c for c in text if not "\ue000" <= c <= "\ue01f")

    text = "".join(bare(plain) + link("N01", bare(linked)) for plain, linked in parts)
    assert without_links(text) == "".join(bare(a) + bare(b) for a, b in parts)


def test_a_model_is_changed_text_by_text_and_knows_its_targets():
    model = {"a": [{"b": anchor("E2", "two"), "n": 3}], "c": (link("E2", "x"),)}
    assert anchors(model) == {"E2"}
    assert changed(model, without_links) == {"a": [{"b": "two", "n": 3}], "c": ["x"]}
