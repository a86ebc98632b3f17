"""The checks of the gate in words and shapes: never by colour alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from workbench.element import tag
from workbench.language import Say, check_word
from workbench.widgets.markup import page

__all__ = [
    "answer_word",
    "check_html",
    "check_line",
    "question_html",
    "question_label",
    "summary_html",
    "summary_line",
]

SHAPES: Mapping[str, str] = {"passed": "✓", "failed": "✗", "needs_answer": "?"}
_SHOWN = 12
_QUOTED = 600


def answer_word(say: Say, answer: str) -> str:
    """What an answer is called; yes means that it is in order."""
    return {
        "yes": say("Yes, in order"),
        "no": say("No"),
        "not_applicable": say("Does not apply"),
    }[answer]


def check_line(row: Mapping[Any, Any], language: str, say: Say) -> str:
    """A check in a line of plain text."""
    star = "★" if row["blocking"] else "☆"
    state = f"{SHAPES[row['state']]} {check_word(say, row['state'])}"
    told = say("{title}: {found}", title=row[f"title_{language}"], found=row[language])
    return f"{row['check']:>2} {star} {state} · {told}"


def summary_line(held: Sequence[int], say: Say) -> str:
    """What holds the appeal back, in a sentence."""
    if not held:
        return say("Nothing holds the appeal back.")
    return say(
        "Do not send it yet: starred checks that have not passed: {numbers}.",
        numbers=say(", ").join(map(str, held)),
    )


def summary_html(checks: pd.DataFrame, ready: bool, say: Say) -> str:
    """The sum of the gate: how many checks stand how, and what holds the appeal back."""
    held = checks.loc[checks["blocking"] & checks["state"].ne("passed"), "check"].tolist()
    counts = checks["state"].value_counts()
    badges = [
        tag(
            "span",
            f"{shape} {check_word(say, state)}: {int(counts.get(state, 0))}",
            class_="wb-badge",
        )
        for state, shape in SHAPES.items()
    ]
    told = summary_line(held, say)
    return page(
        tag("h3", say("Before an attempt is spent")),
        tag("p", *badges),
        tag("div", tag("b", told), class_="wb-done" if ready else "wb-refused", role="status"),
        tag("p", say("★ holds the appeal back until it has passed."), class_="wb-quiet"),
    )


def check_html(row: Mapping[Any, Any], language: str, say: Say) -> str:
    """One check: shape and word of its state, what must be true, what was found, what to do."""
    shape = tag("span", SHAPES[row["state"]], class_="wb-gate-shape", aria_hidden="true")
    star = tag("abbr", "★", title=say("holds the appeal back")) if row["blocking"] else ""
    head = tag(
        "h4",
        shape,
        f" {row['check']} ",
        star,
        f" {row[f'title_{language}']} · ",
        tag("span", check_word(say, row["state"]), class_="wb-gate-word"),
    )
    parts = [head, tag("p", row[language])]
    if row["state"] != "passed":
        parts.append(tag("p", say("To do: {what}", what=row[f"do_{language}"])))
        parts.append(_orders(row["orders"], say))
    return page(tag("section", *parts, class_=f"wb-gate wb-gate-{row['state']}"))


def question_label(one: Mapping[str, Any], number: int, language: str, say: Say) -> str:
    """A question in the list of those of its check."""
    text = one[language] if len(one[language]) <= 90 else one[language][:89] + "…"
    return f"{SHAPES[one['state']]} {number}. {text}"


def question_html(one: Mapping[str, Any], language: str, say: Say) -> str:
    """A question whole, with what strangers wrote and the answer that stands."""
    parts = [tag("p", one[language])]
    if one["quote"]:
        cut = one["quote"][:_QUOTED] + ("…" if len(one["quote"]) > _QUOTED else "")
        parts.append(tag("blockquote", cut))
    parts.append(_orders(one["orders"], say))
    if one["answer"]:
        parts.append(
            tag(
                "p",
                say(
                    "{who} answered: {answer}. {words}",
                    who=one["who"],
                    answer=answer_word(say, one["answer"]),
                    words=one["text"],
                ),
                class_="wb-quiet",
            )
        )
    return page(*parts)


def _orders(orders: Sequence[str], say: Say) -> Markup:
    if not orders:
        return Markup("")
    shown = ", ".join(orders[:_SHOWN])
    more = len(orders) - _SHOWN
    if more > 0:
        shown = say("{orders} and {count} more", orders=shown, count=more)
    return tag("p", say("Orders: {orders}", orders=shown), class_="wb-quiet")
