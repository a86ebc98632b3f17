"""The orders one by one: the data that the page's script lists, filters and hands out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbench.dashboard.bilingual import both
from workbench.dashboard.data_block import data_block
from workbench.dashboard.figures import amount, clock
from workbench.dashboard.labels import status_word
from workbench.dashboard.part import Part
from workbench.element import tag
from workbench.language import LANGUAGES, Say, assessment_word, decision_word, words
from workbench.snapshot import Snapshot

__all__ = ["COLUMNS", "order_rows", "orders"]

COLUMNS = (
    "order_id",
    "created_at",
    "product_title",
    "quantity",
    "paid_amount",
    "refund_amount",
    "status",
    "buyer",
    "place",
    "group_id",
    "assessment",
    "named",
    "decision",
)


def order_rows(snapshot: Snapshot) -> list[list[Any]]:
    """One row of text per order, with the COLUMNS; missing values are "".

    `status`, `assessment` and `decision` stay codes and `named` a truth value: the page words
    them in the reader's language. Amounts have two decimals, times go to the minute.
    """
    return [
        ["" if order[name] is None else _FORMS.get(name, str)(order[name]) for name in COLUMNS]
        for order in snapshot["orders"]
    ]


_FORMS: dict[str, Callable[[Any], Any]] = {
    "created_at": clock,
    "paid_amount": amount,
    "refund_amount": amount,
    "quantity": lambda value: f"{value:g}",
    "named": bool,
}


def orders(snapshot: Snapshot) -> Part:
    """The section "orders": every order in a group or named by the platform."""
    say = both(snapshot["case"]["language"])
    lead = (
        say("All orders that are in a group or that the platform names. Buyers are masked.")
        if snapshot["orders"]
        else say("No order is in a group, and the platform names none.")
    )
    data = {
        "columns": COLUMNS,
        "rows": order_rows(snapshot),
        "words": {language: _words(snapshot, language) for language in LANGUAGES},
    }
    html = tag(
        "section",
        tag("h2", say("Orders")),
        tag("p", lead, class_="lead"),
        tag("div", class_="all-orders") if snapshot["orders"] else None,
        data_block("orders-data", data),
        id="orders",
    )
    return Part("orders", html)


def _words(snapshot: Snapshot, language: str) -> dict[str, Any]:
    say = words("dashboard", language)
    currency = snapshot["case"]["currency"]
    return {
        "columns": _headings(say, currency),
        "status": {name: status_word(say, name) for name in _STATUSES},
        "assessment": {name: assessment_word(say, name) for name in ("", *_ASSESSMENTS)},
        "decision": {name: decision_word(say, name) for name in ("", *_DECISIONS)},
        "named": {"true": say("yes"), "false": ""},
        "show": say("Show"),
        "find": say("Find in the table"),
        "views": _views(say, snapshot),
        "shown": say("{shown} of {all} orders"),
        "more": say("Show more"),
        "nothing": say("No order matches."),
        "download": say("Download this table (CSV)"),
        "file": say("orders of {shop}", shop=snapshot["case"]["shop"] or say("shop")),
        "orders": say("Orders"),
        "orders_of_group": say("Orders of this group"),
    }


_STATUSES = ("pending", "paid", "shipped", "completed", "closed")
_ASSESSMENTS = ("evidence", "needs_documents", "none")
_DECISIONS = ("defend", "concede", "hold")


def _headings(say: Say, currency: str) -> list[str]:
    paid = say("Paid ({currency})", currency=currency) if currency else say("Paid amount")
    back = say("Refunded ({currency})", currency=currency) if currency else say("Refunded amount")
    return [
        say("Order"),
        say("Time"),
        say("Product"),
        say("Quantity"),
        paid,
        back,
        say("Status"),
        say("Buyer (masked)"),
        say("Place"),
        say("Group"),
        say("Assessment"),
        say("Named by the platform"),
        say("Decision"),
    ]


def _views(say: Say, snapshot: Snapshot) -> list[list[str]]:
    """What the table can be narrowed to: [code, wording], without views that would be empty."""
    orders = snapshot["orders"]
    there = {str(order["assessment"]) for order in orders if order["group_id"]}
    views = [["all", say("All")]]
    if "evidence" in there:
        views.append(["evidence", assessment_word(say, "evidence")])
    if "needs_documents" in there:
        views.append(["needs_documents", assessment_word(say, "needs_documents")])
    if "none" in there:
        views.append(["none", assessment_word(say, "none")])
    if any(order["named"] for order in orders):
        views.append(["named", say("Named by the platform")])
    return views
