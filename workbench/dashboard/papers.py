"""The papers still to be got, by who can supply them."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from workbench.dashboard.bilingual import BothSay, both, spans
from workbench.dashboard.figures import count
from workbench.dashboard.part import Part
from workbench.element import tag
from workbench.snapshot import Snapshot

__all__ = ["missing_papers", "papers_by_supplier"]


def papers_by_supplier(snapshot: Snapshot) -> list[list[dict[str, Any]]]:
    """The papers that groups which stand out wait for, those of one supplier together.

    `groups` and `orders` of a paper count these groups only: one that raises no concern needs no
    paper. The supplier whose papers help most orders comes first, and so does the paper within.
    """
    sizes = {g["group_id"]: g["size"] for g in snapshot["groups"] if g["assessment"] != "none"}
    suppliers: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for paper in snapshot["missing"]:
        waiting = [group_id for group_id in paper["groups"] if group_id in sizes]
        if waiting:
            counted = {"groups": waiting, "orders": sum(sizes[group_id] for group_id in waiting)}
            papers = suppliers.setdefault((paper["who_zh"], paper["who_en"]), [])
            papers.append({**paper, **counted})
    for papers in suppliers.values():
        papers.sort(key=lambda paper: -paper["orders"])
    return sorted(suppliers.values(), key=lambda papers: -papers[0]["orders"])


def missing_papers(snapshot: Snapshot) -> Part:
    """The section "papers": a row per paper, the supplier named once."""
    first = snapshot["case"]["language"]
    say = both(first)
    suppliers = papers_by_supplier(snapshot)
    content: Markup
    if suppliers:
        lead = say("Real papers only. Begin at the top: these help most orders.")
        content = tag("p", lead, class_="lead") + _table(say, suppliers, first)
    else:
        content = tag("p", say("No paper is missing."), class_="lead")
    return Part(
        "missing papers", tag("section", tag("h2", say("Papers to get")), content, id="papers")
    )


def _table(say: BothSay, suppliers: list[list[dict[str, Any]]], first: str) -> Markup:
    head = (say("Who can supply it"), say("Paper"), say("Helps"))
    bodies = (_supplier(say, papers, first) for papers in suppliers)
    table = tag(
        "table",
        tag("thead", tag("tr", *(tag("th", text, scope="col") for text in head))),
        *bodies,
        class_="papers",
    )
    return tag("div", table, class_="scroll", tabindex="0")


def _supplier(say: BothSay, papers: list[dict[str, Any]], first: str) -> Markup:
    who = spans(papers[0]["who_zh"], papers[0]["who_en"], first)
    rows = []
    for number, paper in enumerate(papers):
        name = tag("th", who, scope="rowgroup", rowspan=len(papers)) if number == 0 else None
        helps = say(
            "orders: {orders}, groups: {groups}",
            orders=count(paper["orders"]),
            groups=count(len(paper["groups"])),
        )
        links = (
            tag("a", group_id, href=f"#{group_id}", class_="id") for group_id in paper["groups"]
        )
        rows.append(
            tag(
                "tr",
                name,
                tag("td", spans(paper["zh"], paper["en"], first)),
                tag("td", helps, tag("span", *links, class_="links")),
            )
        )
    return tag("tbody", *rows)
