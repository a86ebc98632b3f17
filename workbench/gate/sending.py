"""Check 19: what is to be sent fits into the platform's limits on files and size (R08)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.gate.verdict import FAILED, NEEDS_ANSWER, PASSED, Known, Question, Tell, Verdict
from workbench.language import LANGUAGES, Say
from workbench.proof.files_to_send import smallest_set_told
from workbench.proof.smallest_set import Limits, SmallestSet

__all__ = ["fits"]


def fits(
    defended: Sequence[str],
    found: SmallestSet,
    limits: Limits,
    known: Known,
    *,
    confirmed: bool,
) -> Verdict:
    """Whether the smallest set of files that proves all defended orders is one the platform takes.

    `found` is what `smallest_set` gives within `limits`; `confirmed` says whether a person held
    these against the notice or the platform's form. Limits that nobody confirmed are asked.
    """
    if not defended:
        return Verdict(NEEDS_ANSWER, [lambda say: say("No order is defended yet.")])
    if not found.covered and not found.chosen:
        return Verdict(
            FAILED,
            [lambda say: say("No evidence proves a defended order: there is none to choose.")],
            list(defended),
        )
    told: list[Tell | Mapping[str, str]] = [
        {one: _joined(smallest_set_told(found, limits, one), one) for one in LANGUAGES}
    ]
    question = Question("gate.19", lambda say: _confirm(say, limits))
    sure = confirmed and limits.files is not None and limits.file_bytes is not None
    state = PASSED if sure else known.state(question)
    if state != PASSED:
        told.append(lambda say: say("Nobody has confirmed how many files the platform takes."))
    unproven = sorted({*found.lacking, *found.oversized, *found.left_out})
    if not found.whole:
        state = FAILED
    return Verdict(state, told, unproven, [] if sure else [question])


def _joined(sentences: Sequence[str], language: str) -> str:
    return ("" if language == "zh" else " ").join(sentences)


def _confirm(say: Say, limits: Limits) -> str:
    unknown = say("not known")
    return say(
        "How many files, and how large, does the platform's form take? Unconfirmed: {files} "
        "files, {size} bytes each.",
        files=unknown if limits.files is None else limits.files,
        size=unknown if limits.file_bytes is None else f"{limits.file_bytes:,}",
    )
