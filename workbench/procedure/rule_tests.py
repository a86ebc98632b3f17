"""Automatic tests of the rule and of what it cost: F02, F03, F04, F12, F13, F23."""

from __future__ import annotations

import re
from decimal import Decimal

from workbench.language import Say
from workbench.procedure.facts import Facts
from workbench.procedure.law import provision
from workbench.procedure.outcome import Outcome, asked, day_text, failed, none, passed, share
from workbench.procedure.tiers import tier_of

__all__ = [
    "change_notice",
    "damages_explained",
    "proportion",
    "rule_published",
    "tier_matches",
    "version_on_conduct",
]

_MONEY = re.compile(
    r"违约金|扣款|扣除|扣划|保证金|罚款|赔付|限制提现|冻结|penalty|fine[sd]?\b|deduct|withh|deposit",
    re.IGNORECASE,
)
# E-Commerce Law, article 34; Order 116, article 12, for changes that touch many users or major
# interests.
_NOTICE_DAYS, _LONG_NOTICE_DAYS = 7, 15


def rule_published(facts: Facts, say: Say) -> Outcome:
    """F02: a copy of the cited version was taken by the day of the first order."""
    version, days = facts.cited_version, facts.conduct
    if version is None:
        return asked(say("No version of the rule has been recorded."))
    if version.captured_at is None:
        return asked(say("Of the rule version no archived copy has been recorded."))
    figures = {"rule": version.rule, "copy": day_text(version.captured_at)}
    if not days:
        return asked(
            say("A copy of {rule} was taken on {copy}; the orders' days are not known.", **figures)
        )
    if version.captured_at <= days[0]:
        return passed(
            say(
                "A copy of {rule} was taken on {copy}, before the first order of {first}.",
                first=day_text(days[0]),
                **figures,
            )
        )
    return asked(
        say(
            "The copy of {rule} was taken on {copy}, after the first order of {first}: it does "
            "not show that the rule was public then.",
            first=day_text(days[0]),
            **figures,
        )
    )


def version_on_conduct(facts: Facts, say: Say) -> Outcome:
    """F03: the cited version was in force on the day of each order."""
    began, days = facts.change, facts.conduct
    if began is None:
        return asked(say("Since when the cited version is in force is not known."))
    if not days:
        return asked(
            say(
                "The version is in force from {began}; the orders' days are not known.",
                began=day_text(began),
            )
        )
    end = facts.cited_version.effective_until if facts.cited_version else None
    placed = [at.date() for at in facts.orders["at"].dropna()]
    early = sum(day < began for day in placed)
    late = sum(day > end for day in placed) if end else 0
    figures = {"began": day_text(began), "first": day_text(days[0]), "last": day_text(days[-1])}
    if early:
        return failed(
            say(
                "The cited version took effect on {began}, but {early} of {all} orders were placed "
                "before that day (from {first} on).",
                early=early,
                all=len(placed),
                began=figures["began"],
                first=figures["first"],
            )
        )
    if late and end:
        return failed(
            say(
                "The cited version ended on {end}, but {late} of {all} orders were placed after "
                "that day (until {last}).",
                end=day_text(end),
                late=late,
                all=len(placed),
                last=figures["last"],
            )
        )
    return passed(
        say(
            "The cited version took effect on {began}; all {all} orders were placed in its time "
            "({first} to {last}).",
            all=len(placed),
            **figures,
        )
    )


def change_notice(facts: Facts, say: Say) -> Outcome:
    """F04: 7 days from the announcement to the effect; 15 where much is touched."""
    version = facts.cited_version
    if version is None or version.published_at is None:
        return asked(say("When the change was announced is not known."))
    days = (version.effective_from - version.published_at).days
    figures = {"published": day_text(version.published_at)}
    figures |= {"effect": day_text(version.effective_from)}
    if days < _NOTICE_DAYS:
        return failed(
            say(
                "The change was announced on {published} and took effect on {effect}: {days} days, "
                "where at least 7 are due.",
                days=days,
                **figures,
            )
        )
    if days < _LONG_NOTICE_DAYS and provision("O116.12").held_on(version.effective_from):
        return asked(
            say(
                "The change was announced on {published} and took effect on {effect}: {days} days. "
                "Seven are due, and fifteen where it touches many users or major interests.",
                days=days,
                **figures,
            )
        )
    return passed(
        say(
            "The change was announced on {published} and took effect on {effect}: {days} days.",
            days=days,
            **figures,
        )
    )


