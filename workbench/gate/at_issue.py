"""Check 3: every listed order is there; check 12: every order is decided."""

from __future__ import annotations

import pandas as pd

from workbench.gate.verdict import FAILED, NEEDS_ANSWER, PASSED, Known, Question, Tell, Verdict

__all__ = ["all_decided", "all_present"]


def all_present(orders: pd.DataFrame, known: Known, stated: int | None = None) -> Verdict:
    """Whether the data hold every order that the notice names.

    `orders` are those at issue: order_id, named, in_data; `stated` is how many the notice says
    there are. An order that never was can be explained; then it is told, and not dropped.
    """
    named = orders[orders["named"]]
    if named.empty:
        return _without_list(known)
    absent = named.loc[~named["in_data"], "order_id"].tolist()
    questions = [_why_absent(order_id) for order_id in absent]
    open_ = [q.subject_id for q in questions if known.state(q) != PASSED]
    held = len(named) - len(absent)
    told: list[Tell] = [
        lambda say: say(
            "Of {count} orders that the notice names, the data hold {held}.",
            count=len(named),
            held=held,
        )
    ]
    if absent:
        told.append(
            lambda say: say(
                "Absent and explained: {explained}; absent and not explained: {open}.",
                explained=len(absent) - len(open_),
                open=len(open_),
            )
        )
    state = FAILED if open_ else PASSED
    if stated is not None and stated != len(named):
        # A list that was cut off would leave orders out of the appeal in silence.
        more = _other_count(stated, len(named))
        told.append(lambda say: say("The notice says that there are {stated}.", stated=stated))
        questions.append(more)
        state = known.worst([more]) if state == PASSED else state
    return Verdict(state, told, open_, questions)


def _without_list(known: Known) -> Verdict:
    question = Question(
        "gate.3",
        lambda say: say(
            "The notice as loaded names no orders. Does it really list none, and how were the "
            "orders at issue chosen?"
        ),
    )
    return Verdict(
        known.state(question),
        [lambda say: say("The notice as loaded names no orders.")],
        questions=[question],
    )


def _other_count(stated: int, named: int) -> Question:
    return Question(
        "gate.3",
        lambda say: say(
            "The notice says that there are {stated} orders and lists {named}. Which are meant?",
            stated=stated,
            named=named,
        ),
    )


def _why_absent(order_id: str) -> Question:
    return Question(
        "gate.3",
        lambda say: say(
            "Order {order} is named by the notice and is not in the data. Why?", order=order_id
        ),
        "order",
        order_id,
        orders=(order_id,),
    )


def all_decided(contested: pd.DataFrame) -> Verdict:
    """Whether a person decided on each order of the letter: `contested` has order_id, decision."""
    if contested.empty:
        return Verdict(
            NEEDS_ANSWER,
            [lambda say: say("No order is at issue yet: nobody can say what to decide.")],
        )
    open_ = contested.loc[contested["decision"].eq(""), "order_id"].tolist()
    if open_:
        return Verdict(
            FAILED,
            [
                lambda say: say(
                    "Orders that nobody has decided on yet: {count} of {all}.",
                    count=len(open_),
                    all=len(contested),
                )
            ],
            open_,
        )
    counts = contested["decision"].value_counts()
    return Verdict(
        PASSED,
        [
            lambda say: say(
                "Orders to defend: {defend}; to concede: {concede}; on hold: {hold}.",
                **{name: int(counts.get(name, 0)) for name in ("defend", "concede", "hold")},
            )
        ],
    )
