import pytest

from workbench.case.statements import statements
from workbench.widgets.statement_form import StatementForm

from .conftest import HOSTILE, Shop


@pytest.fixture
def form(shop: Shop) -> StatementForm:
    made = StatementForm(shop.case, shop.assessment)
    made.group_id = "G-aaaaaaaa"
    return made


def fill(form: StatementForm, asked: str = "How did the order come about?") -> None:
    form.order.value, form.asked.value, form.text.value = "o2", asked, "For my son."
    form.consent_at.value, form.consent_how.value = "2025-03-05 20:15", "chat, message 14"
    form.no_reward.value, form.who.value = True, "Li"


def test_a_statement_is_in_the_case_at_once(form: StatementForm, shop: Shop):
    fill(form)
    form.save.click()
    (row,) = statements(shop.case).to_dict("records")
    assert (row["order_id"], row["text"], row["who"]) == ("o2", "For my son.", "Li")
    assert row["consent_at"].isoformat() == "2025-03-05T12:15:00+00:00"
    assert form.saved == 1
    assert "Written as event 1." in form.result.value
    assert "2025-03-05 20:15, chat, message 14" in form.told_so_far.value
    assert (form.text.value, form.no_reward.value, form.who.value) == ("", False, "Li")
    assert form.told() == "o2: For my son."


def test_that_nothing_was_given_has_to_be_said(form: StatementForm, shop: Shop):
    fill(form)
    form.no_reward.value = False
    form.save.click()
    assert "A statement that was rewarded cannot be used" in form.result.value
    assert statements(shop.case).empty
    assert form.text.value == "For my son."


def test_leading_words_are_told_while_they_are_typed(form: StatementForm, shop: Shop):
    fill(form, "请证明是真实购买")
    assert "It asks for a given answer" in form.warned.value
    form.save.click()
    assert "The question is leading" in form.result.value
    assert statements(shop.case).empty
    form.asked.value = "How did it come about?"
    assert form.warned.value == ""


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", "Consent of the buyer is not recorded"), ("on Monday", "This is no day or moment")],
)
def test_consent_needs_its_moment(form: StatementForm, shop: Shop, typed: str, told: str):
    fill(form)
    form.consent_at.value = typed
    form.save.click()
    assert told in form.result.value
    assert statements(shop.case).empty


def test_another_group_starts_empty(form: StatementForm):
    fill(form)
    form.group_id = "G-bbbbbbbb"
    assert (form.order.options, form.order.value) == (("o4", "o5"), "o4")
    assert form.text.value == ""
    assert form.told() == "No buyer has said anything yet."


def test_what_a_buyer_said_is_escaped(form: StatementForm):
    fill(form)
    form.text.value = HOSTILE
    form.save.click()
    assert "<script>" not in form.told_so_far.value


def test_without_a_group_nothing_can_be_recorded(shop: Shop):
    made = StatementForm(shop.case, shop.assessment)
    assert made.save.disabled
    assert made.told() == "No group is picked yet."


def test_words_of_a_reward_are_shown_beside_what_was_said(form: StatementForm):
    fill(form)
    form.text.value = "They sent a gift card first."
    form.save.click()
    assert "<td>gift card</td>" in form.told_so_far.value
