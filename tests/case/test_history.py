from datetime import UTC, datetime

import pytest

from workbench.case import add_note, create_case, decide, history, undo


@pytest.fixture
def case(tmp_path):
    made = create_case(tmp_path / "case")
    decide(made, subject="order", subject_id="1", decision="hold", reason="r", who="li")
    add_note(made, "of the case", who="wang")
    undo(made, [1], who="li", reason="wrong")
    undo(made, [3], who="li", reason="it was right")
    undo(made, [2], who="wang", reason="wrong")
    return made


def test_all_events_newest_first_with_whether_they_count(case):
    found = history(case)
    assert found[["seq", "kind", "counts", "of"]].to_numpy().tolist() == [
        [5, "undo", True, [2]],
        [4, "undo", True, [3]],
        [3, "undo", False, [1]],
        [2, "note", False, []],
        [1, "decision", True, []],
    ]
    assert found["body"].iloc[-1]["decision"] == "hold"
    assert found["at"].is_monotonic_decreasing


def test_of_an_order_with_what_took_it_back_and_brought_it_again(case):
    assert history(case, ["1"])["seq"].tolist() == [4, 3, 1]
    assert history(case, ["2"]).empty
    assert history(case, [""]).empty


def test_an_earlier_moment(tmp_path):
    case = create_case(tmp_path / "case")
    add_note(case, "first", who="li")
    between = datetime.now(UTC)
    undo(case, [1], who="li", reason="wrong")
    assert history(case, until=between)["counts"].tolist() == [True]
    assert history(case)["counts"].tolist() == [True, False]
    assert history(case, until=datetime(2020, 1, 1)).empty
