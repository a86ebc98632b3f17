"""One order on the screen: what is known of it, what people did about it, as HTML and in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from workbench.element import tag
from workbench.language import MARKS, Say, assessment_word, decision_word, strength_word
from workbench.widgets.case_history import history_html
from workbench.widgets.case_state import CaseState
from workbench.widgets.conflict_text import conflict_html, decided_text
from workbench.widgets.group_text import sides
from workbench.widgets.markup import table
from workbench.widgets.proof_text import systems_text
from workbench.widgets.triage_facts import Heard, OrderFacts
from workbench.widgets.triage_fields import order_fields
from workbench.widgets.wording import result_words

__all__ = ["card_html", "order_sides", "stands_text"]


def card_html(
    facts: OrderFacts, state: CaseState, proof: Markup | None, zone: str, say: Say, language: str
) -> Markup:
    """All that a decision on one order needs, the most telling first. `proof` is shown as it is."""
    subjects = [facts.order_id, *_group_ids(facts)]
    heard = _heard_html(facts, say)
    return tag(
        "div",
        _head(facts, state, say),
        tag("p", stands_text(facts.order_id, state, zone, say)),
        conflict_html(state.decided.conflicts_of("order", facts.order_id), zone, say),
        order_fields(facts.lines, say, language),
        heard,
        proof,
        _sides_html(facts, say, language),
        history_html(state.history(subjects), zone, say),
        class_="wb-order",
    )


def proof_html(row: Mapping[Any, Any] | None, say: Say, language: str) -> Markup | None:
    """How strong the order's evidence is and what the rules of evidence still ask for."""
    if row is None:
        return None
    told = say(
        "Evidence: {level}; {files} files; independent sources: {sources}",
        level=strength_word(say, row["level"]),
        files=len(row["exhibits"]),
        sources=systems_text(row["systems"], language),
    )
    lacking = [tag("li", one[language]) for one in row["lacking"]]
    return tag(
        "div", tag("b", told), tag("ul", *lacking) if lacking else None, class_="wb-evidence-line"
    )


def stands_text(order_id: str, state: CaseState, zone: str, say: Say) -> str:
    """What stands for the order today."""
    stands = state.orders.get(order_id)
    return decided_text(stands, zone, say) if stands else decision_word(say, None)


def order_sides(facts: OrderFacts, say: Say, language: str) -> dict[str, list[str]]:
    """What speaks for the order (passed), against it (failed) and cannot be told, in words."""
    told: dict[str, list[str]] = {"passed": [], "failed": [], "not_available": []}
    if facts.group is not None:
        told = sides(facts.group, say, language)
    told["failed"] = [*(one[language] for one in facts.against), *told["failed"]]
    return told


def _group_ids(facts: OrderFacts) -> list[str]:
    return [str(facts.group["group_id"])] if facts.group is not None else []


def _head(facts: OrderFacts, state: CaseState, say: Say) -> Markup:
    assessment = str(facts.row.get("assessment") or "")
    known = assessment if assessment in MARKS and facts.group is not None else ""
    words = assessment_word(say, known or None)
    badges = [f"{MARKS[known]} {words}" if known else words]
    badges += [say("named by the platform")] if facts.named else []
    badges += state.tags(facts.order_id)
    shown = (tag("span", text, class_="wb-badge") for text in badges)
    where = ", ".join(say("group {group}", group=group) for group in _group_ids(facts))
    return tag("h3", facts.order_id, " ", *shown, tag("span", where, class_="wb-quiet"))


def _sides_html(facts: OrderFacts, say: Say, language: str) -> Markup:
    told = order_sides(facts, say, language)
    columns = []
    for result, heading in result_words(say).items():
        lines = [tag("li", text) for text in told[result]]
        content = tag("ul", *lines) if lines else tag("p", "–", class_="wb-quiet")
        columns.append(tag("div", tag("h4", heading), content, class_=f"wb-side wb-{result}"))
    return tag("div", *columns, class_="wb-sides")


def _heard_html(facts: OrderFacts, say: Say) -> Markup:
    """What was said about the order, the lines with words of note marked and told."""
    if not facts.heard:
        return tag("p", say("No chat, message or memo about it."), class_="wb-quiet")
    rows = (
        (
            _spoken_by(one, say),
            f"{one.at:%Y-%m-%d %H:%M:%S}" if one.at is not None else "",
            tag("mark", one.text) if _of_note(one) else one.text,
            _note(one, say),
        )
        for one in facts.heard
    )
    heads = (say("Who"), say("When"), say("What was said"), say("Words of note"))
    count = sum(map(_of_note, facts.heard))
    caption = say(
        "Chats and memos: {lines} lines, {count} with words of note",
        lines=len(facts.heard),
        count=count,
    )
    return table(heads, rows, caption=caption, row_heads=False)


def _of_note(one: Heard) -> bool:
    return bool(one.said.affirmed or one.said.refused)


def _spoken_by(one: Heard, say: Say) -> str:
    names: dict[tuple[str, str], str] = {
        ("buyer", "chat"): say("buyer"),
        ("seller", "chat"): say("shop"),
        ("buyer", "note"): say("buyer's message"),
        ("seller", "note"): say("shop's memo"),
    }
    return names.get((one.speaker, one.place), one.speaker)


def _note(one: Heard, say: Say) -> str:
    classes: dict[str, str] = {
        "A": say("arranged orders"),
        "B": say("reward for a review"),
        "C": say("talk moved off the platform"),
        "D": say("scripted steps"),
        "E": say("trade in accounts"),
        "F": say("made-up delivery"),
        "G": say("genuine need (for the shop)"),
    }
    told: list[Any] = list(dict.fromkeys(classes[entry.kind] for entry in one.said.affirmed))
    return ", ".join([*told, *([say("refused")] if one.said.refused else [])])
