"""The table of the letter that goes order by order: for, against, evidence, decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.appeal.letter_groups import at_issue, linked_exhibits
from workbench.appeal.matter import Matter
from workbench.appeal.render.links import link
from workbench.appeal.sentences import LetterFigures
from workbench.language import Say, decision_word, explanation_word, strength_word, words
from workbench.rows import each

__all__ = ["MAX_ORDERS", "order_rows", "orders_cut", "undecided"]

# A longer table helps no reader: the workbook beside the letter holds every order.
MAX_ORDERS = 300

Row = dict[str, Any]


def order_rows(matter: Matter, figures: LetterFigures, language: str) -> list[Row]:
    """One row per decided order: the defended first, then those on hold, then the conceded.

    Keys: id, group (a link, or ""), against, speaks_for, exhibits, strength, decision.
    """
    say = words("appeal", language)
    tests = {row.group_id: row.explanation_tests for row in each(matter.groups)}
    told = at_issue(matter)
    groups = dict(zip(told[f"sentence_{language}"], told["group_id"], strict=True))
    shown = set(told["group_id"])
    rank = {decision: n for n, decision in enumerate(("defend", "hold", "concede"))}
    decided = matter.contested[matter.contested["decision"].ne("")]
    ranked = decided.sort_values("decision", key=lambda column: column.map(rank), kind="stable")
    return [
        {
            "id": row.order_id,
            "group": link(row.group_id, row.group_id) if row.group_id in shown else "",
            "against": _against(row, groups, figures, language, say),
            "speaks_for": _speaks_for(tests.get(row.group_id, []), say),
            "exhibits": linked_exhibits(row.exhibits, say),
            "strength": strength_word(say, row.strength),
            "decision": decision_word(say, row.decision),
        }
        for row in each(ranked.head(MAX_ORDERS))
    ]


def orders_cut(matter: Matter, figures: LetterFigures, say: Say) -> str:
    """How many decided orders only the workbook lists; "" when none."""
    cut = int(matter.contested["decision"].ne("").sum()) - MAX_ORDERS
    if cut <= 0:
        return ""
    count = figures.of("cut", cut)
    return say("{count} more orders stand in the workbook, sheet Orders.", count=count)


def undecided(matter: Matter, figures: LetterFigures, say: Say) -> str:
    """Which orders nobody decided on; "" when there is none."""
    ids = matter.contested.loc[matter.contested["decision"].eq(""), "order_id"].tolist()
    if not ids:
        return ""
    more = " …" if len(ids) > MAX_ORDERS else ""
    return say(
        "Not yet decided ({count} orders): {orders}",
        count=figures.of("open", len(ids)),
        orders=", ".join(ids[:MAX_ORDERS]) + more,
    )


def _against(
    row: Any, groups: Mapping[str, str], figures: LetterFigures, language: str, say: Say
) -> str:
    """What the screening says of an order; what it says of a whole group stands on its page."""
    if not row.in_data:
        return say("The loaded data do not hold this order.")
    texts = [reason[language] for reason in row.reasons]
    found = [link(groups[text], groups[text]) for text in texts if text in groups]
    told = [figures.sentence(text) for text in texts if text not in groups]
    if found:
        told.insert(0, say("Found in group {group}, see part 3.", group=say(", ").join(found)))
    return "\n".join(told) or say("The screening found nothing against it.")


def _speaks_for(tests: list[dict[str, str]], say: Say) -> str:
    """The innocent explanations of its group that fit, by name."""
    names = [explanation_word(say, t["test"]) or t["test"] for t in tests if _fits(t)]
    return say("Fits: {explanations}", explanations=say(", ").join(names)) if names else "–"


def _fits(test: Mapping[str, str]) -> bool:
    return test["result"] == "passed"
