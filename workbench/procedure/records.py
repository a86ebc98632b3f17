"""What people record of the procedure: versions of the rules, money charged, what was asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal
from zoneinfo import ZoneInfo

from workbench.case import Case, Event, append, standing_events
from workbench.errors import BadInput, Problem

__all__ = [
    "Deduction",
    "Request",
    "RuleVersion",
    "deductions",
    "record_deduction",
    "record_request",
    "record_rule_version",
    "requests",
    "rule_versions",
]

What = Literal["damages", "deposit", "withheld"]
_WHAT: tuple[What, ...] = ("damages", "deposit", "withheld")
_DAYS = ("effective_until", "published_at", "captured_at")
_HASH = re.compile(r"[0-9a-f]{64}")
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class RuleVersion:
    """A version of a rule: from when until when (last day) it was in force, as far as is known.

    `cited` is whether the platform's decision rests on it; `captured_at` is the day on which a
    copy was taken, `sha256` that copy among the evidence ("" where none was added).
    """

    rule: str
    clause: str
    effective_from: date
    effective_until: date | None
    published_at: date | None
    captured_at: date | None
    cited: bool
    sha256: str
    source: str

    def held_on(self, day: date) -> bool:
        """Whether it was in force on `day`."""
        return self.effective_from <= day and (
            self.effective_until is None or day <= self.effective_until
        )


@dataclass(frozen=True)
class Deduction:
    """Money that the platform charged or withheld; `basis` is what it said of why and how."""

    amount: Decimal
    currency: str
    charged_at: date
    what: What
    basis: str


@dataclass(frozen=True)
class Request:
    """Something that somebody was asked for: what, of whom, when (shop's local time)."""

    request: str
    to: str
    sent_at: datetime
    text: str
    seq: int


def record_rule_version(
    case: Case,
    *,
    rule: str,
    effective_from: date,
    clause: str = "",
    effective_until: date | None = None,
    published_at: date | None = None,
    captured_at: date | None = None,
    cited: bool = True,
    sha256: str = "",
    source: str = "",
    who: str,
) -> Event:
    """Write down a version of a rule of the platform, as somebody found it.

    Days: `effective_from` to `effective_until` (the last), `published_at` (when the change was
    announced), `captured_at` (when the copy `sha256` was taken). `cited` is whether the decision
    rests on this version. Raises BadInput with every problem at once.
    """
    problems = _named(who)
    if not rule.strip():
        problems.append(Problem("The rule has no name", do="Give the name that the notice uses"))
    if effective_until is not None and effective_until < effective_from:
        problems.append(Problem("The version ends before it takes effect"))
    if sha256 and not _HASH.fullmatch(sha256):
        do = "Give the 64 hexadecimal digits of the copy"
        problems.append(Problem(f"This is no SHA-256: {sha256!r}", do=do))
    if problems:
        raise BadInput.many(problems)
    body: dict[str, object] = {"rule": rule.strip(), "clause": clause.strip(), "cited": cited}
    body |= {"sha256": sha256, "source": source.strip()}
    days = {"effective_until": effective_until, "published_at": published_at}
    days |= {"captured_at": captured_at, "effective_from": effective_from}
    body |= {name: day.isoformat() for name, day in days.items() if day is not None}
    return append(case.database, who=who, kind="rule_version", subject_kind="case", body=body)


def record_deduction(
    case: Case,
    *,
    amount: Decimal | str,
    charged_at: date,
    what: What = "damages",
    basis: str = "",
    currency: str = "",
    who: str,
) -> Event:
    """Write down money that the platform charged or withheld (`currency`: the case's).

    `basis` is what the platform said of why and how it was worked out, "" where it said nothing.
    Raises BadInput with every problem at once.
    """
    problems = _named(who)
    currency = currency or case.currency
    value = _amount(amount)
    if value is None:
        do = "Give a number above 0, such as 1200.50"
        problems.append(Problem(f"This is no amount: {str(amount)!r}", do=do))
    if not _CURRENCY.fullmatch(currency):
        problems.append(Problem(f"This is no currency: {currency!r}", do="Give a code such as CNY"))
    if what not in _WHAT:
        problems.append(Problem(f"Unknown charge {what!r}", do=f"Give one of {', '.join(_WHAT)}"))
    if problems:
        raise BadInput.many(problems)
    body = {"amount": f"{value:f}", "currency": currency, "charged_at": charged_at.isoformat()}
    body |= {"what": what, "basis": basis.strip()}
    return append(case.database, who=who, kind="deduction", subject_kind="case", body=body)


def record_request(
    case: Case, *, request: str, to: str, sent_at: datetime, text: str = "", who: str
) -> Event:
    """Write down that somebody was asked for something; it sends nothing.

    `request` is a code, such as "human_review" or the one of a step of the remedy ladder;
    `sent_at` without a zone is the shop's local time. Raises BadInput with every problem at once.
    """
    problems = _named(who)
    if not request.strip():
        problems.append(Problem("It is not said what was asked for"))
    if not to.strip():
        problems.append(Problem("It is not said who was asked"))
    if problems:
        raise BadInput.many(problems)
    local = sent_at if sent_at.tzinfo else sent_at.replace(tzinfo=ZoneInfo(case.zone))
    body = {"request": request.strip(), "to": to.strip(), "text": text.strip()}
    body["sent_at"] = local.isoformat(timespec="seconds")
    return append(case.database, who=who, kind="request", subject_kind="case", body=body)


def rule_versions(case: Case, until: datetime | None = None) -> list[RuleVersion]:
    """The recorded versions of the platform's rules, oldest record first."""
    return [_version(event.body) for event in standing_events(case, "rule_version", until=until)]


def _version(body: dict[str, Any]) -> RuleVersion:
    told = {name: date.fromisoformat(body[name]) if name in body else None for name in _DAYS}
    return RuleVersion(
        rule=body["rule"],
        clause=body["clause"],
        effective_from=date.fromisoformat(body["effective_from"]),
        cited=body["cited"],
        sha256=body["sha256"],
        source=body["source"],
        **told,
    )


def deductions(case: Case, until: datetime | None = None) -> list[Deduction]:
    """What the platform charged or withheld, as recorded, oldest record first."""
    return [
        Deduction(
            amount=Decimal(event.body["amount"]),
            charged_at=date.fromisoformat(event.body["charged_at"]),
            **{name: event.body[name] for name in ("currency", "what", "basis")},
        )
        for event in standing_events(case, "deduction", until=until)
    ]


def requests(case: Case, until: datetime | None = None) -> list[Request]:
    """What was asked for, of anybody, oldest record first."""
    return [
        Request(
            sent_at=local_time(event.body["sent_at"], case.zone),
            seq=event.seq,
            **{name: event.body[name] for name in ("request", "to", "text")},
        )
        for event in standing_events(case, "request", until=until)
    ]


def local_time(moment: str, zone: str) -> datetime:
    """The shop's local time of an ISO 8601 moment; one without a zone is local already."""
    at = datetime.fromisoformat(moment)
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if at.tzinfo else at


def _named(who: str) -> list[Problem]:
    return [] if who.strip() else [Problem("A record needs a name", do="Say who records it")]


def _amount(amount: Decimal | str) -> Decimal | None:
    try:
        value = Decimal(str(amount).strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and value > 0 else None
