import pytest

from workbench.appeal.matter_rows import corrective_rows
from workbench.case import Case, create_case, events
from workbench.widgets import CorrectiveForm


@pytest.fixture
def case(tmp_path) -> Case:
    return create_case(tmp_path / "case")


def save(form: CorrectiveForm, text: str, who: str) -> None:
    form.steps.value, form.who.value = text, who
    form.save.click()


def test_steps_are_kept_one_per_line_for_the_letter(case: Case):
    form = CorrectiveForm(case, "en")
    assert form.told() == "No corrective step has been written down yet."
    save(form, "  Coupons per account: one.\nA second person reads refunds.\n", "Li")
    assert form.told() == "Coupons per account: one.\nA second person reads refunds."
    assert form.saved == 1
    assert "Written as event 1." in form.result.value
    [row] = corrective_rows(case, str).to_dict("records")
    assert (row["answer"], row["who"]) == ("yes", "Li")
    assert row["text"] == form.told()


def test_a_form_made_anew_shows_what_stands_and_it_can_be_taken_back(case: Case):
    save(CorrectiveForm(case), "每账号限一张券", "李")
    form = CorrectiveForm(case)
    assert form.steps.value == "每账号限一张券"
    assert "由 李 写下：事件 1。" in form.about.value
    save(form, "", "王")
    assert form.told() == "尚未写下整改措施。"
    assert corrective_rows(case, str)["answer"].tolist() == ["no"]


def test_nothing_is_written_without_a_step_and_a_name(case: Case):
    form = CorrectiveForm(case, "en")
    save(form, " ", " ")
    assert "Write down a step" in form.result.value
    assert "Say who answers" in form.result.value
    assert events(case.database).empty


def test_what_a_person_writes_is_no_markup(case: Case):
    form = CorrectiveForm(case, "en")
    save(form, "step", "<img src=x onerror=alert(1)>")
    assert "<img" not in form.about.value
