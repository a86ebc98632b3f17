from datetime import datetime

import pytest

from workbench.case import create_case
from workbench.case.submissions import reply, submissions, submit
from workbench.figures.marks import mark
from workbench.gate.letter_diff import diff_to_last, keep_letter, letter_diff, letter_words
from workbench.gate.not_resent import not_resent

from .saying import NOTHING, asked, known, told

MODEL = {
    "label": {"title": "Appeal"},
    "header": [{"name": "Date of this letter", "value": "2026-01-09"}],
    "lacking": ["something"],
    "timeline": [{"at": "2026-01-01", "what": "order"}],
    "request": ["We ask to cancel the measure."],
    "position": ["The orders came from a live stream."],
    "orders": [{"id": "1", "sees": "same minute", "decision": "Defend"}],
}
PACK = "a" * 64


def words(evidence=("e1",), decisions=None, **changed):
    model = {**MODEL, **changed}
    return letter_words({"en": model, "zh": model}, evidence, decisions or {"1": "defend"})


def test_the_same_letter_is_known_though_its_dates_differ():
    later = words(
        header=[{"name": "Date of this letter", "value": "2026-01-20"}],
        lacking=[],
        timeline=[*MODEL["timeline"], {"at": "2026-01-15", "what": "reply"}],
    )
    diff = letter_diff(1, words(), later)
    assert diff.repeated
    assert diff.rows.empty


@pytest.mark.parametrize("section", ["procedure", "checks", "ladder", "guard", "provisions"])
def test_what_is_said_of_the_procedure_makes_no_new_letter(section):
    assert letter_diff(
        1, words(), words(**{section: ["The answer came without a reason."]})
    ).repeated


def test_the_day_of_a_decision_is_no_news():
    first, again = ([f"G-1 | Li, 2026-01-{day} 09:00: weighed"] for day in ("08", "20"))
    assert letter_diff(1, words(groups=first), words(groups=again)).repeated


def test_paragraphs_in_another_order_are_no_news():
    two = words(request=["A.", "B."])
    assert letter_diff(1, two, words(request=["B.", "A."])).repeated


def test_marks_of_figures_are_no_news():
    marked = words(position=[f"There were {mark('N07', '12')} orders."])
    assert letter_diff(1, words(position=["There were 12 orders."]), marked).repeated


@pytest.mark.parametrize(
    ("new", "what", "text"),
    [
        (words(position=["The carrier weighed them."]), "paragraph", "The carrier weighed them."),
        (words(orders=[{"id": "1", "sees": "x", "decision": "Hold"}]), "paragraph", "1 | x | Hold"),
        (words(evidence=("e1", "e2")), "evidence", "e2"),
        (words(decisions={"1": "concede"}), "decision", "1: concede"),
    ],
)
def test_what_is_new_is_named(new, what, text):
    diff = letter_diff(1, words(), new)
    assert not diff.repeated
    rows = diff.rows[diff.rows["change"] == "new"]
    assert (what, text) in zip(rows["what"], rows["text"], strict=True)
    assert diff.count(what) == 1


def test_a_letter_that_only_lost_something_is_the_same_letter():
    diff = letter_diff(1, words(), words(position=[]))
    assert diff.repeated
    assert diff.rows[["change", "section"]].to_numpy().tolist() == [["gone", "position"]]


@pytest.fixture
def case(tmp_path):
    return create_case(tmp_path / "case")


def rejected(case, attempt=1, pack=PACK, result="rejected"):
    day = 5 + attempt
    submit(
        case, attempt=attempt, sent_at=datetime(2026, 1, day), channel="form", pack=pack, who="Li"
    )
    reply(case, attempt=attempt, result=result, replied_at=datetime(2026, 1, day, 9), who="Li")


def test_the_letter_is_held_against_the_attempt_that_was_rejected_last(case):
    rejected(case, 1, PACK)
    rejected(case, 2, "b" * 64)
    keep_letter(case, PACK, words())
    keep_letter(case, "b" * 64, words(position=["Second."]))
    diff = diff_to_last(case, submissions(case), words())
    assert diff.attempt == 2
    assert diff.rows["text"].tolist() == [MODEL["position"][0], "Second."]
    again = diff_to_last(case, submissions(case), words(position=["Second."]))
    assert not_resent(again, 0, NOTHING).state == "failed"
    assert "rejected as attempt 2" in told(not_resent(again, 0, NOTHING))


def test_something_new_passes_and_is_counted(case):
    rejected(case)
    keep_letter(case, PACK, words())
    diff = diff_to_last(case, submissions(case), words(evidence=("e1", "e2")))
    verdict = not_resent(diff, 0, NOTHING)
    assert verdict.state == "passed"
    assert told(verdict) == "New against attempt 1: paragraphs 0, evidence files 1, decisions 0."


def test_a_letter_that_is_not_kept_is_asked_about(case):
    rejected(case, pack="")
    diff = diff_to_last(case, submissions(case), words())
    assert diff == 1
    verdict = not_resent(diff, 0, NOTHING)
    assert (verdict.state, asked(verdict)) == ("needs_answer", [("gate.18", "")])
    new = known((verdict.questions[0], "yes", "weights of all parcels"))
    assert not_resent(diff, 0, new).state == "passed"


def test_attempts_before_this_case_are_asked_about(case):
    assert diff_to_last(case, submissions(case), words()) is None
    assert not_resent(None, 0, NOTHING).state == "passed"
    assert not_resent(None, 1, NOTHING).state == "needs_answer"


def test_a_pending_or_accepted_attempt_is_nothing_to_compare_with(case):
    rejected(case, result="accepted")
    assert diff_to_last(case, submissions(case), words()) is None
