import subprocess
import sys

import pytest

from workbench.case import attach, conflicts, decide, decisions, events, verify_chain
from workbench.widgets import DecisionForm

from .conftest import HOSTILE, Shop


@pytest.fixture
def form(shop: Shop) -> DecisionForm:
    made = DecisionForm(shop.case, shop.assessment)
    made.group_id = "G-aaaaaaaa"
    return made


def fill(form: DecisionForm, decision: str = "defend", reason: str = "Scans show it.") -> None:
    form.decision.value, form.reason.value, form.who.value = decision, reason, "Li"


def test_nothing_is_chosen_by_a_machine(form: DecisionForm):
    assert form.decision.value is None
    assert (form.who.value, form.reason.value) == ("", "")
    assert [value for _, value in form.decision.options] == ["defend", "concede", "hold"]


def test_saving_writes_to_the_case_at_once_and_shows_it(form: DecisionForm, shop: Shop):
    fill(form)
    form.save.click()
    row = decisions(shop.case).iloc[0]
    assert (row.subject, row.subject_id, row.decision) == ("group", "G-aaaaaaaa", "defend")
    assert (row.reason, row.who, row.order_ids) == ("Scans show it.", "Li", ["o1", "o2", "o3"])
    assert "Written as event 1 at " in form.result.value
    assert "Scans show it." in form.history.value
    assert verify_chain(shop.case.database) == []
    assert form.saved == 1


def test_the_name_stays_and_the_rest_must_be_chosen_anew(form: DecisionForm):
    fill(form)
    form.save.click()
    assert (form.decision.value, form.reason.value, form.who.value) == (None, "", "Li")


def test_selected_orders_are_decided_one_by_one(form: DecisionForm, shop: Shop):
    fill(form, "concede")
    form.scope.value = "order"
    form.orders.value = ["o1", "o3"]
    form.save.click()
    found = decisions(shop.case)
    assert found[["subject", "subject_id", "decision"]].to_numpy().tolist() == [
        ["order", "o1", "concede"],
        ["order", "o3", "concede"],
    ]
    assert form.result.value.count("Written as event") == 2


def test_selected_orders_are_one_batch_and_taken_back_as_one(form: DecisionForm, shop: Shop):
    fill(form, "concede")
    form.scope.value = "order"
    form.orders.value = ["o1", "o3"]
    form.save.click()
    assert decisions(shop.case)["batch"].nunique() == 1
    assert form.undo.description == "Undo event 1–2"
    form.undo.click()
    assert "Give a reason, in one sentence" in form.result.value
    form.reason.value = "wrong orders"
    form.undo.click()
    assert "Written as event 3: took back 1, 2." in form.result.value
    assert decisions(shop.case).empty
    assert (form.undo.disabled, form.undo.description) == (True, "Undo")
    assert "(taken back)" in form.history.value
    assert form.saved == 2


def test_what_came_meanwhile_is_shown_and_not_overwritten(form: DecisionForm, shop: Shop):
    fill(form)
    given = {"subject": "group", "subject_id": "G-aaaaaaaa", "decision": "concede"}
    decide(shop.case, **given, reason=f"Staff said so {HOSTILE}", who="Wang")
    form.save.click()
    assert "Not saved: somebody has decided meanwhile." in form.result.value
    assert "Wang · Concede" in form.result.value
    assert HOSTILE not in form.result.value + form.history.value
    assert len(events(shop.case.database)) == 1
    assert form.decision.value == "defend"
    form.save.click()
    assert decisions(shop.case)["who"].tolist() == ["Li"]
    assert conflicts(shop.case).empty


def test_of_selected_orders_none_is_written_when_one_was_decided_meanwhile(
    form: DecisionForm, shop: Shop
):
    fill(form)
    form.scope.value = "order"
    form.orders.value = ["o1", "o2"]
    decide(shop.case, subject="order", subject_id="o2", decision="hold", reason="r", who="Wang")
    form.save.click()
    assert "Wang · Hold" in form.result.value
    assert len(events(shop.case.database)) == 1


