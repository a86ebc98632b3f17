"""Check 18: the letter is not the one that was rejected (R15)."""

from __future__ import annotations

from workbench.gate.letter_diff import LetterDiff
from workbench.gate.verdict import FAILED, PASSED, Known, Question, Tell, Verdict

__all__ = ["not_resent"]


def not_resent(diff: LetterDiff | int | None, earlier: int, known: Known) -> Verdict:
    """Whether anything is new against the attempt that was rejected last.

    `diff` as `diff_to_last` gives it; `earlier` counts the attempts that the notice says were
    used and that nobody recorded here.
    """
    if isinstance(diff, LetterDiff):
        return _compared(diff)
    if diff is None and not earlier:
        return Verdict(PASSED, [lambda say: say("No attempt has been rejected so far.")])
    question = Question(
        "gate.18",
        lambda say: say(
            "An earlier attempt was rejected, and its letter is not kept here. What is new in this "
            "one?"
        ),
    )
    told: Tell = lambda say: say(  # noqa: E731
        "There is no copy of the letter that was rejected: the two cannot be compared."
    )
    return Verdict(known.state(question), [told], questions=[question])


def _compared(diff: LetterDiff) -> Verdict:
    if diff.repeated:
        return Verdict(
            FAILED,
            [
                lambda say: say(
                    "This is the letter that was rejected as attempt {number}: no paragraph, no "
                    "evidence and no decision is new.",
                    number=diff.attempt,
                )
            ],
        )
    return Verdict(
        PASSED,
        [
            lambda say: say(
                "New against attempt {number}: paragraphs {paragraphs}, evidence files {evidence}, "
                "decisions {decisions}.",
                number=diff.attempt,
                paragraphs=diff.count("paragraph"),
                evidence=diff.count("evidence"),
                decisions=diff.count("decision"),
            )
        ],
    )
