from datetime import UTC, datetime

import pytest

from workbench.case import add_note, create_case, notes, open_case
from workbench.errors import BadInput


@pytest.fixture
def case(tmp_path):
    return create_case(tmp_path / "case")


def test_notes_are_there_for_whoever_opens_the_case_next(case):
    add_note(case, " called the carrier ", who=" li ", subject="order", subject_id="1")
    add_note(case, "deadline is Friday", who="wang")
    found = notes(open_case(case.path))
    assert found[["subject", "subject_id", "text", "who", "seq"]].to_numpy().tolist() == [
        ["order", "1", "called the carrier", "li", 1],
        ["case", "", "deadline is Friday", "wang", 2],
    ]
    assert found["hash"].str.fullmatch("[0-9a-f]{64}").all()


def test_an_earlier_day_can_be_shown(case):
    add_note(case, "first", who="li")
    between = datetime.now(UTC)
    add_note(case, "second", who="li")
    assert notes(case, between)["text"].tolist() == ["first"]


def test_all_that_is_wrong_is_said_at_once(case):
    with pytest.raises(BadInput) as error:
        add_note(case, " ", who="", subject="order")
    assert [problem.what for problem in error.value.problems] == [
        "The note is empty",
        "A note needs a name",
        "Which order is meant is not said",
    ]
    assert notes(case).empty
