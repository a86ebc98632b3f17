"""How the strength of evidence and what is missing are told in a widget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from workbench.element import tag
from workbench.explain import PAPERS
from workbench.language import Say, strength_word, supplier_word
from workbench.proof import LEVELS, SYSTEMS, Request
from workbench.widgets.markup import table
from workbench.widgets.wording import orders_word

__all__ = [
    "asked_word",
    "papers_html",
    "proof_line",
    "request_title",
    "strength_html",
    "strength_summary",
    "systems_text",
]

_MARKS = {"none": "○", "weak": "◔", "enough": "◕", "strong": "●"}


def asked_word(say: Say, ask: str, papers: int = 0) -> str:
    """Whom to ask, with how many papers are missing that they have."""
    who = supplier_word(say, ask)
    return say("{who}: {papers} papers missing", who=who, papers=papers) if papers else who


def systems_text(systems: Sequence[str], language: str) -> str:
    """The independent sources by name."""
    return "; ".join(getattr(SYSTEMS[name], language) for name in systems) or "–"


def strength_summary(strength: pd.DataFrame, say: Say) -> str:
    """How many of the orders are proved how well, in one line."""
    count = strength["level"].value_counts()
    parts = [
        f"{_MARKS[level]} {strength_word(say, level)} {count[level]}"
        for level in reversed(LEVELS)
        if level in count
    ]
    return say("Orders by the strength of their evidence: {parts}", parts=" · ".join(parts))


def strength_html(strength: pd.DataFrame, missing: pd.DataFrame, say: Say, language: str) -> Markup:
    """How strong, from which sources, what the rules ask, what is missing; weakest first.

    Orders of which the same is to be told share a row.
    """
    codes = missing.groupby("order_id")["code"].agg(list).to_dict()
    alike: dict[tuple[Any, ...], list[str]] = {}
    for row in strength.to_dict("records"):
        lacking = tuple(lack[language] for lack in row["lacking"])
        papers = " ".join(codes.get(row["order_id"], [])) or "–"
        sources = systems_text(row["systems"], language)
        told = (row["level"], sources, len(row["exhibits"]), lacking, papers)
        alike.setdefault(told, []).append(row["order_id"])
    rows = [
        (
            f"{_MARKS[level]} {strength_word(say, level)}",
            tag("span", tag("b", orders_word(say, len(orders))), ": ", ", ".join(orders)),
            sources,
            files,
            _list(lacking),
            papers,
        )
        for (level, sources, files, lacking, papers), orders in sorted(
            alike.items(), key=lambda one: (LEVELS.index(one[0][0]), -len(one[1]))
        )
    ]
    heads = (
        say("Evidence"),
        say("Orders"),
        say("Independent sources"),
        say("Files"),
        say("What the rules of evidence still ask for"),
        say("Papers missing"),
    )
    return table(heads, rows, caption=say("Orders and how well they are proved"))


def papers_html(missing: pd.DataFrame, say: Say, language: str) -> Markup:
    """The missing papers, each once: what it is, who has it, what to mind, for how many orders."""
    if missing.empty:
        return tag("p", say("No paper is missing."), class_="wb-quiet")
    rows = [
        (
            code,
            same.iloc[0][language],
            same.iloc[0][f"who_{language}"],
            getattr(PAPERS[str(code)], f"limits_{language}"),
            len(same),
        )
        for code, same in missing.groupby("code")
    ]
    heads = (say("Code"), say("Paper"), say("Who can supply it"), say("Mind"), say("Orders"))
    return table(heads, rows, caption=say("Missing papers and who has them"))


def proof_line(row: Mapping[Any, Any], codes: Sequence[str], say: Say, language: str) -> str:
    """An order's strength in one line of plain text."""
    told = f"{row['order_id']}: {strength_word(say, row['level'])}"
    sources = systems_text(row["systems"], language)
    return f"{told} ({sources}) · {' '.join(codes) or '–'}"


def request_title(one: Request, say: Say, language: str) -> str:
    """A request by whom it goes to and what it is about."""
    subject = one.subject_zh if language == "zh" else one.subject_en
    papers = " ".join(one.codes)
    return f"{one.to} · {subject} · {papers}" if one.to else f"{subject} · {papers}"


def _list(texts: Sequence[str]) -> object:
    return tag("ul", *(tag("li", text) for text in texts)) if texts else "–"
