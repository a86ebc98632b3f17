"""Check 17: no explanation that is offered is itself a violation (R12, R17)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.case import Case, standing_events
from workbench.gate.story import Story, stories_in
from workbench.gate.verdict import FAILED, NEEDS_ANSWER, PASSED, Known, Question, Tell, Verdict
from workbench.language import Say

__all__ = ["Offered", "offered", "stories_told"]

# Answers to these are what a person tells the platform; others (F01 …) are about its decision.
_ANSWERS = ("gate.5", "gate.6", "gate.7", "gate.10", "gate.3")


@dataclass(frozen=True)
class Offered:
    """A text of a person in which a story stands.

    `event` is the start of the hash of its event, `where` decision, note, answer or evidence.
    """

    story: Story
    event: str
    where: str
    subject: str
    subject_id: str
    who: str
    text: str
    orders: tuple[str, ...] = ()


def offered(case: Case, proven: Collection[str] = ()) -> list[Offered]:
    """Every story in the reasons of what is defended, in notes, and in answers that explain.

    A reason to concede or to hold may well say what went wrong: it is not read. `proven` are the
    kinds of evidence that the case holds.
    """
    found = []
    latest: dict[tuple[str, str], Any] = {}
    for event in standing_events(case, "decision", "note", "answer"):
        key = (event.kind, event.subject_kind, event.subject_id, event.body.get("question", ""))
        latest[key if event.kind != "note" else (*key, event.seq)] = event  # type: ignore[index]
    for event in latest.values():
        text = _text(event)
        found += [
            Offered(
                story,
                event.hash[:12],
                event.kind,
                event.subject_kind,
                event.subject_id,
                event.who,
                text,
                tuple(event.body.get("order_ids", ()))
                or ((event.subject_id,) if event.subject_kind == "order" else ()),
            )
            for story in stories_in(text, proven)
        ]
    return found


def _text(event: Any) -> str:
    if event.kind == "decision":
        return str(event.body["reason"]) if event.body["decision"] == "defend" else ""
    if event.kind == "answer":
        said = event.body["answer"] != "no" and event.body["question"].startswith(_ANSWERS)
        return str(event.body["text"]) if said else ""
    return str(event.body["text"])


def stories_told(found: Sequence[Offered], platform: str, known: Known) -> Verdict:
    """Whether each story was read by a person who says that the words mean something else.

    `found` as `offered` gives them. What harms on another platform only is told, and asked of
    nobody.
    """
    violations = [one for one in found if one.story.level_on(platform) == "violation"]
    cautions = [one for one in found if one.story.level_on(platform) != "violation"]
    questions = [_read(one) for one in violations]
    refused = known.count(questions, FAILED)
    open_ = known.count(questions, NEEDS_ANSWER)
    told: list[Tell | Mapping[str, str]] = [
        lambda say: say(
            "Explanations that are themselves a violation: {count}, of which a person found "
            "{cleared} to mean something else.",
            count=len(questions),
            cleared=len(questions) - refused - open_,
        )
    ]
    told += [story.told("violation") for story in _different(violations)]
    told += [story.told("caution") for story in _different(cautions)]
    orders = sorted(
        {o for one, q in zip(violations, questions, strict=True) if known.state(q) != PASSED
         for o in one.orders}
    )  # fmt: skip
    return Verdict(FAILED if refused or open_ else PASSED, told, orders, questions)


def _different(found: Sequence[Offered]) -> list[Story]:
    return list(dict.fromkeys(one.story for one in found))


def _read(one: Offered) -> Question:
    def ask(say: Say) -> str:
        places = {
            "decision": say("the reason of a decision"),
            "note": say("a note"),
            "answer": say("an answer"),
        }
        return say(
            "In {where} of {who} stands what {code} is about. Does it mean something else, "
            "and what?",
            where=places[one.where],
            who=one.who,
            code=one.story.code,
        )

    code = f"gate.17.{one.story.name}.{one.event}"
    return Question(code, ask, quote=one.text, orders=one.orders)
