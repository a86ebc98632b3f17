"""The top of the page: whose, how long there is to appeal, three figures, what they mean."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from markupsafe import Markup

from workbench.dashboard.bilingual import BothSay, both
from workbench.dashboard.deadline import Deadline, deadline
from workbench.dashboard.figures import clock, count, day
from workbench.dashboard.labels import platform_name
from workbench.dashboard.part import Part
from workbench.element import tag
from workbench.language import LANGUAGES, MARKS
from workbench.snapshot import Snapshot

__all__ = ["summary"]

_SWITCH = {"zh": "中文", "en": "English"}


def summary(snapshot: Snapshot, now: datetime | None = None) -> Part:
    """The head of the page, with the switch of languages.

    `now` is the shop's local time that days left are counted from; by default the snapshot's
    own "today" where the case fixes one, else the clock.
    """
    case = snapshot["case"]
    say = both(case["language"])
    html = tag(
        "header",
        tag(
            "div",
            tag("h1", case["shop"] or say("Shop without a name")),
            tag("p", _subtitle(say, snapshot), class_="quiet"),
        ),
        _switch(case["language"]),
        class_="top",
        id="top",
        data_first=case["language"],
    )
    body = tag(
        "section",
        _deadline_card(say, deadline(snapshot, now), snapshot["notice"]),
        _figures(say, snapshot["totals"]),
        _meaning(say),
        class_="summary",
        id="summary",
    )
    return Part("summary", html + _navigation(say) + body)


def _subtitle(say: BothSay, snapshot: Snapshot) -> Markup:
    case = snapshot["case"]
    platform = platform_name(say, case["platform"])
    at = say("Order check, as of {at}", at=clock(snapshot["as_of"]))
    return tag("span", platform, " · ") + at if platform else at


def _switch(first: str) -> Markup:
    buttons = (
        tag(
            "button",
            _SWITCH[language],
            type="button",
            lang=language,
            data_language=language,
            aria_pressed="true" if language == first else "false",
        )
        for language in LANGUAGES
    )
    return tag("div", *buttons, class_="switch", role="group", aria_label="语言 / Language")


def _navigation(say: BothSay) -> Markup:
    places = (
        ("#timeline", say("When")),
        ("#groups", say("Groups")),
        ("#papers", say("Papers to get")),
        ("#orders", say("Orders")),
        ("#about", say("About this page")),
    )
    links = (tag("li", tag("a", text, href=where)) for where, text in places)
    return tag("nav", tag("ul", *links), aria_labelledby="top")


def _deadline_card(say: BothSay, left: Deadline, notice: dict[str, Any] | None) -> Markup:
    figure, unit = {
        "no_notice": (None, say("No notice of the platform")),
        "no_deadline": (None, say("The notice names no deadline")),
        "open": (
            str(left.days),
            say("day left to appeal") if left.days == 1 else say("days left to appeal"),
        ),
        "last_day": ("0", say("less than a day left to appeal")),
        "over": (
            str(left.days_over),
            say("day since the deadline passed")
            if left.days_over == 1
            else say("days since the deadline passed"),
        ),
    }[left.state]
    return tag(
        "div",
        tag(
            "p",
            tag("strong", figure, class_="figure") if figure else None,
            tag("span", unit, class_="unit"),
        ),
        *_deadline_lines(say, left, notice),
        class_=f"card deadline {left.state} {'urgent' if left.urgent else ''}".strip(),
        id="deadline",
    )


def _deadline_lines(say: BothSay, left: Deadline, notice: dict[str, Any] | None) -> list[Markup]:
    if notice is None:
        return [tag("p", say("No file with a notice was loaded, so no deadline is known here."))]
    lines = []
    if left.at is not None:
        lines.append(tag("p", say("Deadline: {at}", at=clock(left.at)), class_="date"))
    else:
        lines.append(tag("p", say("Ask the platform until when an appeal is possible.")))
    if left.state == "over":
        lines.append(tag("p", say("Ask the platform whether a late appeal is still accepted.")))
    if notice["attempts_left"] is not None:
        lines.append(
            tag(
                "p",
                say(
                    "Attempts left: {left} of {allowed}",
                    left=notice["attempts_left"],
                    allowed=count(notice["attempts_allowed"]),
                ),
            )
        )
    alleged = " · ".join(
        str(notice[name]) for name in ("violation", "rule_clause", "measure") if notice.get(name)
    )
    if alleged:
        lines.append(tag("p", say("Notice {at}:", at=day(notice["issued_at"])), " ", alleged))
    return lines


def _figures(say: BothSay, totals: dict[str, Any]) -> Markup:
    days = (tag("span", day(totals[name]), class_="date") for name in ("first_day", "last_day"))
    looked_at = [Markup(" – ").join(days)]
    if totals["named"]:
        looked_at.append(
            say(
                "The platform names {named}; {inside} of them are in a group below.",
                named=count(totals["named"]),
                inside=count(totals["named_in_groups"]),
            )
        )
    cards = (
        _figure(say("orders looked at"), totals["orders"], looked_at, ""),
        _figure(
            say("orders need documents"),
            totals["orders_needs_documents"],
            _unless_none(
                totals["groups_needs_documents"],
                say("Groups: {n}. A paper would settle each.", n=totals["groups_needs_documents"]),
            ),
            "needs_documents",
        ),
        _figure(
            say("orders look unusual"),
            totals["orders_evidence"],
            _unless_none(
                totals["groups_evidence"],
                say("Groups: {n}. Two signals agree in each.", n=totals["groups_evidence"]),
            ),
            "evidence",
        ),
    )
    return tag("div", *cards, class_="figures")


def _unless_none(n: int, note: Markup) -> list[Markup]:
    return [note] if n else []


def _figure(name: Markup, value: float | None, notes: list[Markup], mark: str) -> Markup:
    symbol = tag("span", MARKS[mark], class_=f"mark {mark}", aria_hidden="true") if mark else None
    return tag(
        "div",
        tag("p", tag("strong", count(value), class_="figure")),
        tag("p", symbol, name, class_="unit"),
        *(tag("p", note, class_="quiet") for note in notes),
        class_="card",
    )


def _meaning(say: BothSay) -> Markup:
    return tag(
        "div",
        tag("h2", say("What this means, and what it does not")),
        tag(
            "p",
            say(
                "“Unusual” means that these orders form a pattern that this shop's ordinary trade "
                "hardly ever gives by chance, and that no innocent explanation fits the data. It "
                "does not mean fake, and it accuses nobody. “Needs documents” means that the data "
                "alone cannot tell: a paper named below would settle it. This page decides "
                "nothing: people do, with a reason and their name."
            ),
        ),
        class_="meaning",
    )
