"""The request to the platform for what it holds: detection basis, order logs, rule version."""

from __future__ import annotations

from workbench.appeal.forms.form import Form, contested_orders, form_model, not_in_force, part
from workbench.appeal.forms.record import platform_name
from workbench.appeal.matter import Matter
from workbench.language import Say, words

__all__ = ["data_request"]

_BASIS = "EC.31"
_LAW = ("EC.31", "EC.62", "DATA.46", "O116.basis", "O116.damages", "O116.versions")


def data_request(matter: Matter, language: str) -> Form:
    """The form in `language`, for all orders at issue."""
    say = words("appeal", language)
    title = say("Request for data and records")
    why_not = not_in_force(_BASIS, matter.now.date(), language, title)
    if why_not:
        return Form("data-request", None, why_not)
    ids = matter.contested["order_id"].tolist()
    model = form_model(
        matter,
        language,
        title=title,
        to=platform_name(matter, say),
        parts=[
            part(say("Request"), _lines(matter, say), _points(say)),
            part(say("Personal data"), [_privacy(say)]),
        ],
        annex=contested_orders(ids, say),
        law=_LAW,
        lacking=[] if matter.notice else [say("No notice of the platform has been loaded.")],
    )
    return Form("data-request", model)


def _lines(matter: Matter, say: Say) -> list[str]:
    notice = (matter.notice and matter.notice.notice_id) or say("not known")
    return [
        say(
            "To check the finding of notice {notice} we ask for the records below, for each order "
            "in the annex, in a form that a machine can read.",
            notice=notice,
        ),
        say(
            "Please keep these records unchanged until the matter is closed, and tell us which of "
            "them do not exist or will not be given, and why."
        ),
    ]


def _points(say: Say) -> list[str]:
    return [
        say("The basis of the finding: which rule, which facts, and which signals per order."),
        say(
            "The log of each order: when it was placed, paid, shipped, signed for, confirmed, "
            "refunded or closed, as the platform recorded it."
        ),
        say(
            "The logistics records that the finding relies on: scans, weights and places of each "
            "parcel, and their source."
        ),
        say("The payment and refund records of each order on the side of the platform."),
        say(
            "The text of the rule in force on the days of the orders, with the day on which it was "
            "published and took effect, and its earlier versions."
        ),
        say("Which part of the handling was automated, and when and by whom a person decided."),
        say("The record of our appeals: when each arrived, was looked at and was answered."),
        say("The amount of any money charged or withheld, and how it was worked out."),
    ]


def _privacy(say: Say) -> str:
    return say(
        "Only records of the shop's own transactions are asked for. Names, phones and addresses of "
        "buyers may be masked as long as equal values stay equal (Personal Information Protection "
        "Law, articles 5 and 6: no more than is needed)."
    )
