import pytest

from workbench.widgets import Desk, open_desk
from workbench.widgets.file_receiver import ReceivedFile

from .conftest import Shop


@pytest.fixture
def made(shop: Shop) -> Desk:
    return open_desk(shop.case, shop.assessment, shop.tables)


def test_all_parts_follow_the_picker(made: Desk):
    made.picker.timeline.value = "G-bbbbbbbb"
    parts = (made.view, made.decision, made.evidence, made.triage, made.history, made.proof)
    assert {part.group_id for part in parts} == {"G-bbbbbbbb"}


def test_a_decision_shows_in_the_picture_at_once(made: Desk):
    made.picker.pick("G-bbbbbbbb")
    made.decision.decision.value = "hold"
    made.decision.reason.value, made.decision.who.value = "r", "Li"
    made.decision.save.click()
    assert made.picker.timeline.marks[1]["decided"] == "■"
    assert made.decision.group_id == "G-bbbbbbbb"
    assert "Written as event 1" in made.decision.result.value


def test_an_attached_file_shows_in_the_other_parts_at_once(made: Desk):
    made.picker.pick("G-aaaaaaaa")
    made.evidence.file.file = ReceivedFile("a.pdf", b"x")
    made.evidence.code.value = "E02"
    made.evidence.who.value = "Li"
    made.evidence.save.click()
    assert "<td>attached</td>" in made.view.papers.value
    assert [name for name, _ in made.decision.evidence.options] == ["a.pdf (2d711642b726)"]


def test_a_name_is_typed_once(made: Desk):
    made.decision.who.value = "Li"
    assert made.evidence.who.value == "Li"
    assert made.triage.board.who == "Li"


def press(made: Desk, **message) -> None:
    board = made.triage.board
    board._handle_custom_msg({"who": "Li", "order": board.card["order"], **message}, [])


def test_what_the_triage_writes_shows_in_the_other_parts_at_once(made: Desk):
    made.picker.pick("G-bbbbbbbb")
    press(made, act="decide", decision="hold", text="Scans are missing.")
    assert "Scans are missing." in made.decision.history.value
    assert "Decisions that count: 1" in made.history.stood.value
    assert made.decision.undo.description == "Undo event 1"
    assert made.decision.who.value == "Li"


def test_what_is_decided_elsewhere_shows_in_the_triage_and_was_seen_there(made: Desk):
    made.picker.pick("G-bbbbbbbb")
    made.decision.decision.value = "hold"
    made.decision.reason.value, made.decision.who.value = "asked", "Wang"
    made.decision.save.click()
    assert "Hold (group G-bbbbbbbb)" in made.triage.board.card["html"]
    press(made, act="decide", decision="defend", text="Scans show it.")
    assert made.triage.board.card["progress"] == "2 of 2 decided"
    assert "Scans show it." in made.decision.history.value


def test_an_undo_in_the_triage_is_drawn_in_the_picture(made: Desk):
    made.picker.pick("G-bbbbbbbb")
    made.decision.decision.value = "hold"
    made.decision.reason.value, made.decision.who.value = "asked", "Li"
    made.decision.save.click()
    assert made.picker.timeline.marks[1]["decided"] == "■"
    press(made, act="undo", text="wrong key", last=made.triage.board.last["seq"])
    assert made.picker.timeline.marks[1]["decided"] == ""


def test_what_a_buyer_said_counts_at_once_in_the_proof(made: Desk):
    made.picker.pick("G-aaaaaaaa")
    said = made.statement
    said.order.value, said.asked.value, said.text.value = "o2", "How did it come about?", "Mine."
    said.consent_at.value, said.consent_how.value = "2025-03-05 20:15", "chat"
    said.no_reward.value, made.decision.who.value = True, "Li"
    said.save.click()
    assert "Written as event 1." in said.result.value
    assert "o2: weak (buyer)" in made.proof.told()
