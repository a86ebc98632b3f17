import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.case import add_note, append, create_case, events, standing_events
from workbench.case import undo as take_back
from workbench.errors import BadInput


@pytest.fixture
def case(tmp_path):
    return create_case(tmp_path / "case")


def note(case, text):
    body = {"text": text}
    return append(case.database, who="li", kind="note", subject_kind="case", body=body)


def undo(case, *events):
    body = {"events": [event.identity for event in events], "reason": "a slip"}
    return append(case.database, who="li", kind="undo", subject_kind="case", body=body)


def texts(case, until=None):
    return [event.body["text"] for event in standing_events(case, "note", until=until)]


def test_events_come_oldest_first_with_what_they_say(case):
    note(case, "a")
    second = note(case, "b")
    found = standing_events(case)
    assert [event.seq for event in found] == [1, 2]
    assert found[1].hash == second.hash
    assert (found[1].who, found[1].kind, found[1].subject_kind) == ("li", "note", "case")
    assert found[1].at.isoformat() == second.at
    assert not found[1].purged


def test_only_the_kinds_that_are_asked_for_come(case):
    first = note(case, "a")
    undo(case, first)
    assert standing_events(case, "note") == []
    assert [event.kind for event in standing_events(case)] == ["undo"]


def test_what_is_undone_counts_again_when_the_undo_is_undone(case):
    first, second = note(case, "a"), note(case, "b")
    taken_back = undo(case, first)
    assert texts(case) == ["b"]
    again = undo(case, taken_back)
    assert texts(case) == ["a", "b"]
    undo(case, again, second)
    assert texts(case) == []


def test_an_earlier_day_does_not_know_the_undo(case):
    first = note(case, "a")
    day = datetime.now(UTC)
    undo(case, first)
    assert texts(case, until=day) == ["a"]
    assert texts(case) == []


def stands(rows, row):
    """Whether an event stands, word by word: no undo that itself stands names it."""
    undos = (one for one in rows if one["kind"] == "undo" and one["seq"] > row["seq"])
    return not any(
        row["identity"] in json.loads(one["body"])["events"] and stands(rows, one) for one in undos
    )


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(1, 8), max_size=8))
def test_what_stands_is_what_no_standing_undo_names(tmp_path_factory, targets):
    case = create_case(tmp_path_factory.mktemp("standing") / "case")
    add_note(case, "first", who="li")
    for seq in targets:
        try:
            take_back(case, [seq], who="li", reason="r")
        except BadInput:
            add_note(case, f"not {seq}", who="li")
    moments = [None]
    for at in events(case.database)["at"]:
        moments += [at, at - timedelta(microseconds=1)]
    for until in moments:
        rows = events(case.database, until).to_dict("records")
        expected = [row["identity"] for row in rows if stands(rows, row)]
        assert [one.hash for one in standing_events(case, until=until)] == expected