def test_a_conflict_of_merged_copies_is_shown(form: DecisionForm, shop: Shop):
    for who, decision in (("Li", "defend"), ("Wang", "concede")):
        given = {"subject": "order", "subject_id": "o1", "decision": decision}
        decide(shop.case, **given, reason="r", who=who)
    form.refresh()
    assert "Two decisions stand against each other" in form.conflicts.value


def test_a_decision_may_rest_on_attached_files(form: DecisionForm, shop: Shop):
    file = attach(shop.case, b"x", "a.pdf", subject="order", subject_id="o2", code="E01", who="w")
    other = attach(shop.case, b"y", "b.pdf", subject="order", subject_id="o6", who="w")
    form.refresh()
    offered = [sha for _, sha in form.evidence.options]
    assert offered == [file.sha256]
    assert other.sha256 not in offered
    fill(form)
    form.evidence.value = [file.sha256]
    form.save.click()
    assert decisions(shop.case).iloc[0].evidence == [file.sha256]


def test_all_that_is_missing_is_told_in_the_form(form: DecisionForm, shop: Shop):
    form.scope.value = "order"
    form.save.click()
    for told in (
        "Nothing was written.",
        "Choose defend, concede or hold",
        "Select the orders that are meant",
        "Give a reason, in one sentence",
        "Say who decides",
    ):
        assert told in form.result.value
    assert decisions(shop.case).empty
    assert form.saved == 0


def test_what_the_case_refuses_is_told_in_the_form(form: DecisionForm, shop: Shop):
    fill(form)
    shop.case.database.path.write_bytes(b"no database at all, but text that is long enough")
    form.save.click()
    assert "Nothing was written." in form.result.value
    assert form.decision.value == "defend"


def test_nothing_can_be_saved_without_a_group(shop: Shop):
    form = DecisionForm(shop.case, shop.assessment)
    assert form.save.disabled
    fill(form)
    form.save.click()
    assert "No group is picked yet." in form.result.value


def test_nothing_slips_over_to_another_group(form: DecisionForm):
    fill(form)
    form.scope.value = "order"
    form.orders.value = ["o1"]
    form.group_id = "G-bbbbbbbb"
    assert (form.decision.value, form.reason.value, form.scope.value) == (None, "", "group")
    assert tuple(form.orders.options) == ("o4", "o5")
    assert form.orders.value == ()


def test_what_people_typed_is_escaped(form: DecisionForm):
    fill(form, reason=HOSTILE)
    form.save.click()
    assert HOSTILE not in form.result.value + form.history.value
    assert "&lt;script&gt;" in form.result.value
    assert "&lt;script&gt;" in form.history.value


def test_the_text_twin_has_no_time(form: DecisionForm):
    assert form.told() == (
        "G-aaaaaaaa: Defend | Concede | Hold\nNothing has been decided about it yet."
    )
    fill(form)
    form.save.click()
    assert form._repr_mimebundle_()["text/plain"].splitlines()[1] == (
        "G-aaaaaaaa: Defend, Scans show it."
    )


def test_chinese_errors(shop: Shop):
    form = DecisionForm(shop.case, shop.assessment, "zh")
    form.group_id = "G-aaaaaaaa"
    form.save.click()
    assert "请用一句话写明理由" in form.result.value


AFTERWARDS = """
import sys
from pathlib import Path
from workbench.case import open_case
from workbench.explain import read_assessment
from workbench.widgets import DecisionForm
case = open_case(Path(sys.argv[1]))
form = DecisionForm(case, read_assessment(case.results_dir))
form.group_id = "G-aaaaaaaa"
print(form.told())
"""


def test_a_restart_finds_the_decision_in_the_case(form: DecisionForm, shop: Shop):
    fill(form, "hold", "A paper is missing.")
    form.save.click()
    run = subprocess.run(
        [sys.executable, "-c", AFTERWARDS, shop.case.path],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.splitlines()[1] == "G-aaaaaaaa: Hold, A paper is missing."
