"""Check 10: why the orders came together is documented for each group (R13)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from workbench.gate.verdict import NEEDS_ANSWER, PASSED, Known, Question, Tell, Verdict

__all__ = ["together_explained"]


def together_explained(
    defended: Sequence[str],
    groups: Mapping[str, Sequence[str]],
    files: pd.DataFrame,
    codes: Collection[str],
    known: Known,
) -> Verdict:
    """Whether each group with defended orders has a paper, or a person's words, that says why.

    `groups` are those of the `defended` orders that stand in one, by group; `files` the pieces of
    evidence (codes, subjects); `codes` the kinds of paper that tell why orders come together.
    """
    if not defended:
        return Verdict(NEEDS_ANSWER, [lambda say: say("No order is defended yet.")])
    if not groups:
        return Verdict(
            PASSED,
            [lambda say: say("The defended orders stand in no group: there is none to explain.")],
        )
    shown = {
        subject_id
        for codes_of, subjects in zip(files["codes"], files["subjects"], strict=True)
        if set(codes_of) & set(codes)
        for kind, subject_id in subjects
        if kind == "group"
    }
    questions = [_why(one, tuple(orders)) for one, orders in groups.items() if one not in shown]
    open_ = [one for one in questions if known.state(one) != PASSED]
    told: list[Tell] = [
        lambda say: say(
            "Groups with defended orders: {count}; with a paper that says why they came together: "
            "{papers}; explained in words only: {words}; not explained: {open}.",
            count=len(groups),
            papers=len(set(groups) & shown),
            words=len(questions) - len(open_),
            open=len(open_),
        )
    ]
    orders = sorted({order for one in open_ for order in one.orders})
    return Verdict(known.worst(questions), told, orders, questions)


def _why(group_id: str, orders: tuple[str, ...]) -> Question:
    return Question(
        "gate.10",
        lambda say: say(
            "Why did the defended orders of group {group} come together (orders: {count}), and "
            "which record shows it?",
            count=len(orders),
            group=group_id,
        ),
        "group",
        group_id,
        orders=orders,
    )
