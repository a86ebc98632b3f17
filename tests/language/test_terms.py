"""One thing has one name: rooms that word the same term use the same word."""

import pytest

from workbench.appeal.labels import assessment_label, decision_label
from workbench.charts.wording import assessment_word as chart_word
from workbench.dashboard import labels as dashboard
from workbench.explain.rules import TESTS
from workbench.language import LANGUAGES, words
from workbench.widgets import wording as widgets

ASSESSMENTS = ("evidence", "needs_documents", "none")


@pytest.fixture(params=LANGUAGES)
def says(request):
    rooms = ("appeal", "charts", "dashboard", "widgets")
    return {room: words(room, request.param) for room in rooms}


@pytest.mark.parametrize("name", ASSESSMENTS)
def test_an_assessment(says, name):
    assert {
        assessment_label(name, says["appeal"]),
        chart_word(says["charts"], name),
        dashboard.assessment_word(says["dashboard"], name),
        widgets.assessment_word(says["widgets"], name),
    } == {chart_word(says["charts"], name)}


@pytest.mark.parametrize("name", ["defend", "concede", "hold"])
def test_a_decision(says, name):
    assert {
        decision_label(name, says["appeal"]).lower(),
        dashboard.decision_word(says["dashboard"], name).lower(),
        widgets.decision_word(says["widgets"], name).lower(),
    } == {widgets.decision_word(says["widgets"], name)}


@pytest.mark.parametrize("name", sorted(TESTS))
def test_an_innocent_explanation(says, name):
    told = widgets.explanation_word(says["widgets"], name)
    assert told
    assert dashboard.explanation_word(says["dashboard"], name) == told
