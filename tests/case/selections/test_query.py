"""A query that cannot be used is refused, with all that is wrong with it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import hypothesis.strategies as st
import pytest
from hypothesis import given

from workbench.case.selections import COLUMNS, box_query, orders_query, parse_query, query_problems
from workbench.case.selections.query import Condition, Every, Neither, Some
from workbench.errors import BadInput


def test_a_query_is_taken_apart():
    node = parse_query(
        {
            "all": [
                {"column": "created_at", "from": "2026-01-01", "to": "2026-01-02"},
                {"any": [{"column": "paid_amount", "at_least": 1.5}]},
                {"not": {"column": "decision", "in": ["", "hold"]}},
            ]
        }
    )
    assert isinstance(node, Every)
    time, some, neither = node.parts
    assert time == Condition(
        "created_at",
        {"from": datetime(2026, 1, 1), "to": datetime(2026, 1, 2, 23, 59, 59, 999999)},
    )
    assert some == Some((Condition("paid_amount", {"at_least": Decimal("1.5")}),))
    assert neither == Neither(Condition("decision", {"in": ("", "hold")}))


def test_every_problem_is_named_with_its_place():
    problems = query_problems(
        {
            "all": [
                {"column": "secret", "is": "x"},
                {"column": "paid_amount", "at_least": "dear", "contains": "x"},
                {"column": "created_at"},
                {"any": []},
                7,
                {"not": {"column": "decision", "is": "maybe"}},
            ]
        }
    )
    assert [(problem.where, problem.what) for problem in problems] == [
        ("query.all[0]", "There is no column 'secret' to ask of"),
        ("query.all[1]", "paid_amount, at_least: needs a number with at most four decimals"),
        ("query.all[1]", "paid_amount cannot be asked for 'contains'"),
        ("query.all[2]", "Nothing is asked of created_at"),
        ("query.all[3].any", "'any' needs a list of 1 to 1000 conditions"),
        ("query.all[4]", "A condition is an object"),
        ("query.all[5].not", "decision, is: needs one of '', 'defend', 'concede', 'hold'"),
    ]


@pytest.mark.parametrize(
    "query",
    [
        {"column": "paid_amount", "is": True},
        {"column": "paid_amount", "is": "NaN"},
        {"column": "paid_amount", "is": float("inf")},
        {"column": "paid_amount", "is": "0.00001"},
        {"column": "paid_amount", "is": 10**14},
        {"column": "created_at", "from": "yesterday"},
        {"column": "created_at", "from": "2026-01-01T00:00:00Z"},
        {"column": "created_at", "from": "2026-02-30"},
        {"column": "created_at", "hours": [24]},
        {"column": "created_at", "weekdays": [0]},
        {"column": "created_at", "hours": []},
        {"column": "order_id", "in": "ABC"},
        {"column": "order_id", "in": [1]},
        {"column": "order_id", "is": " "},
        {"column": "status", "in": ["x"] * 1001},
        {"column": "status", "is": "x" * 501},
        {"column": "status", "is": "paid", "missing": True},
        {"column": "status", "missing": "yes"},
        {"column": "tag", "at_least": 1},
        {"column": "named", "is": "true"},
        {"column": ["order_id"], "is": "x"},
        {"all": [{"column": "named", "is": True}], "any": []},
        {"column": "named", "is": True, "not": {"column": "named", "is": True}},
        {},
        None,
        "SELECT 1",
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused(query):
    assert query_problems(query)
    with pytest.raises(BadInput):
        parse_query(query)


def test_nesting_ends_somewhere():
    query = {"column": "named", "is": True}
    for _ in range(8):
        query = {"not": query}
    assert query_problems(query) == []
    assert "nested" in query_problems({"not": query})[0].what


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(
                st.sampled_from(["all", "any", "not", "column", "is", "in", "from", "hours"]),
                st.text(max_size=4),
            ),
            st.one_of(inner, st.sampled_from(sorted(COLUMNS))),
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@given(ANYTHING)
def test_anything_is_either_usable_or_refused_with_a_reason(thing):
    problems = query_problems(thing)
    if problems:
        with pytest.raises(BadInput):
            parse_query(thing)
        assert all(problem.what and problem.where.startswith("query") for problem in problems)
    else:
        parse_query(thing)


def test_a_box_holds_what_it_shows():
    query = box_query(datetime(2026, 1, 1, 9, 30), None, 0.1 + 0.2, Decimal("9.99999"))
    assert query == {
        "all": [
            {"column": "created_at", "from": "2026-01-01T09:30:00"},
            {"column": "paid_amount", "at_least": "0.3001", "at_most": "9.9999"},
        ]
    }
    assert query_problems(query) == []


def test_nothing_chosen_is_no_query():
    with pytest.raises(BadInput, match="no edge"):
        box_query()
    with pytest.raises(BadInput, match="No order"):
        orders_query([])
    assert orders_query(["b", "a", "b"]) == {"column": "order_id", "in": ["a", "b"]}
