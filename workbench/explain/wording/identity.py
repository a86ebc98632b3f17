"""Sentences of the detectors of shared identities."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.explain.innocent.outcome import percent
from workbench.explain.merge import Finding
from workbench.explain.plain import plain
from workbench.explain.wording.figures import Wording, days, figure, holds
from workbench.language import Say

__all__ = ["WORDINGS"]


def _shared(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "field", "accounts", "item", "top_item_share", "span_days"):
        return None
    return say(
        "{accounts} accounts share one {field} (usual here: {expected}); {share} of them bought "
        "“{item}”, all within {days} day(s).",
        accounts=int(facts["accounts"]),
        field=_field(str(facts["field"]), say),
        expected=figure(finding.expected),
        share=percent(float(facts["top_item_share"])),
        item=plain(facts["item"]),
        days=days(facts),
    )


def _variants(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "accounts", "spellings", "item", "top_item_share", "span_days"):
        return None
    return say(
        "{accounts} accounts order to one place written in {spellings} ways (usual: {expected}); "
        "{share} of them bought “{item}”, all within {days} day(s).",
        accounts=int(facts["accounts"]),
        spellings=int(facts["spellings"]),
        expected=figure(finding.expected),
        share=percent(float(facts["top_item_share"])),
        item=plain(facts["item"]),
        days=days(facts),
    )


def _chain(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "accounts", "links", "largest_link", "item", "top_item_share", "span_days"):
        return None
    return say(
        "{accounts} accounts hang together by {links} shared phones, devices or addresses, none "
        "of them shared by more than {largest}; {share} bought “{item}”, all within {days} day(s).",
        accounts=int(facts["accounts"]),
        links=int(facts["links"]),
        largest=int(facts["largest_link"]),
        share=percent(float(facts["top_item_share"])),
        item=plain(facts["item"]),
        days=days(facts),
    )


def _field(field: str, say: Say) -> str:
    names = {
        "phone": say("phone number"),
        "device": say("device"),
        "ip": say("IP address"),
        "buyer_account": say("payment account"),
        "payment_id": say("payment"),
        "address": say("delivery address"),
    }
    return names.get(field, plain(field))


WORDINGS: Mapping[str, Wording] = {
    "shared_phone": _shared,
    "shared_device": _shared,
    "shared_address": _shared,
    "address_variants": _variants,
    "account_chain": _chain,
}
