"""What was checked and what could not be, and whom the page knows."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from workbench.dashboard.bilingual import BothSay, both
from workbench.dashboard.figures import clock, count
from workbench.dashboard.labels import detector_word
from workbench.dashboard.part import Part
from workbench.element import tag
from workbench.snapshot import Snapshot

__all__ = ["about"]


def about(snapshot: Snapshot) -> Part:
    """The last section: checks, privacy, state of the data."""
    say = both(snapshot["case"]["language"])
    checks = (_check(say, run) for run in snapshot["detectors"])
    html = tag(
        "section",
        tag("h2", say("About this page")),
        tag("h3", say("What was checked")),
        tag("ul", *checks, class_="checks"),
        tag("h3", say("Privacy and state")),
        tag(
            "p",
            say(
                "Buyers are shown by masked codes; names, phones and addresses are not in this "
                "page. It runs on this computer alone and fetches nothing from elsewhere."
            ),
        ),
        tag(
            "p",
            say(
                "Published {at} (UTC). People have decided on {n} orders so far. This page is no "
                "legal advice.",
                at=clock(snapshot["made_at"]),
                n=count(snapshot["totals"]["decided"]),
            ),
            class_="quiet",
        ),
        id="about",
    )
    return Part("about", html)


def _check(say: BothSay, run: dict[str, Any]) -> Markup:
    needs = run["needs"] or ""
    needs = ", ".join(map(str, needs)) if isinstance(needs, list) else str(needs)
    state = {
        "ran": say("checked, found groups"),
        "found_nothing": say("checked, found nothing"),
        "not_available": say("could not be checked: the data lack {needs}", needs=needs),
    }.get(run["state"], run["state"])
    shop = f"{run['shop']} · " if run.get("shop") else ""
    return tag("li", shop, detector_word(say, run["detector"]), ": ", state)
