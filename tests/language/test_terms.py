"""Terms that every room uses are the same in every room."""

import pytest

from workbench.case import DECISIONS
from workbench.detect import detectors
from workbench.explain.rules import TESTS
from workbench.language import (
    LANGUAGES,
    MARKS,
    assessment_word,
    check_word,
    decision_word,
    detector_word,
    explanation_word,
    step_word,
    strength_word,
    supplier_word,
    words,
)
from workbench.procedure.outcome import STATES
from workbench.proof import ASKED, LEVELS

ROOMS = ("appeal", "charts", "dashboard", "gate", "procedure", "proof", "widgets")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_room_says_a_term_alike(language):
    assert {assessment_word(words(room, language), "evidence") for room in ROOMS} == {
        {"zh": "异常", "en": "Unusual"}[language]
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_assessment_decision_and_explanation_has_a_name(language):
    say = words("charts", language)
    assert len({assessment_word(say, name) for name in [*MARKS, None]}) == 4
    assert len({decision_word(say, name) for name in [*DECISIONS, None]}) == 4
    assert len({explanation_word(say, name) for name in TESTS}) == len(TESTS)
    assert explanation_word(say, "of a third party") is None
    assert len({strength_word(say, name) for name in LEVELS}) == len(LEVELS)
    assert len({check_word(say, name) for name in STATES}) == len(STATES)
    assert len({supplier_word(say, name) for name in ASKED}) == len(ASKED)
    assert len({step_word(say, row) for row in ("done", "now", "next", "later", "closed")}) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_detector_of_ours_has_a_name(language):
    say = words("quality", language)
    names = [one.name for one in detectors() if one.find.__module__.startswith("workbench.")]
    assert len({detector_word(say, name) for name in names} - {None}) == len(names)
    assert detector_word(say, "of a third party") is None