def tier_matches(facts: Facts, say: Say) -> Outcome:
    """F12: the points of the notice are those of the tier for this count and repetition."""
    orders, finding = len(facts.notice.order_ids), 1 + len(facts.earlier)
    tier = tier_of(facts.tiers, orders, finding)
    figures: dict[str, object] = {"orders": orders, "finding": finding}
    if tier is None:
        return asked(
            say(
                "The notice lists {orders} orders and is finding no. {finding} of those loaded; "
                "the measure is: {measure}. No table of tiers is known for this platform.",
                measure=facts.notice.measure or "–",
                **figures,
            )
        )
    figures |= {"points": tier.points, "year": tier.as_of}
    given = facts.notice.points
    if given is None:
        return asked(
            say(
                "For {orders} orders and finding no. {finding} the table of {year} has {points} "
                "points; the notice as loaded tells no points.",
                **figures,
            )
        )
    figures |= {"given": f"{given:f}"}
    if not tier.verified:
        return asked(
            say(
                "For {orders} orders and finding no. {finding} a table of {year}, which is not "
                "confirmed, has {points} points; the notice gives {given}.",
                **figures,
            )
        )
    told = say(
        "For {orders} orders and finding no. {finding} the rule ({year}) has {points} points; the "
        "notice gives {given}.",
        **figures,
    )
    return failed(told) if given > tier.points else passed(told)


def proportion(facts: Facts, say: Say) -> Outcome:
    """F13: shares of orders, turnover and money charged; no law sets a limit, a person judges."""
    if facts.orders.empty:
        return asked(say("None of the listed orders is in the loaded data."))
    paid = sum((Decimal(str(one)) for one in facts.orders["paid"].dropna()), Decimal(0))
    charged = sum(
        (one.amount for one in facts.deductions if one.currency == facts.currency), Decimal(0)
    )
    withheld = facts.notice.money_withheld
    if not charged and withheld:
        charged = withheld
    figures = {
        "count": len(facts.orders),
        "all": facts.shop_orders,
        "orders": share(len(facts.orders), facts.shop_orders),
        "paid": f"{paid:,.2f} {facts.currency}",
        "turnover": share(paid, facts.shop_paid),
    }
    if not charged:
        return asked(
            say(
                "{count} of the shop's {all} orders are listed ({orders}), worth {paid} "
                "({turnover} of what was paid). No money charged is known.",
                **figures,
            )
        )
    return asked(
        say(
            "{count} of the shop's {all} orders are listed ({orders}), worth {paid} "
            "({turnover} of what was paid). Charged or withheld: {charged}, {ratio} of that "
            "worth.",
            charged=f"{charged:,.2f} {facts.currency}",
            ratio=share(charged, paid),
            **figures,
        )
    )


def damages_explained(facts: Facts, say: Say) -> Outcome:
    """F23: each charge comes with its basis and calculation."""
    charges = [one for one in facts.deductions if one.what != "withheld"]
    for one in charges:
        if not one.basis:
            return failed(
                say(
                    "{amount} were charged on {day}, without a word on basis or calculation.",
                    amount=f"{one.amount:,.2f} {one.currency}",
                    day=day_text(one.charged_at),
                )
            )
    if charges:
        return passed(say("For each of {count} charges a basis was given.", count=len(charges)))
    if _MONEY.search(facts.notice.measure or "") or facts.notice.money_withheld:
        return asked(say("The measure speaks of money, but no charge has been recorded."))
    return none(say("No charge has been recorded, and the measure speaks of none."))
