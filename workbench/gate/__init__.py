"""What must be true before one of few attempts is spent."""

from workbench.gate.definition import CHECKS, Check
from workbench.gate.kept import keep_submission
from workbench.gate.letter_diff import LetterDiff, diff_to_last, keep_letter, letter_words
from workbench.gate.own_letter import letters_now
from workbench.gate.readiness import checks, lacking, may_send, refusing
from workbench.gate.refusal import NotReady
from workbench.gate.story import STORIES, Story, stories_in
from workbench.gate.told import gate_lines

__all__ = [
    "CHECKS",
    "STORIES",
    "Check",
    "LetterDiff",
    "NotReady",
    "Story",
    "checks",
    "diff_to_last",
    "gate_lines",
    "keep_letter",
    "keep_submission",
    "lacking",
    "letter_words",
    "letters_now",
    "may_send",
    "refusing",
    "stories_in",
]
