"""Checks 13-16: personal data, files, the second reader, and what follows a rejection."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from workbench.gate.verdict import FAILED, NEEDS_ANSWER, PASSED, Known, Question, Tell, Verdict

__all__ = ["files_kept", "personal_data", "plan_made", "second_reader"]


def personal_data(masked: bool, unmasked_because: Sequence[str], known: Known) -> Verdict:
    """Whether what is sent is masked (or a person decided otherwise), and on what basis it is.

    `unmasked_because` are the reasons of the decisions to unmask that stand.
    """
    question = Question(
        "gate.13",
        lambda say: say(
            "On what basis of art. 13 PIPL are buyers' data handed to the platform, and was every "
            "evidence file looked through for data that are not needed?"
        ),
    )
    if not masked and not unmasked_because:
        return Verdict(
            FAILED,
            [
                lambda say: say(
                    "The pack is not masked, and nobody has decided that it need not be."
                )
            ],
            questions=[question],
        )
    state = known.state(question)
    told: list[Tell] = [
        (lambda say: say("What is sent is masked."))
        if masked
        else (lambda say: say("What is sent is not masked; a person decided so, with a reason."))
    ]
    told.append(
        (lambda say: say("The basis for handing it over is recorded."))
        if state == PASSED
        else (lambda say: say("The basis for handing it over is not recorded."))
    )
    return Verdict(state, told, questions=[question])


def files_kept(files: int, sources: int, changed: Sequence[str]) -> Verdict:
    """Whether evidence, sources and the chain of events are what they were.

    `files` and `sources` count what was hashed again, `changed` names what is not what it was.
    """
    if changed:
        return Verdict(
            FAILED,
            [
                lambda say: say(
                    "Files or events that are not what they were: {which}.",
                    which=say(", ").join(changed),
                )
            ],
        )
    return Verdict(
        PASSED,
        [
            lambda say: say(
                "Hashed again and unchanged: evidence files {files}, sources {sources}, and the "
                "chain of events.",
                files=files,
                sources=sources,
            )
        ],
    )


def second_reader(signed: pd.DataFrame, sent: pd.DataFrame, kept: Collection[str]) -> Verdict:
    """Whether somebody else signed what now stands, and copies of earlier submissions are kept.

    `signed` are the rows of `sign_offs`, `sent` those of `submissions`, `kept` the SHA-256 of the
    packs in the case.
    """
    lost = [
        int(row["attempt"])
        for row in sent.to_dict("records")
        if not row["pack"] or row["pack"] not in kept
    ]
    good = signed[signed["current"] & signed["second_person"]]
    told: list[Tell] = []
    if len(good):
        who = str(good["who"].iloc[-1])
        told.append(lambda say: say("Read and signed by {who}, as it stands now.", who=who))
    elif len(signed):
        told.append(lambda say: say("Something was changed after the second reader signed."))
    else:
        told.append(lambda say: say("No second person has read and signed it."))
    if lost:
        told.append(
            lambda say: say(
                "No copy is kept of what was sent as attempt {numbers}.",
                numbers=say(", ").join(map(str, lost)),
            )
        )
    if not len(good):
        return Verdict(FAILED if len(signed) else NEEDS_ANSWER, told)
    return Verdict(FAILED if lost else PASSED, told)


def plan_made(known: Known) -> Verdict:
    """Whether somebody said what follows a rejection."""
    question = Question(
        "gate.16",
        lambda say: say(
            "What follows if this attempt is rejected: new evidence, a human decision, mediation?"
        ),
    )
    state = known.state(question)
    told: Tell = (
        (lambda say: say("What follows a rejection is planned."))
        if state == PASSED
        else (lambda say: say("Nobody has said what follows a rejection."))
    )
    return Verdict(state, [told], questions=[question])
