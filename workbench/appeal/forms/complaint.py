"""A draft for whoever is asked next: an association or mediator, or the market regulator."""

from __future__ import annotations

from typing import Any

from workbench.appeal.forms.form import Form, contested_orders, form_model, not_in_force, part
from workbench.appeal.forms.record import decided_so_far, platform_name, sent_so_far
from workbench.appeal.matter import Matter
from workbench.language import Say, words
from workbench.procedure import PROVISIONS
from workbench.rows import each

__all__ = ["complaint"]

_BASIS = "EC.60"
_RUNGS = ("mediation", "regulator_complaint")
_LAW = {
    "mediation": ("EC.60", "EC.8", "EC.63"),
    "regulator_complaint": ("EC.60", "EC.59", "EC.81", "EC.82", "O116.penalty"),
}
_OPEN = ("now", "next", "later")


def complaint(matter: Matter, language: str) -> Form:
    """The draft in `language` for the first of the two rungs that is still open.

    It tells recorded facts, checks that are not passed, and what the shop decided; it accuses
    nobody.
    """
    say = words("appeal", language)
    open_ones = matter.ladder[
        matter.ladder["step"].isin(_RUNGS) & matter.ladder["state"].isin(_OPEN)
    ]
    title = say("Complaint")
    if open_ones.empty:
        why = say(
            "“{title}” is left out: no association, mediator or regulator is left to ask.",
            title=title,
        )
        return Form("complaint", None, why)
    why_not = not_in_force(_BASIS, matter.now.date(), language, title)
    if why_not:
        return Form("complaint", None, why_not)
    step = open_ones.iloc[0]
    flaws = matter.checks[matter.checks["state"].eq("failed")]
    ids = matter.contested["order_id"].tolist()
    model = form_model(
        matter,
        language,
        title=_titles(say)[step["step"]],
        to=_addressees(say)[step["step"]],
        parts=[
            _asked(matter, step["step"], say),
            part(say("What has happened so far"), _happened(matter, say)),
            _flaws(flaws, language, say),
            part(say("Enclosed"), [_enclosed(say)]),
        ],
        annex=contested_orders(ids, say),
        law=[*_LAW[step["step"]], *_cited(flaws)],
        lacking=_lacking(matter, step, flaws, say),
    )
    return Form("complaint", model)


def _titles(say: Say) -> dict[str, str]:
    return {
        "mediation": say("Request for mediation (draft)"),
        "regulator_complaint": say("Complaint to the market regulator (draft)"),
    }


def _addressees(say: Say) -> dict[str, str]:
    return {
        "mediation": say("industry association or mediator (name to be filled in)"),
        "regulator_complaint": say("market regulator at the platform's seat (to be filled in)"),
    }


def _asked(matter: Matter, step: str, say: Say) -> dict[str, Any]:
    platform = platform_name(matter, say)
    if step == "mediation":
        line = say(
            "We ask you to mediate between us and {platform} on the finding and the measure named "
            "above.",
            platform=platform,
        )
        return part(
            say("Request"),
            [line],
            [
                say("Ask the platform for the facts, the reasons and the basis of the finding."),
                say("Help both sides to a review of the orders that the evidence bears out."),
            ],
        )
    line = say(
        "We ask you to look into whether {platform} kept to the provisions below when it took and "
        "reviewed the measure named above.",
        platform=platform,
    )
    return part(
        say("Request"),
        [line],
        [
            say("Have the platform tell the facts, the reasons and the basis of the measure."),
            say("Have the platform review the appeal and tell the result, where it has not."),
            say("Tell us the outcome, as far as the law provides for it."),
        ],
    )


def _happened(matter: Matter, say: Say) -> list[str]:
    return [*sent_so_far(matter, say), decided_so_far(matter, say)]


def _flaws(flaws: Any, language: str, say: Say) -> dict[str, Any]:
    told = [
        say(
            "{code}: {told} ({hook})",
            code=row.code,
            told=getattr(row, f"told_{language}"),
            hook=getattr(row, f"hook_{language}"),
        )
        for row in each(flaws)
    ]
    none = "" if told else say("No check of the procedure has shown a flaw so far.")
    return part(say("What the checks of the procedure found"), [none], told)


def _cited(flaws: Any) -> list[str]:
    known = {one.id for one in PROVISIONS}
    return [hook for hooks in flaws["hooks"] for hook in hooks if hook in known]


def _enclosed(say: Say) -> str:
    return say(
        "The appeal with its evidence index, the evidence, and the record of who decided what and "
        "when, sealed by SHA-256."
    )


def _lacking(matter: Matter, step: Any, flaws: Any, say: Say) -> list[str]:
    told = []
    if matter.notice is None:
        told.append(say("No notice of the platform has been loaded."))
    told.append(say("The addressee has to be named by hand."))
    if step["state"] != "now":
        told.append(
            say("An earlier remedy is still open: see “Where the matter can go from here”.")
        )
    if step["step"] == "regulator_complaint" and flaws.empty:
        told.append(say("No check of the procedure has shown a flaw so far."))
    return told
