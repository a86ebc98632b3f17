"""Automatic tests of what the notice itself says: F01, F06, F07, F08, F09, F15."""

from __future__ import annotations

import re

from workbench.language import Say
from workbench.notice.match import normal_id
from workbench.procedure.facts import Facts
from workbench.procedure.outcome import Outcome, asked, day_text, failed, passed, short_text
from workbench.procedure.phrases import generic_phrase, traits

__all__ = [
    "appeal_open",
    "clause_cited",
    "facts_stated",
    "limits_known",
    "punished_once",
    "reasons_given",
]

_CLAUSE = re.compile(
    r"第\s*[一二三四五六七八九十百零〇\d]+(?:\.\d+)*\s*[章节条款项]"
    r"|(?:article|section|clause|art\.|sec\.|§)\s*\d+"
    # 3.2 or 3.2.1, but no amount and no share
    r"|(?<![\d.])\d{1,2}(?:\.\d{1,2}){1,4}(?![\d.]|\s*(?:元|%|％|万|RMB|CNY|USD))",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"《[^》]+》|规则|规范|办法|协议|细则|polic(?:y|ies)|rules?|guidelines?|agreement|terms", re.I
)


def clause_cited(facts: Facts, say: Say) -> Outcome:
    """F01: a clause and the name of a rule can be read."""
    named = (facts.notice.rule_name, facts.notice.rule_clause)
    told = " ".join(dict.fromkeys(one for one in named if one))
    if not told:
        text = say("The notice as loaded names no rule or clause.")
        return failed(text) if facts.whole else asked(text)
    has_clause = bool(_CLAUSE.search(told))
    has_rule = bool(facts.notice.rule_name or _RULE.search(told))
    if has_clause and has_rule:
        return passed(say("The notice names its rule and clause: {rule}.", rule=told))
    if has_rule:
        text = say("The notice names a rule, but no clause of it is seen: {rule}.", rule=told)
    elif has_clause:
        text = say("The notice names a clause, but not of which rule: {rule}.", rule=told)
    else:
        text = say("The notice gives a basis without rule or clause: {rule}.", rule=told)
    return failed(text) if facts.whole else asked(text)


def facts_stated(facts: Facts, say: Say) -> Outcome:
    """F06: orders are listed and found, and a conduct is named."""
    listed = len(facts.notice.order_ids)
    if not listed:
        text = say("The notice as loaded lists no orders.")
        return failed(text) if facts.whole else asked(text)
    conduct = facts.notice.facts_stated or facts.notice.violation
    if not conduct:
        text = say("The notice lists {count} orders, but no conduct.", count=listed)
        return failed(text) if facts.whole else asked(text)
    if facts.missing:
        return asked(
            say(
                "Of {count} orders that the notice lists, {missing} are not in the loaded data: "
                "{first}.",
                count=listed,
                missing=len(facts.missing),
                first=_some(facts.missing),
            )
        )
    days = facts.conduct
    return passed(
        say(
            "The notice lists {count} orders, all found, placed from {first} to {last}; it "
            "alleges: {conduct}.",
            count=listed,
            first=day_text(days[0]),
            last=day_text(days[-1]),
            conduct=short_text(str(conduct)),
        )
    )


def reasons_given(facts: Facts, say: Say) -> Outcome:
    """F07: the reasons speak of traits of these orders, and are not set phrases only."""
    notice = facts.notice
    stated = " ".join([notice.facts_stated or "", *notice.evidence_shown_by_platform]).strip()
    told = " ".join(part for part in (stated, notice.violation or "") if part)
    phrase, found = generic_phrase(told), traits(told)
    if found:
        names = _trait_words(say)
        listed = say(", ").join(names[one] for one in found)
        return passed(say("The reasons speak of: {traits}.", traits=listed))
    if phrase:
        return failed(
            say(
                "The notice gives a set phrase (“{phrase}”) and no trait of these orders.",
                phrase=phrase,
            )
        )
    if stated and facts.whole:
        return asked(say("No trait of these orders was recognised in the reasons."))
    return asked(say("The notice as loaded names the violation only, not its reasons."))


def appeal_open(facts: Facts, say: Say) -> Outcome:
    """F08: a deadline is given, and leaves as many days as the rule promises."""
    deadline = facts.notice.appeal_deadline
    if deadline is None:
        text = say("The notice as loaded states no deadline for the appeal.")
        return failed(text) if facts.whole else asked(text)
    began = facts.notice.issued_at or facts.notice.received_at or facts.notice.decided_at
    if began is None:
        return asked(
            say(
                "An appeal is open until {until}; the notice has no date to count from.",
                until=day_text(deadline),
            )
        )
    days = (deadline.date() - began.date()).days
    figures: dict[str, object] = {
        "first": day_text(began),
        "until": day_text(deadline),
        "days": days,
    }
    promised, confirmed = facts.promised("appeal_days")
    if promised is None:
        return asked(
            say(
                "An appeal is open from {first} to {until}, {days} days; how many the rule "
                "promises is not known.",
                **figures,
            )
        )
    figures |= {"promised": promised}
    if not confirmed:
        return asked(
            say(
                "An appeal is open from {first} to {until}, {days} days; the rule pack says "
                "{promised}, which nobody has confirmed.",
                **figures,
            )
        )
    if days < promised:
        return failed(
            say(
                "An appeal is open from {first} to {until}, {days} days only, where the rule "
                "promises {promised}.",
                **figures,
            )
        )
    return passed(
        say(
            "An appeal is open from {first} to {until}, {days} days; the rule promises {promised}.",
            **figures,
        )
    )


def limits_known(facts: Facts, say: Say) -> Outcome:
    """F09: only a person can tell; the figures are told."""
    allowed = facts.notice.attempts_allowed
    if allowed is None:
        return asked(say("How many appeals are allowed is not known."))
    return asked(
        say(
            "The notice allows {count} appeals for {orders} orders.",
            count=allowed,
            orders=len(facts.notice.order_ids),
        )
    )


def punished_once(facts: Facts, say: Say) -> Outcome:
    """F15: no order stands in two notices."""
    if not facts.others:
        return asked(say("Only one notice has been loaded."))
    named = {normal_id(one): one for one in facts.notice.order_ids}
    for other in facts.others:
        same = sorted(named[one] for one in named.keys() & set(map(normal_id, other.order_ids)))
        if same:
            return failed(
                say(
                    "{count} of the orders stand in notice {other} too: {first}.",
                    count=len(same),
                    other=other.notice_id or "–",
                    first=_some(same),
                )
            )
    return passed(
        say(
            "None of the orders stands in one of the {count} other notices.",
            count=len(facts.others),
        )
    )


def _trait_words(say: Say) -> dict[str, str]:
    return {
        "parcels": say("parcels"),
        "people": say("consignees, addresses or accounts"),
        "money": say("money"),
        "time": say("times"),
        "talk": say("chats or notes"),
        "goods": say("goods or stock"),
    }


def _some(ids: tuple[str, ...] | list[str]) -> str:
    return ", ".join(ids[:5]) + (" …" if len(ids) > 5 else "")
