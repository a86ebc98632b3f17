"""All that is known of the orders of a queue, read once so that the next one shows at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pandas as pd

from workbench.case import Case
from workbench.detect.phrases import Said, normal_text, said_in
from workbench.detect.talk import chats
from workbench.explain import Assessment
from workbench.proof import group_orders_of, order_strength
from workbench.tables import Tables
from workbench.widgets.case_state import CaseState
from workbench.widgets.group_orders import group_orders

__all__ = ["Heard", "OrderFacts", "QueueFacts"]

# Events that change what speaks for an order.
_SPEAKING = frozenset(
    {
        *("evidence_added", "evidence_linked", "evidence_withdrawn", "evidence_superseded"),
        *("statement", "purge"),
    }
)
_NOTES = (("buyer_message", "buyer"), ("seller_memo", "seller"))


@dataclass(frozen=True)
class Heard:
    """A line of a chat, or a message or memo on the order, and the words of note in it."""

    speaker: str
    place: str
    at: pd.Timestamp | None
    text: str
    said: Said


@dataclass(frozen=True)
class OrderFacts:
    """An order: its lines, its row of the assessment, its group's row, and what was said."""

    order_id: str
    lines: pd.DataFrame
    row: Mapping[Any, Any]
    group: Mapping[Any, Any] | None
    heard: tuple[Heard, ...]

    @property
    def against(self) -> list[Mapping[str, str]]:
        """Why the order stands out: {zh, en} each."""
        found: list[Mapping[str, str]] = json.loads(self.row.get("reasons") or "[]")
        return found

    @property
    def named(self) -> bool:
        """Whether a notice of the platform names it."""
        return bool("named" in self.lines and self.lines["named"].any())


class QueueFacts:
    """Facts about the orders of a queue; one query for the lines and one for the chats."""

    def __init__(
        self, case: Case, assessment: Assessment, tables: Tables, order_ids: Sequence[str]
    ) -> None:
        lines = group_orders(tables, order_ids, case.tables_dir)
        self._lines = dict(tuple(lines.groupby("order_id", sort=False)))
        self._none = lines.head(0)
        self._chats = _chats(tables, order_ids)
        wanted = assessment.orders[assessment.orders["order_id"].isin(list(order_ids))]
        self._rows = {row["order_id"]: row for row in wanted.to_dict("records")}
        self._groups = {row["group_id"]: row for row in assessment.groups.to_dict("records")}
        self._case, self._order_ids = case, order_ids
        self._members = group_orders_of(assessment)
        self._weighed: tuple[tuple[str, ...], dict[str, Any]] = (("",), {})

    def of(self, order_id: str) -> OrderFacts:
        """What is known of one order; a notice may name one that was never loaded."""
        lines = self._lines.get(order_id, self._none)
        row = self._rows.get(order_id, {})
        heard = (*_notes(lines), *self._chats.get(order_id, []))
        group = self._groups.get(row.get("group_id"))
        empty = [name for name in lines if len(lines) and lines[name].isna().all()]
        return OrderFacts(order_id, lines.drop(columns=empty), row, group, heard)

    def strength(self, order_id: str, state: CaseState) -> Mapping[Any, Any] | None:
        """The order's row of `order_strength`; weighed anew only when what speaks has changed."""
        spoken = tuple(one.hash for one in state.standing if one.kind in _SPEAKING)
        if self._weighed[0] != spoken:
            frame = order_strength(self._case, self._order_ids, self._members)
            self._weighed = spoken, {row["order_id"]: row for row in frame.to_dict("records")}
        return self._weighed[1].get(order_id)


def _chats(tables: Tables, order_ids: Sequence[str]) -> dict[str, list[Heard]]:
    if "messages" not in tables:
        return {}
    wanted = ibis.memtable(
        pd.DataFrame({"order_id": pd.Series(list(order_ids), dtype="str")}),
        schema={"order_id": "string"},
    )
    frame = chats(tables).semi_join(wanted, "order_id").distinct().to_pandas()
    found: dict[str, list[Heard]] = {}
    for row in frame.sort_values(["sent_at", "talk"], kind="stable").to_dict("records"):
        said = said_in(normal_text(row["text"]), row["speaker"], "chat")
        at = None if pd.isna(row["sent_at"]) else row["sent_at"]
        heard = Heard(row["speaker"], "chat", at, row["text"], said)
        found.setdefault(row["order_id"], []).append(heard)
    return found


def _notes(lines: pd.DataFrame) -> list[Heard]:
    """What the buyer wrote on the order and what the shop noted on it, once each."""
    found: dict[tuple[str, str], Heard] = {}
    for column, speaker in _NOTES:
        for text in lines[column].dropna() if column in lines else ():
            if text.strip() and (speaker, text) not in found:
                said = said_in(normal_text(text), speaker, "note")
                found[speaker, text] = Heard(speaker, "note", None, text, said)
    return list(found.values())
