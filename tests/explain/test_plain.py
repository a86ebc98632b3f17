from hypothesis import given
from hypothesis import strategies as st

from workbench.explain.plain import plain


@given(st.text(), st.integers(2, 40))
def test_one_short_line_without_control_marks(text, longest):
    said = plain(text, longest)
    assert len(said) <= longest
    assert said == " ".join(said.split())
    assert said.isprintable()


def test_ordinary_titles_stay():
    assert plain("洗衣凝珠 52颗") == "洗衣凝珠 52颗"
    assert plain("a" * 30, 10) == "a" * 9 + "…"
