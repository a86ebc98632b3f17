"""Check 7: refunds and transfers to buyers are explained one by one (R16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from workbench.gate.verdict import (
    FAILED,
    NEEDS_ANSWER,
    PASSED,
    Known,
    Question,
    Tell,
    Verdict,
)
from workbench.language import Say

__all__ = ["money_explained"]


def money_explained(
    defended: Sequence[str], found: pd.DataFrame, told_by: Mapping[str, bool], known: Known
) -> Verdict:
    """Whether a person said of every sum that went back why it was paid.

    `found` are the rows of `workbench.gate.flows.flows`, `told_by` those of `flows_known`: what
    the data do not tell is asked.
    """
    if not defended:
        return Verdict(NEEDS_ANSWER, [lambda say: say("No order is defended yet.")])
    each = [_why(row) for row in found.to_dict("records")]
    blind = []
    if not told_by["refunds"]:
        blind.append(Question("gate.7.refunds", _refunds_unknown))
    if not told_by["transfers"]:
        blind.append(Question("gate.7.transfers", _transfers_unknown))
    questions = [*each, *blind]
    state = known.worst(questions)
    open_ = [one for one in each if known.state(one) == NEEDS_ANSWER]
    # A flow that nobody has explained is a reason to be rejected, whether or not it was asked.
    if state == NEEDS_ANSWER and open_:
        state = FAILED
    told: list[Tell] = [
        lambda say: say(
            "Refunds: {refunds}; transfers to buyers: {transfers}; explained: {done} of {all}.",
            refunds=int(found["kind"].eq("refund").sum()),
            transfers=int(found["kind"].eq("transfer").sum()),
            done=known.count(each, PASSED),
            all=len(each),
        )
    ]
    if refused := known.count(each, FAILED):
        told.append(
            lambda say: say(
                "Sums that a person says cannot be explained: {count}. Concede those orders.",
                count=refused,
            )
        )
    if any(known.state(one) != PASSED for one in blind):
        told.append(
            lambda say: say("The data do not tell all that was paid back: see the question.")
        )
    unexplained = (one for q in each if known.state(q) != PASSED for one in q.orders)
    orders = list(dict.fromkeys(unexplained))
    return Verdict(state, told, orders, questions)


def _why(row: Mapping[Any, Any]) -> Question:
    def ask(say: Say) -> str:
        told = {
            "refund": say(
                "Order {order}: {amount} were refunded {when}. Why?", **_figures(row, say)
            ),
            "transfer": say(
                "Order {order}: {amount} were transferred to its buyer or consignee {when}. Why?",
                **_figures(row, say),
            ),
        }
        return str(told[row["kind"]])

    order_id = str(row["order_id"])
    return Question(f"gate.7.{row['key']}", ask, "order", order_id, orders=tuple(row["orders"]))


def _figures(row: Mapping[Any, Any], say: Say) -> dict[str, object]:
    at = row["at"]
    when = say("on a day that is not known") if pd.isna(at) else say("on {day:%Y-%m-%d}", day=at)
    return {"order": row["order_id"], "amount": f"{row['amount']:.2f}", "when": when}


def _refunds_unknown(say: Say) -> str:
    return say(
        "No list of refunds is loaded. Was nothing refunded on these orders? How is it known?"
    )


def _transfers_unknown(say: Say) -> str:
    return say(
        "No list of payments is loaded. Was no money sent to buyers of these orders by any "
        "other way? How is it known?"
    )
