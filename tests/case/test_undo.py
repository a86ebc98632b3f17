import pytest

from workbench.case import (
    add_note,
    append,
    create_case,
    decide,
    decide_many,
    decisions,
    events,
    notes,
    undo,
    verify_chain,
)
from workbench.errors import BadInput


@pytest.fixture
def case(tmp_path):
    made = create_case(tmp_path / "case")
    decide(made, subject="order", subject_id="1", decision="hold", reason="r", who="li")
    return made


def back(case, *seqs):
    return undo(case, list(seqs), who="li", reason="wrong key")


def test_what_is_taken_back_no_longer_counts_and_stays_readable(case):
    event = back(case, 1)
    assert (event.kind, event.subject_kind, event.seq) == ("undo", "case", 2)
    assert decisions(case).empty
    found = events(case.database)
    assert found["kind"].tolist() == ["decision", "undo"]
    assert found["hash"][0] in event.body
    assert verify_chain(case.database) == []


def test_the_decision_before_counts_again(case):
    decide(case, subject="order", subject_id="1", decision="defend", reason="r", who="li")
    back(case, 2)
    assert decisions(case)["decision"].tolist() == ["hold"]


def test_undoing_an_undo_brings_back(case):
    back(case, 1)
    back(case, 2)
    assert len(decisions(case)) == 1
    back(case, 3)
    assert decisions(case).empty


def test_a_batch_is_taken_back_as_one(case):
    decide_many(case, ["2", "3"], decision="concede", reason="r", who="li")
    batch = decisions(case)["batch"].iloc[-1]
    undo(case, batch, who="li", reason="wrong selection")
    assert decisions(case)["subject_id"].tolist() == ["1"]
    with pytest.raises(BadInput, match="There is no batch"):
        undo(case, batch, who="li", reason="again")
    undo(case, [4], who="li", reason="it was right")
    assert decisions(case)["subject_id"].tolist() == ["1", "2", "3"]


def test_of_a_batch_what_is_left_is_taken_back(case):
    decide_many(case, ["2", "3"], decision="concede", reason="r", who="li")
    batch = decisions(case)["batch"].iloc[-1]
    back(case, 2)
    undo(case, batch, who="li", reason="all of it")
    assert decisions(case)["subject_id"].tolist() == ["1"]


def test_what_was_taken_back_cannot_be_taken_back_again(case):
    back(case, 1)
    with pytest.raises(BadInput, match="Event 1 was taken back already"):
        back(case, 1)
    back(case, 2)
    with pytest.raises(BadInput, match="Event 2 was taken back already"):
        back(case, 2)
    assert len(events(case.database)) == 3


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(case):
    with pytest.raises(BadInput) as error:
        undo(case, [1, 7, 9], who=" ", reason="")
    assert [problem.what for problem in error.value.problems] == [
        "An undo needs a reason",
        "An undo needs a name",
        "There is no event 7",
        "There is no event 9",
    ]
    with pytest.raises(BadInput, match="No event is named"):
        back(case)
    assert len(decisions(case)) == 1


BODIES = {
    "submission": {
        "attempt": 1,
        "sent_at": "2026-01-01T00:00:00",
        "channel": "form",
        "reference": "",
        "pack": "",
        "seal": "",
    },
    "purge": {"reason": "r", "events": [], "files": []},
    "sign_off": {"state": "0" * 64, "text": ""},
    "export": {"name": "n", "sha256": "0" * 64, "seal": "", "masked": True, "final": True},
    "reply": {
        "attempt": 1,
        "result": "rejected",
        "reason": "",
        "replied_at": "2026-01-02T00:00:00",
        "human_review": "no",
    },
    "merge": {"other_head": "0" * 64, "last_common": "0" * 64, "events": 1},
}


@pytest.mark.parametrize("kind", BODIES)
def test_what_happened_outside_or_to_the_chain_cannot_be_taken_back(case, kind):
    append(case.database, who="li", kind=kind, subject_kind="case", body=BODIES[kind])
    with pytest.raises(BadInput, match=rf"Event 2 \({kind}\) cannot be taken back"):
        back(case, 1, 2)
    assert len(decisions(case)) == 1


def test_a_note_can_be_taken_back(case):
    add_note(case, "seen the scans", who="li", subject="order", subject_id="1")
    back(case, 2)
    assert notes(case).empty
