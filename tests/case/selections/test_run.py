"""What a query picks, worked out by hand and by a slow reading of the same rows."""

from __future__ import annotations

from datetime import datetime

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import given, settings

from workbench.case import decide, set_tag
from workbench.case.selections import (
    box_query,
    group_query,
    orders_query,
    run_in_case,
    run_selection,
    save_selection,
    selection,
)
from workbench.engine import connect
from workbench.errors import BadInput
from workbench.tables import memory_tables

from .shop import ALL, assessed, decided, lines, tables, tagged

TABLES = tables()
ASSESSED = assessed()


def picked(query, **other):
    known = {"assessment": ASSESSED, "decisions": decided(), "tags": tagged()} | other
    return "".join(run_selection(query, TABLES, **known))


CASES = [
    ({"column": "order_id", "in": ["D", "A", "N", "absent"]}, "ADN"),
    ({"column": "order_id", "is": "B"}, "B"),
    ({"column": "group_id", "is": "G-2"}, "BC"),
    ({"column": "group_id", "missing": True}, "DEN"),
    ({"column": "assessment", "in": ["evidence", "none"]}, "ADE"),
    ({"column": "score", "at_least": 0.5}, "ABC"),
    ({"column": "q_value", "at_most": 0.04}, "ABC"),
    # Amounts are those of the whole order: A is 30 + 20.
    ({"column": "paid_amount", "is": 50}, "A"),
    ({"column": "paid_amount", "at_least": "49.99", "at_most": "50.00"}, "AB"),
    ({"column": "paid_amount", "in": ["50.01", 0]}, "CE"),
    ({"column": "paid_amount", "missing": True}, "N"),
    # A price is that of a line: one that fits is enough.
    ({"column": "unit_price", "at_most": 15}, "A"),
    ({"column": "unit_price", "missing": True}, "EN"),
    ({"column": "product_title", "contains": "KETTLE"}, "ABE"),
    ({"column": "product_title", "contains": "%"}, "A"),
    ({"column": "product_title", "contains": "_"}, "E"),
    ({"column": "product_title", "starts_with": "壶"}, "E"),
    ({"column": "product_title", "is": "kettle"}, "B"),
    ({"column": "product_title", "missing": True}, "CDN"),
    ({"column": "product_title", "missing": False}, "ABE"),
    ({"column": "status", "in": ["closed", "shipped"]}, "BD"),
    ({"column": "created_at", "from": "2026-01-01", "to": "2026-01-01"}, "AB"),
    ({"column": "created_at", "from": "2026-01-02T00:00:00"}, "CDE"),
    ({"column": "created_at", "to": "2026-01-02T00:00:00"}, "ABC"),
    ({"column": "created_at", "hours": [9, 10]}, "AD"),
    ({"column": "created_at", "weekdays": [1, 6]}, "DE"),
    ({"column": "decision", "is": ""}, "BCDE"),
    ({"column": "decision", "in": ["defend", "hold"]}, "AN"),
    ({"column": "named", "is": True}, "CN"),
    ({"column": "named", "is": False}, "ABDE"),
    # The tag of a group is that of its orders; that of the case is nobody's.
    ({"column": "tag", "is": "stream"}, "BC"),
    ({"column": "tag", "contains": "vip"}, "A"),
    ({"column": "tag", "in": ["VIP", "stream", "urgent"]}, "ABC"),
    ({"column": "tag", "missing": True}, "DEN"),
    ({"not": {"column": "product_title", "contains": "kettle"}}, "CDN"),
    (
        {
            "all": [
                {"column": "assessment", "is": "needs_documents"},
                {"any": [{"column": "named", "is": True}, {"column": "paid_amount", "at_most": 1}]},
            ]
        },
        "C",
    ),
    (group_query("G-1"), "A"),
    (orders_query(["E", "A"]), "AE"),
    (box_query(datetime(2026, 1, 1), datetime(2026, 1, 2), 49.995, 50.01), "AC"),
    (box_query(least=100.0), "D"),
    (box_query(end=datetime(2026, 1, 1, 9)), "A"),
]


@pytest.mark.parametrize(("query", "expected"), CASES, ids=str)
def test_the_orders_that_fit(query, expected):
    assert picked(query) == expected


def test_without_decisions_and_tags_nothing_is_decided_or_tagged():
    assert picked({"column": "decision", "is": ""}, decisions=None) == "ABCDEN"
    assert picked({"column": "tag", "missing": False}, tags=None) == ""


