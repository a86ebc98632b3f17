"""Chinese and English wording from one source: the English text in the code is the key."""

from workbench.language.terms import (
    MARKS,
    assessment_word,
    check_word,
    decision_word,
    detector_word,
    explanation_word,
    step_word,
    strength_word,
    supplier_word,
)
from workbench.language.words import LANGUAGES, Language, Say, words

__all__ = [
    "LANGUAGES",
    "MARKS",
    "Language",
    "Say",
    "assessment_word",
    "check_word",
    "decision_word",
    "detector_word",
    "explanation_word",
    "step_word",
    "strength_word",
    "supplier_word",
    "words",
]
