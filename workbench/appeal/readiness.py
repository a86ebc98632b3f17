"""What a letter still lacks before an attempt should be spent on it."""

from __future__ import annotations

from workbench.appeal.matter import Matter
from workbench.language import Say, words

__all__ = ["lacking", "still_missing"]

# One document alone does not carry a fact that only its giver tells (rules of civil evidence of
# the PRC, art. 90): an order that is defended should rest on two.
_ENOUGH_EXHIBITS = 2


def still_missing(matter: Matter, language: str) -> list[str]:
    """`lacking` in the words of a language."""
    return lacking(matter, words("appeal", language))


def lacking(matter: Matter, say: Say) -> list[str]:
    """One sentence per thing that is missing; [] when a person may sign and send the letter."""
    return [*_of_notice(matter, say), *_of_orders(matter, say)]


def _of_notice(matter: Matter, say: Say) -> list[str]:
    notice = matter.notice
    if notice is None:
        return [say("No notice of the platform has been loaded.")]
    found = []
    days = notice.days_left(matter.now)
    if days is None:
        found.append(say("The notice as loaded states no deadline for the appeal."))
    elif days < 0:
        found.append(say("The deadline for the appeal has passed."))
    if notice.attempts_left is None:
        found.append(say("It is not known how many appeals are left."))
    elif notice.attempts_left == 0:
        found.append(say("All appeals that the notice allows have been used."))
    if not notice.order_ids:
        found.append(say("The notice as loaded names no orders."))
    if not notice.rule_clause:
        found.append(say("The notice as loaded names no rule or clause."))
    return found


def _of_orders(matter: Matter, say: Say) -> list[str]:
    orders = matter.contested
    defended = orders[orders["decision"] == "defend"]
    absent = int((orders["named"] & ~orders["in_data"]).sum())
    open_ = int(orders["decision"].eq("").sum())
    thin = int((defended["exhibits"].map(len) < _ENOUGH_EXHIBITS).sum())
    found = []
    if absent:
        found.append(
            say("Orders that the notice names and the loaded data lack: {count}.", count=absent)
        )
    if open_:
        found.append(say("Orders that nobody has decided on yet: {count}.", count=open_))
    if defended.empty:
        found.append(say("No order has been decided to be defended: there is nothing to ask for."))
    if thin:
        found.append(
            say(
                "Defended orders that rest on fewer than two pieces of evidence: {count}.",
                count=thin,
            )
        )
    return found