def test_a_long_list_of_numbers_picks_the_same():
    many = [f"X{n}" for n in range(500)]
    assert picked({"column": "order_id", "in": [*many, "C", "A"]}) == "AC"
    assert picked({"column": "order_id", "in": [*many, "C", "A"], "starts_with": "c"}) == "C"
    assert picked({"not": {"column": "order_id", "in": [*many, "C"]}}) == "ABDEN"


def test_what_the_data_lack_is_named_all_at_once():
    query = {
        "all": [
            {"column": "phone", "is": "1"},
            {"column": "score", "at_least": 0},
            {"column": "ip", "missing": True},
        ]
    }
    with pytest.raises(BadInput) as raised:
        run_selection(query, TABLES)
    told = [problem.what for problem in raised.value.problems]
    assert told == [
        "The orders have no column phone",
        "The case has not been screened yet",
        "The orders have no column ip",
    ]
    with pytest.raises(BadInput, match="no orders"):
        run_selection({"column": "named", "is": True}, {})


def test_no_value_is_ever_run():
    for value in ("'; DROP TABLE orders; --", '") or 1=1 --', "__import__('os')", "\\"):
        assert picked({"column": "product_title", "is": value}) == ""
        assert picked({"column": "order_id", "in": [value]}) == ""
        assert picked({"column": "product_title", "contains": value}) == ""


CONDITION = st.one_of(
    st.builds(
        lambda low, high: {"column": "paid_amount", "at_least": str(low), "at_most": str(high)},
        st.sampled_from(["0", "49.99", "50", "50.01"]),
        st.sampled_from(["0", "49.99", "50", "50.01", "100"]),
    ),
    st.sampled_from([query for query, _ in CASES if "column" in query]),
)
QUERIES = st.recursive(
    CONDITION,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=4,
)
BY_HAND = {str(query): set(expected) for query, expected in CASES}


def slowly(query):
    """The orders that a query picks, put together from its conditions' own answers."""
    if "all" in query:
        return set(ALL).intersection(*map(slowly, query["all"]))
    if "any" in query:
        return set().union(*map(slowly, query["any"]))
    if "not" in query:
        return set(ALL) - slowly(query["not"])
    if str(query) in BY_HAND:
        return BY_HAND[str(query)]
    sums = {"A": 50.0, "B": 49.99, "C": 50.01, "D": 100.0, "E": 0.0}
    low, high = float(query["at_least"]), float(query["at_most"])
    return {order for order, paid in sums.items() if low <= paid <= high}


@settings(max_examples=60, deadline=None)
@given(QUERIES)
def test_conditions_combine_as_sets_do(query):
    found = picked(query)
    assert set(found) == slowly(query)
    assert [one for one in ALL if one in found] == list(found)


def test_run_again_on_new_data_a_selection_has_its_new_members(sample_copy):
    query = {"all": [{"column": "paid_amount", "at_least": 50}, {"column": "decision", "is": ""}]}
    save_selection(sample_copy, "dear", query, who="Li")
    kept = selection(sample_copy, "dear")
    old = memory_tables(connect(), {"orders": lines().iloc[:3]})
    assert run_in_case(sample_copy, kept, old) == ["A"]
    new = pd.concat([lines(), lines().iloc[5:].assign(order_id="F", paid_amount="70")])
    grown = memory_tables(connect(), {"orders": new})
    assert run_in_case(sample_copy, kept, grown) == ["A", "C", "D", "F"]


def test_in_a_case_what_people_decided_and_tagged_counts(sample_copy):
    from workbench.explain import read_assessment
    from workbench.tables import read_tables

    shop = read_tables(connect(), sample_copy.tables_dir)
    assessment = read_assessment(sample_copy.results_dir)
    grouped = assessment.orders.dropna(subset=["group_id"])
    group_id = str(grouped["group_id"].iloc[0])
    members = sorted(grouped.loc[grouped["group_id"] == group_id, "order_id"])
    first = members[0]
    undecided = {"all": [group_query(group_id), {"column": "decision", "is": ""}]}
    assert sorted(run_in_case(sample_copy, undecided, shop, assessment)) == members
    decide(sample_copy, subject="order", subject_id=first, decision="hold", reason="r", who="Li")
    set_tag(sample_copy, "check", who="Li", subject="group", subject_id=group_id)
    assert sorted(run_in_case(sample_copy, undecided, shop, assessment)) == members[1:]
    tagged_held = {"all": [{"column": "tag", "is": "check"}, {"column": "decision", "is": "hold"}]}
    assert run_in_case(sample_copy, tagged_held, shop, assessment) == [first]
