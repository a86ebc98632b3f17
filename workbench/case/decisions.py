"""What a person says of an order or a group: defend, concede or hold."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import pandas as pd

from workbench.case.conflicts import check_seen
from workbench.case.decided import Decided, read_decided
from workbench.case.events import Event, append_many
from workbench.case.evidence import evidence_files
from workbench.case.folder import Case
from workbench.case.known import group_members, subject_problems, unknown_orders
from workbench.case.standing import Standing
from workbench.errors import BadInput, Problem

__all__ = ["DECISIONS", "Decision", "decide", "decide_many", "decisions", "order_decisions"]

Decision = Literal["defend", "concede", "hold"]
DECISIONS: tuple[Decision, ...] = ("defend", "concede", "hold")

_BY_SUBJECT = ["subject", "subject_id", "decision", "reason", "who", "at", "evidence"]
_BY_SUBJECT += ["order_ids", "seq", "hash", "batch"]
_BY_ORDER = ["order_id", "decision", "reason", "who", "at", "evidence", "subject", "subject_id"]
_BY_ORDER += ["seq", "hash"]


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
    seen: str | None = None,
) -> Event:
    """Write down what a person decided; it is in the case's database on return.

    `evidence` names attached files by SHA-256. `order_ids` are the members of a group at this
    moment, so that the decision keeps its meaning when a later screening groups otherwise; left
    out, they are read from the case's results. A later decision on the same subject replaces an
    earlier one, which stays in the events. Only people decide: nothing in the workbench calls
    this by itself.

    `seen` is the hash of the decision that stood for the subject when the person looked (for an
    order without one of its own, that of its group), "" when none did: `decisions` and
    `order_decisions` give it. If another stands by now, nothing is written and Conflict, which
    is a BadInput, names it. Without `seen` nothing is compared, and `conflicts` tells later.

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
    given = [_given(who, subject, subject_id, body)]
    return _write(case, given, None if seen is None else {(subject, subject_id): seen})[0]


def decide_many(
    case: Case,
    order_ids: Sequence[str],
    *,
    decision: Decision,
    reason: str,
    who: str,
    evidence: Sequence[str] = (),
    seen: Mapping[str, str] | None = None,
) -> list[Event]:
    """Decide several orders alike: one event for each, all of them written or none.

    The events share `batch` in their body, by which `undo` takes them back together. `seen` is
    order → hash, as `decide` takes it; an order that it does not name was seen undecided.
    Raises BadInput and Conflict as `decide` does, with the problems of all orders.
    """
    evidence, order_ids = list(dict.fromkeys(evidence)), list(dict.fromkeys(order_ids))
    problems = _wording_problems("order", decision, reason, who)
    if not order_ids or not all(order_id.strip() for order_id in order_ids):
        problems.append(Problem("Which orders are meant is not said", do="Give their numbers"))
    do = "Check the number; load and screen the orders first when they are new"
    unknown = unknown_orders(case, order_ids)
    problems += [Problem(f"The case has no order {one}", do=do) for one in unknown]
    problems += _evidence_problems(case, evidence)
    if problems:
        raise BadInput.many(problems)
    body = {"decision": decision, "reason": reason.strip(), "evidence": evidence}
    body["batch"] = secrets.token_hex(8)
    given = [_given(who, "order", one, {**body, "order_ids": [one]}) for one in order_ids]
    known = None if seen is None else {("order", one): seen.get(one, "") for one in order_ids}
    return _write(case, given, known)


def decisions(case: Case, until: datetime | None = None) -> pd.DataFrame:
    """What stands today, one row per decided subject, newest last.

    Columns: subject (order | group), subject_id, decision, reason, who, at (UTC), evidence
    (list of SHA-256), order_ids (list: the order itself, or the members of the group when it
    was decided), seq (number of the event), hash (names the event: what `seen` takes), batch
    ("" for one that was decided alone). Where an order lies in a decided group and has a
    decision of its own, see `order_decisions`. `until` (UTC) shows an earlier day.
    """
    rows = [
        {
            **_told(one),
            "order_ids": one.body["order_ids"],
            "batch": one.body.get("batch", ""),
        }
        for one in read_decided(case, until).subjects()
    ]
    return _frame(rows, _BY_SUBJECT)


def order_decisions(case: Case, until: datetime | None = None) -> pd.DataFrame:
    """What stands today for each order, one row per order that a decision reaches.

    An order's own decision beats the one of its group; of two groups the one decided last
    counts. Columns: order_id, decision, reason, who, at (UTC), evidence, subject and subject_id
    (whose decision it is), seq and hash (of its event). `until` (UTC) shows an earlier day.
    """
    standing = sorted(read_decided(case, until).orders().items())
    return _frame([{**_told(one), "order_id": order_id} for order_id, one in standing], _BY_ORDER)


def _given(who: str, subject: str, subject_id: str, body: Mapping[str, object]) -> dict[str, Any]:
    told = {"who": who, "kind": "decision", "subject_kind": subject, "subject_id": subject_id}
    return {**told, "body": body}


def _write(
    case: Case, given: list[dict[str, Any]], seen: Mapping[tuple[str, str], str] | None
) -> list[Event]:
    """Write the events; with `seen`, only while exactly that stands, and say what was seen."""
    if seen is None:
        return append_many(case.database, given)
    now = read_decided(case)
    check_seen(now, seen)
    for one in given:
        one["body"] = _with_seen(now, one, seen[one["subject_kind"], one["subject_id"]])
    return append_many(case.database, given, check=lambda: check_seen(read_decided(case), seen))


def _with_seen(now: Decided, one: Mapping[str, Any], seen: str) -> dict[str, object]:
    body = {**one["body"], "seen": seen}
    members = body["order_ids"] if one["subject_kind"] == "group" else ()
    others = now.others(one["subject_kind"], one["subject_id"], body["decision"], members)
    return {**body, "also_seen": others} if others else body


def _told(one: Standing) -> dict[str, object]:
    return {
        "subject": one.subject_kind,
        "subject_id": one.subject_id,
        **{name: one.body[name] for name in ("decision", "reason", "evidence")},
        **{name: getattr(one, name) for name in ("who", "at", "seq", "hash")},
    }


def _frame(rows: list[dict[str, object]], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns)
    frame["at"] = pd.to_datetime(frame["at"], utc=True).astype("datetime64[us, UTC]")
    return frame.astype({"seq": "int64"})


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
