"""What strangers wrote is read, never obeyed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.element import tag
from workbench.errors import BadInput, Problem
from workbench.inert import inert


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("=1+1 <b>{{x}}</b> 😀 表情\t\r\n", "=1+1 <b>{{x}}</b> 😀 表情\t\r\n"),
        ("fdp.\u202eexe", "fdp.�exe"),
        ("\u2067付款\u2069\u200e\u061c", "�付款���"),
        ("\x1b[31mred\x9b0m\x07\x00\x7f", "�[31mred�0m���"),
        ("a\u2028b\u2029c\u0085d", "a�b�c�d"),
        ("\ufffe\uffff\ud800", "���"),
        # Signs of no width join letters and emoji, and turn nothing.
        ("क\u200dष 👨\u200d👩", "क\u200dष 👨\u200d👩"),
    ],
)
def test_only_what_would_act_is_replaced(text, shown):
    assert inert(text) == shown


@given(st.text())
def test_nothing_is_left_that_acts_and_nothing_else_is_lost(text):
    shown = inert(text)
    assert len(shown) == len(text)
    for sign, was in zip(shown, text, strict=True):
        acts = was not in "\t\r\n" and (
            unicodedata.category(was) in ("Cc", "Cs", "Zl", "Zp")
            or unicodedata.bidirectional(was)
            in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
            or was in "\u200e\u200f\u061c\ufffe\uffff"
        )
        assert sign == ("�" if acts else was)


def test_elements_hold_inert_text():
    made = tag("a", "x\u202ey", tag("b", "\u2066<"), title='"\u202e')
    assert made == '<a title="&#34;�">x�y<b>�&lt;</b></a>'


def test_errors_are_inert_on_a_terminal():
    shown = str(BadInput.many([Problem("bad\x1b[2J", "file\u202egpj.exe", "mend\x07")]))
    assert shown == "bad�[2J\n  where: file�gpj.exe\n  what to do: mend�"
