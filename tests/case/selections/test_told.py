"""Queries in words, in both languages."""

from __future__ import annotations

import pytest

from workbench.case.selections import COLUMNS, query_words
from workbench.case.selections.query import TESTS

QUERY = {
    "all": [
        {"column": "group_id", "is": "G-1"},
        {"column": "created_at", "from": "2026-01-01", "to": "2026-01-02T09:30:00"},
        {"any": [{"column": "paid_amount", "at_least": 100}, {"column": "named", "is": True}]},
        {"not": {"column": "decision", "in": ["", "hold"]}},
    ]
}


def test_in_english():
    assert query_words(QUERY, "en") == (
        "group is G-1; and created at from 2026-01-01, created at until 2026-01-02 09:30; and "
        "(paid amount is at least 100; or named by a notice is yes); and "
        "not (decision is one of Not decided yet, Hold)"
    )


def test_in_chinese():
    assert query_words(QUERY, "zh") == (
        "订单组为G-1；且下单时间自2026-01-01起，下单时间截至2026-01-02 09:30；且"
        "（实付金额不低于100；或被处罚通知列入为是）；且不符合（处理决定为以下之一：尚未决定，暂缓）"
    )


def test_a_long_list_is_cut():
    query = {"column": "order_id", "in": [f"o{n}" for n in range(9)]}
    assert query_words(query, "en") == (
        "order id is one of o0, o1, o2, o3, o4 and others (9 in all)"
    )


VALUES = {
    "is": {"text": "x", "tag": "x", "choice": "hold", "number": 1, "flag": False},
    "in": {"text": ["x"], "tag": ["x"], "choice": ["hold"], "number": [1]},
    "missing": dict.fromkeys(("text", "tag", "number", "time"), True),
    "from": {"time": "2026-01-01"},
    "to": {"time": "2026-01-01"},
    "hours": {"time": [1, 2]},
    "weekdays": {"time": [1]},
    "at_least": {"number": 1},
    "at_most": {"number": "1"},
    "contains": {"text": "x", "tag": "x"},
    "starts_with": {"text": "x", "tag": "x"},
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_test_of_every_column_has_words(language):
    told = []
    for column, kind in COLUMNS.items():
        for test in TESTS[kind]:
            value = "evidence" if column == "assessment" else VALUES[test][kind]
            value = ["evidence"] if column == "assessment" and test == "in" else value
            told.append(query_words({"column": column, test: value}, language))
    assert len(set(told)) == len(told)
    assert all(told)
