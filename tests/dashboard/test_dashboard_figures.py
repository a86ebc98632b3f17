"""Numbers and times as a reader sees them, and elements that cannot be broken."""

from __future__ import annotations

import json
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.dashboard.data_block import data_block
from workbench.dashboard.figures import amount, clock, count, day, odds, span
from workbench.element import tag
from workbench.inert import inert


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (0, "0"),
        (34.0, "34"),
        (1.25, "1.25"),
        (1.5, "1.5"),
        (0.004, "0.004"),
        (2838, "2,838"),
        (1234.56, "1,235"),
        (float("nan"), "–"),
    ],
)
def test_counts(value, shown):
    assert count(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), (1e-9, "< 0.0001"), (0.0123, "0.012"), (0.5, "0.50"), (1, "1.00")],
)
def test_odds(value, shown):
    assert odds(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("39.9", "39.90"), (1234.0, "1234.00"), (-5, "-5.00"), ("x", "–"), (float("inf"), "–")],
)
def test_amounts(value, shown):
    assert amount(value) == shown


def test_times():
    assert clock("2026-01-09T09:05:59") == "2026-01-09 09:05"
    assert day("2026-01-09") == "2026-01-09"
    assert day("yesterday") == clock(None) == "–"
    assert span("2026-01-09T09:00:00", "2026-01-09T09:45:00") == "2026-01-09 09:00–09:45"
    assert span("2026-01-09T09:00:00", "2026-02-01T00:00:00") == "2026-01-09 – 2026-02-01"
    assert span("2026-01-09T09:00:00", None) == "2026-01-09 09:00"


def test_elements():
    assert tag("p", "a", None, tag("br"), class_="b c", data_x=1, hidden=True, id=None) == (
        '<p class="b c" data-x="1" hidden>a<br></p>'
    )


@given(st.text(), st.text())
def test_text_and_attributes_come_back_as_they_were(text, value):
    made = str(tag("p", text, title=value))
    opening, inside = made[len('<p title="') : -len("</p>")].split('">', 1)
    assert '"' not in opening
    assert not set("<>") & set(opening + inside)
    assert (unescape(opening), unescape(inside)) == (inert(value), inert(text))


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_data_survives_and_cannot_end_its_element(data):
    inside = str(data_block("x", data))[len('<script type="application/json" id="x">') : -9]
    assert "<" not in inside
    # JSON escapes some of what acts by itself, and `inert` takes the rest.
    written = json.dumps(data, ensure_ascii=False)
    assert json.loads(inside) == json.loads(inert(written))
