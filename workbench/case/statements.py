"""What buyers said: kept only with consent, without reward, and when the question was open."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from workbench.case.event import Event
from workbench.case.events import append
from workbench.case.evidence_links import evidence_files
from workbench.case.folder import Case
from workbench.case.known import subject_problems
from workbench.case.standing import standing_events
from workbench.errors import BadInput, Problem

__all__ = ["Wording", "add_statement", "statements", "wording_of"]

_COLUMNS = ["order_id", "text", "asked", "consent_at", "consent_how", "sha256", "who", "at"]
_COLUMNS += ["seq", "hash", "mentions"]
_TOLD = ("text", "asked", "consent_how")
_SLACK = timedelta(minutes=5)  # the clocks of two machines
_SENTENCE = re.compile(r"[。!?！？;；\n]|(?<=[a-z])\.(?=\s|$)")


@dataclass(frozen=True)
class Wording:
    """A wording that may not stand in a question to a buyer, and where it was found.

    `kind` is leading | reward | pressure; `found` the words themselves.
    """

    kind: str
    found: str
    reason_zh: str
    reason_en: str


def add_statement(
    case: Case,
    *,
    order_id: str,
    text: str,
    asked: str,
    consent_at: datetime | None,
    consent_how: str,
    reward: bool = False,
    sha256: str = "",
    who: str,
) -> Event:
    """Write down what a buyer said of an order.

    `text` is the buyer's own wording, `asked` the question exactly as it was put, `consent_at`
    (shop's local time unless it has a zone) and `consent_how` when and how the buyer consented
    that it is used, `sha256` an attached file that holds it, if there is one. Consent that the
    buyer takes back is an `undo` of this event, and a purge of the order removes the words.

    Raises BadInput with every problem at once: no recorded consent, a reward, a question that
    leads, promises or presses (`wording_of`), nothing said, no question, no name, an order that
    the case does not know, a file that it does not hold.
    """
    problems = _consent_problems(case, consent_at, consent_how)
    if reward:
        why = "It weighs nothing once it is paid for, and rewarding it may itself be a violation"
        problems.append(Problem("A statement that was rewarded cannot be used", do=why))
    problems += _said(text, "A statement needs what the buyer said", "Give the buyer's own words")
    problems += _said(asked, "The question is not said", "Give it exactly as it was put")
    problems += [
        Problem(f"The question is {one.kind}: {one.found!r}", f"order {order_id}", one.reason_en)
        for one in wording_of(asked)
    ]
    problems += _said(who, "A statement needs a name", "Say who took it down")
    problems += subject_problems(case, "order", order_id)
    if sha256 and sha256 not in set(evidence_files(case)["sha256"]):
        problems.append(Problem(f"No evidence file {sha256}", do="Attach the file first"))
    if problems or consent_at is None:
        raise BadInput.many(problems)
    body = {
        "text": text.strip(),
        "asked": asked.strip(),
        "consent_at": _aware(case, consent_at).astimezone(UTC).isoformat(timespec="seconds"),
        "consent_how": consent_how.strip(),
        "reward": False,
        "sha256": sha256,
    }
    return append(
        case.database,
        who=who,
        kind="statement",
        subject_kind="order",
        subject_id=order_id,
        body=body,
    )


def statements(case: Case, until: datetime | None = None) -> pd.DataFrame:
    """The statements that stand, one row each, oldest first; those that were purged are left out.

    Columns: order_id, text, asked, consent_at (UTC), consent_how, sha256 (of the file that holds
    it, or ""), who, at (UTC), seq and hash (of the event; by its hash it can be undone), mentions
    (list: words of the buyer's own that may speak of a reward, for a person to read: a coupon
    that was used is none). `until` (UTC) shows an earlier day.
    """
    rows: list[dict[str, Any]] = [
        {
            "order_id": event.subject_id,
            **{name: event.body[name] for name in _TOLD},
            "consent_at": pd.Timestamp(event.body["consent_at"]),
            "sha256": event.body.get("sha256", ""),
            **{name: getattr(event, name) for name in ("who", "at", "seq", "hash")},
            "mentions": _rewards(event.body["text"]),
        }
        for event in standing_events(case, "statement", until=until)
        if not event.purged
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    for name in ("consent_at", "at"):
        frame[name] = pd.to_datetime(frame[name], utc=True).astype("datetime64[us, UTC]")
    return frame.astype({"seq": "int64"})


def wording_of(asked: str) -> list[Wording]:
    """The leading, rewarding and pressing wordings in a question, in the order of the text.

    The list is `statement_wording.toml`. A wording that the same sentence denies ("no reward",
    "不会给予任何好处") is none.
    """
    found: list[tuple[int, Wording]] = []
    start = 0
    for sentence in _sentences(asked):
        for rule in _rules():
            for hit in rule.pattern.finditer(sentence):
                if not (rule.deniable and _denied(sentence[: hit.start()])):
                    one = Wording(rule.kind, hit.group().strip(), rule.reason_zh, rule.reason_en)
                    found.append((start + hit.start(), one))
        start += len(sentence) + 1
    ordered = [one for _, one in sorted(found, key=lambda pair: pair[0])]
    return list(dict.fromkeys(ordered))


def _rewards(text: str) -> list[str]:
    return [one.found for one in wording_of(text) if one.kind == "reward"]


@dataclass(frozen=True)
class _Rule:
    kind: str
    pattern: re.Pattern[str]
    deniable: bool
    reason_zh: str
    reason_en: str


@cache
def _raw() -> dict[str, Any]:
    with Path(__file__).with_name("statement_wording.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            entry["kind"],
            re.compile(entry["pattern"], re.IGNORECASE),
            entry.get("deniable", False),
            entry["zh"],
            entry["en"],
        )
        for entry in _raw()["wording"]
    )


@cache
def _denial() -> re.Pattern[str]:
    return re.compile(_raw()["denial"]["pattern"], re.IGNORECASE)


def _sentences(text: str) -> Sequence[str]:
    return _SENTENCE.split(text)


def _denied(before: str) -> bool:
    clause = re.split("[，,]", before)[-1]
    return _denial().search(clause) is not None


def _consent_problems(case: Case, at: datetime | None, how: str) -> list[Problem]:
    problems = []
    if at is None:
        do = "Ask the buyer first, and write down when consent was given"
        problems.append(Problem("Consent of the buyer is not recorded", do=do))
    # The clock of a sample stands still, and consent that is given today is none of the future.
    elif _aware(case, at) > max(_aware(case, case.now()), datetime.now(UTC)) + _SLACK:
        told = f"Consent cannot have been given at {at:%Y-%m-%d %H:%M}: that is still to come"
        problems.append(Problem(told))
    do = "Say where it can be seen again: a chat message, a signed form, a recorded call"
    return problems + _said(how, "How the buyer consented is not said", do)


def _aware(case: Case, moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(case.zone))


def _said(text: str, what: str, do: str) -> list[Problem]:
    return [] if text.strip() else [Problem(what, do=do)]
