"""Selections are events: named, replaced, taken back, and shown as of any day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from workbench.case import create_case, undo
from workbench.case.purge import purge
from workbench.case.selections import save_selection, selection, selections
from workbench.errors import BadInput

NAMED = {"column": "named", "is": True}
HELD = {"column": "decision", "is": "hold"}


@pytest.fixture
def case(tmp_path):
    return create_case(tmp_path / "case")


def test_the_newest_query_of_a_name_stands(case):
    first = save_selection(case, "to call", NAMED, who="Li")
    save_selection(case, "held", HELD, who="Wang")
    second = save_selection(case, " to  call ", HELD, who="Wang")
    kept = selections(case)
    assert kept["name"].tolist() == ["held", "to call"]
    assert kept["query"].tolist() == [HELD, HELD]
    assert kept["who"].tolist() == ["Wang", "Wang"]
    assert kept["hash"].tolist()[1] == second.identity
    assert selection(case, "to call") == HELD
    undo(case, [second.seq], reason="wrong", who="Li")
    assert selection(case, "to call") == NAMED
    assert selections(case)["hash"].tolist()[0] == first.identity


def test_an_earlier_day_shows_what_stood_then(case):
    save_selection(case, "a", NAMED, who="Li")
    between = datetime.now(UTC)
    save_selection(case, "a", HELD, who="Li")
    assert selection(case, "a", until=between) == NAMED
    assert selections(case, until=datetime(2020, 1, 1, tzinfo=UTC)).empty


def test_what_is_wrong_is_told_all_at_once(case):
    with pytest.raises(BadInput) as raised:
        save_selection(case, "\u202e", {"column": "x"}, who=" ")
    assert [problem.what for problem in raised.value.problems] == [
        "A selection needs a name",
        "A selection needs to say who made it",
        "There is no column 'x' to ask of",
    ]
    assert selections(case).empty


def test_there_is_no_such_selection(case):
    save_selection(case, "a", NAMED, who="Li")
    with pytest.raises(BadInput, match="One of: a"):
        selection(case, "b")


def test_a_purged_query_is_left_out(case):
    save_selection(case, "by phone", {"column": "phone", "is": "13812345678"}, who="Li")
    purge(case, reason="asked", who="Li")
    assert selections(case).empty
