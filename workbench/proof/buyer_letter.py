"""The request to a buyer: open questions, free, without reward, with the notice the law asks for.

The notice is that of article 17 of the Personal Information Protection Law of the PRC (in force
2021-11-01): who handles the data, for what, how, which, for how long, and how rights are used;
article 23 asks for a consent of its own to hand them to the platform, and articles 13, 15 and 16
that consent is free and can be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbench.language import Say
from workbench.proof.facts import OrderFacts
from workbench.proof.told import Told

__all__ = ["buyer_letter"]


def buyer_letter(
    say: Say, language: str, to: str, orders: Sequence[OrderFacts], codes: Sequence[str], told: Told
) -> tuple[str, str]:
    """Heading and text to the buyer of one order; nobody is addressed by name."""
    order = orders[0]
    shop = told.shop or say("【name of the shop】")
    return (
        say("About your order {order}", order=order.order_id),
        "\n\n".join(
            [
                say("Hello,"),
                say("this is {shop}. We have a question about your order:", shop=shop),
                _order(say, order),
                say(
                    "The platform is examining it, and we would like to hear how it came about. "
                    "Answering is up to you, and nothing about your order or our service depends "
                    "on whether or what you answer. We give no reward for it."
                ),
                _questions(say),
                say("Please use your own words; leave out whatever you do not remember."),
                _notice(say, shop, told),
                _consent(say, told),
            ]
        ),
    )


def _order(say: Say, order: OrderFacts) -> str:
    day = order.created_on.isoformat() if order.created_on else say("day unknown")
    items = "; ".join(title for title, _ in order.items) or say("item not named")
    return say("{order}, {day}, {items}", order=order.order_id, day=day, items=items)


def _questions(say: Say) -> str:
    return "\n".join(
        [
            say("1. How did you come across the item, and what was it for?"),
            say("2. What happened from the order until today, as far as you remember?"),
            say("3. What arrived, if anything, and what became of it?"),
            say("4. How do you know the shop or people who work there, if you do?"),
            say("5. Is there anything else?"),
        ]
    )


def _notice(say: Say, shop: str, told: Told) -> str:
    platform = told.platform or say("【name of the platform】")
    kept = (
        say("until {day}, then it is deleted", day=told.kept_until.isoformat())
        if told.kept_until
        else say("until 【day】, then it is deleted")
    )
    return "\n".join(
        [
            say("What becomes of your answer (Personal Information Protection Law, article 17):"),
            say("- who handles it: {shop}, 【contact】", shop=shop),
            say(
                "- what for: to tell {platform}, and an authority or court that examines the same "
                "matter, how this order came about; for nothing else",
                platform=platform,
            ),
            say(
                "- what: your answer and the data of this order; names, phone numbers and "
                "addresses are masked before it is handed on"
            ),
            say("- how long: {kept}", kept=kept),
            say(
                "- your rights: see it, correct it, take your consent back or have it deleted, at "
                "any time, at the contact above"
            ),
        ]
    )


def _consent(say: Say, told: Told) -> str:
    platform = told.platform or say("【name of the platform】")
    return "\n".join(
        [
            say("If you answer, please tell us for each of the two whether you consent:"),
            say("(a) that we keep your answer and use it for the purpose above;"),
            say("(b) that we hand it to {platform} for that purpose.", platform=platform),
        ]
    )
