"""The look that all figures share: escaped, wrapped, told apart without colour."""

from __future__ import annotations

import plotly.graph_objects as go
from hypothesis import given
from hypothesis import strategies as st

from workbench.charts.order_rows import ASSESSMENTS
from workbench.charts.theme import COLOURS, PATTERNS, SYMBOLS, plain, themed, wrapped


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.1."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_assessments_differ_without_colour():
    assert len({SYMBOLS[name] for name in ASSESSMENTS}) == 3
    assert len({PATTERNS[name] for name in ASSESSMENTS}) == 3


def test_text_is_readable_on_white():
    for name in ("ink", "quiet"):
        assert 1.05 / (luminance(COLOURS[name]) + 0.05) >= 4.5


def test_a_title_cannot_hold_a_link():
    figure = themed(go.Figure(), '<a href="https://example.com">now</a>', "<b>note</b>")
    assert figure.layout.title.text == '&lt;a href="https://example.com"&gt;now&lt;/a&gt;'
    assert figure.layout.annotations[0].text == "&lt;b&gt;note&lt;/b&gt;"


def test_chinese_is_wrapped_by_the_width_of_its_glyphs():
    assert wrapped("一二三四五", 6) == "一二三<br>四五"
    assert wrapped("one two three", 7) == "one two<br>three"
    assert wrapped("一二三，四", 6) == "一二三，<br>四"


def test_the_first_of_two_lines_is_not_cut_off():
    one, two = (themed(go.Figure(), "word " * n, "note") for n in (2, 25))
    assert "<br>" in two.layout.title.text
    assert two.layout.title.y < one.layout.title.y
    assert two.layout.margin.t > one.layout.margin.t


@given(st.text(), st.integers(min_value=2, max_value=120))
def test_wrapping_loses_no_word(text: str, width: int):
    kept = wrapped(text, width).replace("<br>", "")
    assert "".join(kept.split()) == "".join(plain(text).split())
