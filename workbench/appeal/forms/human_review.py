"""The request that a person decides (人工判定)."""

from __future__ import annotations

from workbench.appeal.forms.form import Form, contested_orders, form_model, not_in_force, part
from workbench.appeal.forms.record import platform_name, sent_so_far
from workbench.appeal.matter import Matter
from workbench.language import Say, words

__all__ = ["human_review"]

_BASIS = "O116.human"
_LAW = ("O116.human", "O116.review", "O116.basis", "EC.59")


def human_review(matter: Matter, language: str) -> Form:
    """The form in `language`; none before the provision that it rests on is in force.

    It asks and does not assert: how the platform handled the matter is for the platform to tell.
    """
    say = words("appeal", language)
    title = say("Request for a human decision")
    why_not = not_in_force(_BASIS, matter.now.date(), language, title)
    if why_not:
        return Form("human-review", None, why_not)
    orders = matter.contested
    defended = orders.loc[orders["decision"].eq("defend"), "order_id"].tolist()
    model = form_model(
        matter,
        language,
        title=title,
        to=platform_name(matter, say),
        parts=[
            _asked(matter, len(defended), say),
            part(say("What has happened so far"), sent_so_far(matter, say)),
        ],
        annex=contested_orders(defended, say),
        law=_LAW,
        lacking=_lacking(matter, len(defended), say),
    )
    return Form("human-review", model)


def _asked(matter: Matter, defended: int, say: Say) -> dict[str, object]:
    notice = (matter.notice and matter.notice.notice_id) or say("not known")
    lines = [
        say(
            "We ask that a person decides on our appeal against notice {notice}, for the orders "
            "listed in the annex ({count}).",
            notice=notice,
            count=defended,
        ),
        say(
            "Whether the matter was handled by artificial intelligence or the like alone is known "
            "to the platform, not to us. Where it was, the provision below asks for a human "
            "decision on our request; where it was not, please tell us so."
        ),
    ]
    return part(
        say("Request"),
        lines,
        [
            say(
                "Let a person look at each order in the annex, with the evidence handed in for it."
            ),
            say("Tell us the result, and for each order the facts, the reasons and the rule."),
            say("Tell us which part of the handling was automated, and which a person did."),
            say("Confirm the day on which this request arrived."),
        ],
    )


def _lacking(matter: Matter, defended: int, say: Say) -> list[str]:
    told = []
    if matter.notice is None:
        told.append(say("No notice of the platform has been loaded."))
    if not defended:
        told.append(say("No order has been decided to be defended: there is nothing to ask for."))
    return told
