"""The groups: one line each, opening to what speaks for and against, and to the papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from workbench.dashboard.bilingual import BothSay, both, spans
from workbench.dashboard.figures import count, day, odds, span
from workbench.dashboard.labels import assessment_badge, decision_badge, detector_word
from workbench.dashboard.part import Part
from workbench.element import tag
from workbench.language import explanation_word
from workbench.snapshot import Snapshot

__all__ = ["groups", "weighed"]

# The order in which a reader needs them, and what each result means for the shop.
_RESULTS = ("passed", "failed", "not_available")


def weighed(group: dict[str, Any]) -> dict[str, int]:
    """How many innocent explanations fit (passed), do not (failed), or cannot be told."""
    results = [test["result"] for test in group["tests"]]
    return {result: results.count(result) for result in _RESULTS}


def groups(snapshot: Snapshot) -> Part:
    """The section "groups": those that stand out, then those that the data explain."""
    first = snapshot["case"]["language"]
    say = both(first)
    standing_out = [g for g in snapshot["groups"] if g["assessment"] != "none"]
    explained = [g for g in snapshot["groups"] if g["assessment"] == "none"]
    html = tag(
        "section",
        tag("h2", say("Groups of orders")),
        tag("p", _opening(say, len(standing_out)), class_="lead"),
        *(_group(say, group, first) for group in standing_out),
        _explained(say, explained, first),
        id="groups",
    )
    return Part("groups", html)


def _opening(say: BothSay, n: int) -> Markup:
    if not n:
        return say("No group of orders stands out from this shop's ordinary trade.")
    return say("Groups that stand out: {n}. Open one to see what speaks for and against it.", n=n)


def _explained(say: BothSay, explained: Sequence[dict[str, Any]], first: str) -> Markup | None:
    if not explained:
        return None
    told = say(
        "Groups that looked unusual at first, and that chance or an ordinary cause accounts for: "
        "{n}. For an appeal, that counts too.",
        n=len(explained),
    )
    return tag(
        "div",
        tag("h3", say("Looked into, no concern")),
        tag("p", told, class_="quiet"),
        *(_group(say, group, first) for group in explained),
        class_="explained",
    )


def _group(say: BothSay, group: dict[str, Any], first: str) -> Markup:
    return tag(
        "details",
        tag("summary", *_line(say, group, first)),
        tag(
            "div",
            _both_sides(say, group, first),
            _papers(say, group["missing"], first),
            _numbers(say, group),
            _decided(say, group["decision"]),
            tag("div", class_="orders-of-group", data_group=group["group_id"]),
            class_="inside",
        ),
        class_=f"group {group['assessment']}",
        id=group["group_id"],
    )


def _line(say: BothSay, group: dict[str, Any], first: str) -> list[Markup]:
    sides = weighed(group)
    facts = [
        tag("span", say("{n} orders", n=count(group["size"]))),
        tag("span", span(group["window_start"], group["window_end"])),
        tag("span", say("{n} for the shop", n=sides["passed"])),
        tag("span", say("{n} against", n=sides["failed"])),
        tag("span", say("{n} unknown", n=sides["not_available"])),
    ]
    if group["named"]:
        facts.append(tag("span", say("{n} named by the platform", n=count(group["named"]))))
    decision = (group["decision"] or {}).get("decision")
    sentence = group["sentence"]
    return [
        tag(
            "span",
            assessment_badge(say, group["assessment"]),
            decision_badge(say, decision) if decision else None,
            tag("span", group["group_id"], class_="id"),
            class_="badges",
        ),
        tag("span", spans(sentence["zh"], sentence["en"], first), class_="sentence"),
        tag("span", *facts, class_="facts"),
    ]


def _both_sides(say: BothSay, group: dict[str, Any], first: str) -> Markup:
    titles = {
        "passed": (say("What speaks for the shop"), say("Nothing in the data so far.")),
        "failed": (say("What speaks against"), say("No innocent explanation is contradicted.")),
        "not_available": (say("What the data cannot tell"), say("Nothing is left open.")),
    }
    columns = []
    for result, (title, nothing) in titles.items():
        told = [_told(say, test, first) for test in group["tests"] if test["result"] == result]
        content = tag("ul", *told) if told else tag("p", nothing, class_="quiet")
        columns.append(tag("div", tag("h4", title), content, class_=f"side {result}"))
    return tag("div", *columns, class_="sides")


def _told(say: BothSay, test: dict[str, Any], first: str) -> Markup:
    name = explanation_word(say, test["test"])
    title = tag("b", name, ": ") if name else None
    return tag("li", title, spans(test["zh"], test["en"], first))


def _papers(say: BothSay, missing: Sequence[dict[str, Any]], first: str) -> Markup | None:
    if not missing:
        return None
    rows = (
        tag(
            "tr",
            tag("th", spans(paper["zh"], paper["en"], first), scope="row"),
            tag("td", spans(paper["who_zh"], paper["who_en"], first)),
            tag("td", say("attached") if paper.get("attached") else say("still to get")),
        )
        for paper in missing
    )
    head = (say("Paper"), say("Who can supply it"), say("State"))
    return tag(
        "div",
        tag("h4", say("Papers that would settle it")),
        tag(
            "div",
            tag(
                "table",
                tag("thead", tag("tr", *(tag("th", text, scope="col") for text in head))),
                tag("tbody", *rows),
            ),
            class_="scroll",
        ),
    )


def _numbers(say: BothSay, group: dict[str, Any]) -> Markup:
    pairs = (
        (say("Seen"), count(group["observed"])),
        (say("Expected in this shop's ordinary trade"), count(group["expected"])),
        (say("Chance of so much by accident (p)"), odds(group["p_value"])),
        (say("Share of false alarms tolerated up to here (q)"), odds(group["q_value"])),
    )
    found_by = [tag("li", detector_word(say, name)) for name in group["detectors"]]
    return tag(
        "div",
        tag("h4", say("How it was noticed")),
        tag("ul", *found_by) if found_by else None,
        tag(
            "dl",
            *(tag("div", tag("dt", name), tag("dd", value)) for name, value in pairs),
            class_="numbers",
        ),
    )


def _decided(say: BothSay, decision: dict[str, Any] | None) -> Markup:
    if decision is None:
        return tag("p", decision_badge(say, None), class_="decided")
    return tag(
        "p",
        decision_badge(say, decision["decision"]),
        tag("span", day(decision["at"]), class_="quiet"),
        " ",
        decision["reason"],
        class_="decided",
    )
