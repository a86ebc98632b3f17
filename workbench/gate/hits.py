"""Check 8: what chats and notes say that may incriminate has been read by a person."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Any

import ibis
import pandas as pd

from workbench.detect.phrases import normal_text, said_in
from workbench.detect.talk import spoken
from workbench.gate.story import stories_in
from workbench.gate.verdict import FAILED, NEEDS_ANSWER, PASSED, Known, Question, Tell, Verdict
from workbench.language import Say
from workbench.tables import Tables

__all__ = ["hits", "hits_read"]

# Of 5: heavier than a hint of the lexicon, lighter than what is hardly said for another reason.
_OWN_WORDS = 3
_COLUMNS = ["key", "speaker", "place", "text", "entries", "weight", "orders"]


def hits(tables: Tables, order_ids: Collection[str]) -> pd.DataFrame | None:
    """Texts beside these orders in which the lexicon finds talk of arranged orders or reviews.

    One row per different text: key (names it in the case), speaker, place (chat | note), text,
    entries (names in the lexicon and in stories.toml), weight of the heaviest, orders (ids); the
    heaviest first.
    None where the data hold no chats and no notes.
    """
    said = spoken(tables)
    if said is None:
        return None
    wanted = ibis.memtable({"order_id": sorted(order_ids)}, schema={"order_id": "string"})
    own = said.semi_join(wanted, "order_id")
    rows = own.select("order_id", "speaker", "place", "text").distinct().to_pandas()
    found: dict[str, dict[str, Any]] = {}
    for (speaker, place, text), same in rows.groupby(["speaker", "place", "text"], sort=True):
        plain = normal_text(str(text))
        heard = _heard(str(text), plain, speaker, place)
        if not heard:
            continue
        key = hashlib.sha256(f"{speaker}\0{place}\0{plain}".encode()).hexdigest()[:12]
        hit = found.setdefault(
            key,
            {
                "key": key,
                "speaker": speaker,
                "place": place,
                "text": text,
                "entries": tuple(heard),
                "weight": max(heard.values()),
                "orders": set(),
            },
        )
        hit["orders"] |= set(same["order_id"])
    listed = [{**hit, "orders": tuple(sorted(hit["orders"]))} for hit in found.values()]
    frame = pd.DataFrame(listed, columns=_COLUMNS)
    return frame.sort_values(["weight", "key"], ascending=[False, True], ignore_index=True)


def _heard(text: str, plain: str, speaker: str, place: str) -> dict[str, int]:
    """Names of what a text says, and how heavy each is.

    A person reads each, so that what the shop's side says is read more closely here than by the
    detectors: a promise of money back is a hit without any word of a review.
    """
    entries = said_in(plain, speaker, place).affirmed
    heard = {one.name: one.weight for one in entries if one.kind != "G"}
    if speaker == "seller":
        heard |= {one.name: heard.get(one.name, _OWN_WORDS) for one in stories_in(text)}
    return heard


def hits_read(found: pd.DataFrame | None, defended: Sequence[str], known: Known) -> Verdict:
    """Whether a person read every hit, and found none that is true of a defended order.

    `found` are the rows of `hits`.
    """
    if found is None:
        question = Question("gate.8", _by_hand)
        told: Tell = lambda say: say("The data hold no chats and no notes.")  # noqa: E731
        return Verdict(known.state(question), [told], questions=[question])
    questions = [_read(row) for row in found.to_dict("records")]
    mine = set(defended)
    refused = [q for q in questions if known.state(q) == FAILED and mine & set(q.orders)]
    open_ = [q for q in questions if known.state(q) == NEEDS_ANSWER]
    sentences: list[Tell] = [
        lambda say: say(
            "Different texts that may incriminate: {count}, of which a person has read {done}.",
            count=len(questions),
            done=len(questions) - len(open_),
        )
    ]
    if refused:
        sentences.append(
            lambda say: say(
                "Texts that a person found to be true, of orders that are defended: {count}.",
                count=len(refused),
            )
        )
    orders = sorted({one for q in [*refused, *open_] for one in q.orders})
    # A hit that nobody has read holds the appeal back just as one that is true.
    state = FAILED if refused or open_ else PASSED
    return Verdict(state, sentences, orders, questions)


def _by_hand(say: Say) -> str:
    return say(
        "No chats and no notes are loaded. Did a person look through those of these orders, "
        "and is nothing in them that promises money, a gift or an arranged order?"
    )


def _read(row: dict[Any, Any]) -> Question:
    def ask(say: Say) -> str:
        places = {
            ("buyer", "chat"): say("The buyer wrote in a chat"),
            ("seller", "chat"): say("The shop wrote in a chat"),
            ("buyer", "note"): say("The buyer wrote on the order"),
            ("seller", "note"): say("The shop noted on the order"),
        }
        return say(
            "{where} (orders: {count}). Read it in its context: is it harmless, and why?",
            where=places[row["speaker"], row["place"]],
            count=len(row["orders"]),
        )

    return Question(f"gate.8.{row['key']}", ask, quote=str(row["text"]), orders=row["orders"])
