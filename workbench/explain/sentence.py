"""One sentence per group that a reviewer understands, figures beside the shop's own normal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbench.explain.innocent.outcome import percent
from workbench.explain.merge import Finding
from workbench.explain.plain import plain
from workbench.explain.weigh import Weighed
from workbench.language import Language, Say, words

__all__ = ["sentence"]

Facts = Mapping[str, Any]


def sentence(weighed: Weighed, contradiction: str, language: Language) -> str:
    """The group's sentence: its strongest signal, then the one that confirms it.

    `contradiction` is what the proof test said, already worded, or empty. Neutral: it says what
    was seen and what is usual, never what it means about a person.
    """
    say = words("explain", language)
    first, *rest = _leading(weighed)
    more = [say("Also: {what}", what=_clause(finding, say)) for finding in rest[:1]]
    # Three clauses are more than a reader keeps: a contradiction says most.
    parts = [_clause(first, say), *([contradiction] if contradiction else more)]
    return (" " if language == "en" else "").join(parts)


def _leading(weighed: Weighed) -> list[Finding]:
    """The strongest finding of each family, strongest family first."""
    leading: dict[str, Finding] = {}
    for part in weighed.contributions:
        leading.setdefault(part.finding.family, part.finding)
    return list(leading.values())


def _clause(finding: Finding, say: Say) -> str:
    wording = _WORDINGS.get(finding.detector)
    told = wording(finding, say) if wording else None
    return told or say(
        "{orders} orders would look unusual: {observed} observed, {expected} expected in this "
        "shop ({detector}).",
        orders=len(finding.orders),
        observed=_figure(finding.observed),
        expected=_figure(finding.expected),
        detector=plain(finding.detector),
    )


def _burst(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not _holds(facts, "item", "amount"):
        return None
    told = say(
        "{orders} orders of “{item}” at {amount} within {minutes} min from {start}; usual "
        "here: {expected}.",
        orders=len(finding.orders),
        item=plain(facts["item"]),
        amount=f"{float(facts['amount']):.2f}",
        minutes=_minutes(finding),
        start=f"{finding.window_start:%Y-%m-%d %H:%M}",
        expected=_figure(finding.expected),
    )
    if not _holds(facts, "returning", "known_buyers", "rho"):
        return told
    return told + say(
        " Of {buyers} of them, {returning} came from a buyer with any other order (usual: {rho}).",
        returning=int(facts["returning"]),
        buyers=int(facts["known_buyers"]),
        rho=percent(float(facts["rho"])),
    )


def _shared(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not _holds(facts, "field", "accounts", "item", "top_item_share", "span_days"):
        return None
    return say(
        "{accounts} accounts share one {field} (usual here: {expected}); {share} of them bought "
        "“{item}”, all within {days} day(s).",
        accounts=int(facts["accounts"]),
        field=_field(str(facts["field"]), say),
        expected=_figure(finding.expected),
        share=percent(float(facts["top_item_share"])),
        item=plain(facts["item"]),
        days=_days(facts),
    )


def _variants(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not _holds(facts, "accounts", "spellings", "item", "top_item_share", "span_days"):
        return None
    return say(
        "{accounts} accounts order to one place written in {spellings} ways (usual: {expected}); "
        "{share} of them bought “{item}”, all within {days} day(s).",
        accounts=int(facts["accounts"]),
        spellings=int(facts["spellings"]),
        expected=_figure(finding.expected),
        share=percent(float(facts["top_item_share"])),
        item=plain(facts["item"]),
        days=_days(facts),
    )


def _repeat(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not _holds(facts, "item", "median_gap_hours", "shop_median_gap_hours", "top_item_share"):
        return None
    return say(
        "One account placed {orders} orders, {share} with “{item}”, typically {gap} hours apart; "
        "repeat buyers here usually wait {usual} hours.",
        orders=len(finding.orders),
        share=percent(float(facts["top_item_share"])),
        item=plain(facts["item"]),
        gap=_figure(float(facts["median_gap_hours"])),
        usual=_figure(float(facts["shop_median_gap_hours"])),
    )


_WORDINGS: Mapping[str, Callable[[Finding, Say], str | None]] = {
    "same_offer_burst": _burst,
    "shared_identity": _shared,
    "address_variants": _variants,
    "rapid_repeat": _repeat,
}


def _field(field: str, say: Say) -> str:
    names = {
        "phone": say("phone number"),
        "device": say("device"),
        "ip": say("IP address"),
        "buyer_account": say("payment account"),
        "address": say("delivery address"),
    }
    return names.get(field, plain(field))


def _holds(facts: Facts, *keys: str) -> bool:
    return all(facts.get(key) is not None for key in keys)


def _minutes(finding: Finding) -> int:
    return max(1, round((finding.window_end - finding.window_start).total_seconds() / 60))


def _days(facts: Facts) -> int:
    return max(1, round(float(facts["span_days"])))


def _figure(value: float) -> str:
    if 0 < value < 0.01:
        return "<0.01"
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.2g}"
