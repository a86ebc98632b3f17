"""What is known of a group, as HTML: the sentence, both sides, papers, orders, spellings."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from workbench.element import tag
from workbench.explain import PAPERS
from workbench.language import MARKS, Say, assessment_word, explanation_word
from workbench.widgets.address_spellings import Spelling
from workbench.widgets.group_orders import orders_heading
from workbench.widgets.markup import table
from workbench.widgets.wording import orders_word, result_words, span_text

__all__ = [
    "cell_text",
    "group_head",
    "group_papers",
    "group_readings",
    "group_sides",
    "orders_html",
    "sides",
    "spellings_html",
]

_MOST_ORDERS = 500

Group = Mapping[Any, Any]


def sides(group: Group, say: Say, language: str) -> dict[str, list[str]]:
    """What speaks for the shop (passed), against it (failed) and cannot be told, in words."""
    told: dict[str, list[str]] = {"passed": [], "failed": [], "not_available": []}
    colon = "：" if language == "zh" else ": "
    for test in json.loads(group["explanation_tests"]):
        name = explanation_word(say, test["test"])
        told[test["result"]].append(f"{name}{colon}{test[language]}" if name else test[language])
    return told


def group_head(group: Group, say: Say, language: str) -> Markup:
    """Which group it is, and its sentence."""
    facts = [
        orders_word(say, int(group["size"])),
        span_text(group["window_start"], group["window_end"]),
        say("share of false alarms up to here (q): {q}", q=f"{group['q_value']:.2g}"),
    ]
    badge = f"{MARKS[group['assessment']]} {assessment_word(say, group['assessment'])}"
    return tag(
        "div",
        tag("h3", tag("span", badge, class_="wb-badge"), group["group_id"]),
        tag("p", group[f"sentence_{language}"]),
        tag("p", " · ".join(fact for fact in facts if fact), class_="wb-quiet"),
    )


def group_sides(group: Group, say: Say, language: str) -> Markup:
    """For, against and unknown, side by side."""
    nothing = {
        "passed": say("Nothing in the data so far."),
        "failed": say("No innocent explanation is contradicted."),
        "not_available": say("Nothing is left open."),
    }
    columns = []
    for result, heading in result_words(say).items():
        told = [tag("li", text) for text in sides(group, say, language)[result]]
        content = tag("ul", *told) if told else tag("p", nothing[result], class_="wb-quiet")
        columns.append(tag("div", tag("h4", heading), content, class_=f"wb-side wb-{result}"))
    return tag("div", *columns, class_="wb-sides")


def group_readings(group: Group, say: Say, language: str) -> Markup | None:
    """Who may have done it: three readings, each with both sides; None for older results."""
    readings = json.loads(group.get("readings") or "[]")
    if not readings:
        return None
    heads = (
        say("Reading"),
        say("What speaks for it"),
        say("What speaks against it"),
        say("What is not known"),
    )
    names = {
        "organised_by_shop": say("Organised by the shop"),
        "attack_by_others": say("An attack by somebody else"),
        "affiliate_or_coupon": say("Abuse by an affiliate or coupon hunter"),
    }
    rows = [
        (
            names[reading["reading"]],
            *(
                tag("ul", *(tag("li", told[language]) for told in reading[side]))
                for side in ("for", "against", "unknown")
            ),
        )
        for reading in readings
    ]
    return table(heads, rows, caption=say("Who did it? Three readings, none of them a verdict"))


def group_papers(group: Group, attached: Collection[str], say: Say, language: str) -> Markup:
    """The papers that would settle it, who supplies each, and whether it is attached."""
    missing = json.loads(group["missing_evidence"])
    if not missing:
        return tag("p", say("No paper is called for."), class_="wb-quiet")
    rows = []
    for paper in missing:
        known = PAPERS.get(paper["code"])
        limits = getattr(known, f"limits_{language}", "")
        state = say("attached") if paper["code"] in attached else say("still to get")
        rows.append((paper["code"], paper[language], paper[f"who_{language}"], limits, state))
    heads = (
        say("Code"),
        say("Paper"),
        say("Who can supply it"),
        say("What to mind"),
        say("State"),
    )
    return table(heads, rows, caption=say("Papers that would settle it"))


def orders_html(orders: pd.DataFrame, say: Say, language: str) -> Markup:
    """The rows of `group_orders` as a table; the first 500 of a very large group."""
    own = {
        "named": say("named by the platform"),
        "file": say("source file"),
        "source_row": say("row there"),
    }
    heads = [own.get(name) or orders_heading(name, language) for name in orders.columns]
    answer = {True: say("yes"), False: say("no")}
    rows = (
        [answer[cell] if name == "named" else cell_text(cell) for name, cell in row.items()]
        for row in orders.head(_MOST_ORDERS).to_dict("records")
    )
    caption = say("{lines} order lines, personal data unmasked", lines=len(orders))
    if len(orders) > _MOST_ORDERS:
        caption += say("; the first {shown} are shown", shown=_MOST_ORDERS)
    return table(heads, rows, caption=caption)


def spellings_html(spellings: Sequence[Spelling], say: Say) -> Markup | None:
    """The spellings under each other, differing parts marked; None where there is but one."""
    if len(spellings) < 2:
        return None
    rows = [
        (
            spelling.orders,
            tag(
                "span",
                *(tag("mark", part) if differs else part for part, differs in spelling.parts),
                class_="wb-spelling",
            ),
        )
        for spelling in spellings
    ]
    caption = say("{count} ways to write the address; marked: what differs", count=len(spellings))
    return table((say("orders"), say("as written")), rows, caption=caption)


def cell_text(value: Any) -> str:
    """A cell of the order lines as it is read: times to the second, amounts with two places."""
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    # A decimal column keeps four places; an amount is read with two.
    return f"{value:,.2f}" if type(value).__name__ in ("Decimal", "float") else str(value)
