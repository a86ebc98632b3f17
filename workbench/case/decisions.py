"""What a person says of an order or a group: defend, concede or hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal

import pandas as pd

from workbench.case.events import Event, append, events
from workbench.case.evidence import evidence_files
from workbench.case.folder import Case
from workbench.case.known import group_members, subject_problems
from workbench.errors import BadInput, Problem

__all__ = ["DECISIONS", "Decision", "decide", "decisions", "order_decisions"]

Decision = Literal["defend", "concede", "hold"]
DECISIONS: tuple[Decision, ...] = ("defend", "concede", "hold")

_BY_SUBJECT = ["subject", "subject_id", "decision", "reason", "who", "at", "evidence"]
_BY_SUBJECT += ["order_ids", "seq"]
_BY_ORDER = ["order_id", "decision", "reason", "who", "at", "evidence", "subject", "subject_id"]


def decide(
    case: Case,
    *,
    subject: Literal["order", "group"],
    subject_id: str,
    decision: Decision,
    reason: str,
    who: str,
    evidence: Sequence[str] = (),
    order_ids: Sequence[str] = (),
) -> Event:
    """Write down what a person decided; it is in the case's database on return.

    `evidence` names attached files by SHA-256. `order_ids` are the members of a group at this
    moment, so that the decision keeps its meaning when a later screening groups otherwise; left
    out, they are read from the case's results. A later decision on the same subject replaces an
    earlier one, which stays in the events. Only people decide: nothing in the workbench calls
    this by itself.

    Raises BadInput with every problem at once: an unknown decision or subject, no reason, no
    name, a group or order that the case does not know, evidence that is not attached.
    """
    evidence, order_ids = list(dict.fromkeys(evidence)), list(dict.fromkeys(order_ids))
    problems = _wording_problems(subject, decision, reason, who)
    problems += subject_problems(case, subject, subject_id, order_ids)
    problems += _evidence_problems(case, evidence)
    if problems:
        raise BadInput.many(problems)
    if subject == "group" and not order_ids:
        order_ids = group_members(case, subject_id)
    body = {
        "decision": decision,
        "reason": reason.strip(),
        "evidence": evidence,
        "order_ids": order_ids if subject == "group" else [subject_id],
    }
    return append(
        case.database,
        who=who,
        kind="decision",
        subject_kind=subject,
        subject_id=subject_id,
        body=body,
    )


def decisions(case: Case) -> pd.DataFrame:
    """What stands today, one row per decided subject, newest last.

    Columns: subject (order | group), subject_id, decision, reason, who, at (UTC), evidence
    (list of SHA-256), order_ids (list: the order itself, or the members of the group when it
    was decided), seq (number of the event). Where an order lies in a decided group and has a
    decision of its own, see `order_decisions`.
    """
    found = events(case.database)
    found = found[found["kind"] == "decision"]
    bodies = [json.loads(body) for body in found["body"]]
    frame = pd.DataFrame(
        {
            "subject": found["subject_kind"].array,
            "subject_id": found["subject_id"].array,
            **{name: [body[name] for body in bodies] for name in ("decision", "reason")},
            "who": found["who"].array,
            "at": found["at"].array,
            **{name: [body[name] for body in bodies] for name in ("evidence", "order_ids")},
            "seq": found["seq"].array,
        }
    )
    latest = frame.drop_duplicates(["subject", "subject_id"], keep="last")
    return latest[_BY_SUBJECT].reset_index(drop=True)


def order_decisions(case: Case) -> pd.DataFrame:
    """What stands today for each order, one row per order that a decision reaches.

    An order's own decision beats the one of its group; of two groups the one decided last
    counts. Columns: order_id, decision, reason, who, at (UTC), evidence, subject and subject_id
    (whose decision it is).
    """
    standing = decisions(case).explode("order_ids").rename(columns={"order_ids": "order_id"})
    standing = standing.dropna(subset="order_id")
    own = standing["subject"].eq("order")
    ranked = standing.assign(own=own).sort_values(["own", "seq"], kind="stable")
    latest = ranked.drop_duplicates("order_id", keep="last").sort_values("order_id")
    return latest[_BY_ORDER].reset_index(drop=True)


def _wording_problems(subject: str, decision: str, reason: str, who: str) -> list[Problem]:
    problems = []
    if subject == "case":
        problems.append(Problem("A decision is of an order or a group, not of the whole case"))
    if decision not in DECISIONS:
        do = f"Give one of {', '.join(DECISIONS)}"
        problems.append(Problem(f"Unknown decision {decision!r}", do=do))
    if not reason.strip():
        problems.append(Problem("A decision needs a reason", do="Say in one sentence why"))
    if not who.strip():
        problems.append(Problem("A decision needs a name", do="Say who decided"))
    return problems


def _evidence_problems(case: Case, evidence: Sequence[str]) -> list[Problem]:
    if not evidence:
        return []
    attached = set(evidence_files(case)["sha256"])
    return [
        Problem(f"No evidence file {sha}", str(case.evidence_dir), "Attach the file first")
        for sha in evidence
        if sha not in attached
    ]
