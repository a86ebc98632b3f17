"""Check 19: what is to be sent fits into the platform's limits on files and size (R08)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.gate.verdict import FAILED, NEEDS_ANSWER, PASSED, Known, Question, Tell, Verdict
from workbench.language import Say

__all__ = ["Limits", "Sending", "fits"]


@dataclass(frozen=True)
class Limits:
    """What the platform takes; None where it is not known.

    `confirmed` says whether a person held the numbers against the notice or the platform's form.
    """

    files: int | None = None
    file_bytes: int | None = None
    confirmed: bool = False


@dataclass(frozen=True)
class Sending:
    """The evidence that was chosen to be sent.

    `chosen` are files (SHA-256 and size in bytes), `uncovered` the defended orders that the
    chosen files leave without proof.
    """

    chosen: Sequence[tuple[str, int]] = ()
    uncovered: Sequence[str] = field(default_factory=tuple)


def fits(defended: Sequence[str], sending: Sending, limits: Limits, known: Known) -> Verdict:
    """Whether the chosen files are few and small enough, and prove all defended orders.

    Limits that nobody confirmed are told as such, and asked.
    """
    if not defended or not sending.chosen:
        return Verdict(NEEDS_ANSWER, [lambda say: say("No evidence is chosen to be sent yet.")])
    large = [sha for sha, size in sending.chosen if limits.file_bytes and size > limits.file_bytes]
    many = limits.files is not None and len(sending.chosen) > limits.files
    told: list[Tell] = [
        lambda say: say(
            "Files to be sent: {count} ({size:,} bytes); defended orders that they prove: {proven} "
            "of {all}.",
            count=len(sending.chosen),
            size=sum(size for _, size in sending.chosen),
            proven=len(defended) - len(sending.uncovered),
            all=len(defended),
        )
    ]
    if many:
        told.append(
            lambda say: say("More files than the platform takes ({limit}).", limit=limits.files)
        )
    if large:
        told.append(
            lambda say: say(
                "Larger than {limit:,} bytes, which is what the platform takes: {files}.",
                limit=limits.file_bytes,
                files=say(", ").join(sha[:12] for sha in large),
            )
        )
    question = Question("gate.19", lambda say: _confirm(say, limits))
    sure = limits.confirmed and limits.files is not None and limits.file_bytes is not None
    questions = [] if sure else [question]
    state = PASSED if sure else known.state(question)
    if state != PASSED:
        told.append(lambda say: say("Nobody has confirmed how many files the platform takes."))
    if many or large or sending.uncovered:
        state = FAILED
    return Verdict(state, told, list(sending.uncovered), questions)


def _confirm(say: Say, limits: Limits) -> str:
    unknown = say("not known")
    return say(
        "How many files, and how large, does the platform's form take? Unconfirmed: {files} "
        "files, {size} bytes each.",
        files=unknown if limits.files is None else limits.files,
        size=unknown if limits.file_bytes is None else f"{limits.file_bytes:,}",
    )
