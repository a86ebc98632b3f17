"""A shop where every free text was written by somebody who means harm.

It is the sample shop, in whose texts the payloads stand, loaded and screened as any other; then
people wrote every payload wherever they can write.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.case import Case, append, attach, create_case, decide, set_tag
from workbench.commands.load import load
from workbench.commands.sample import AS_OF
from workbench.commands.screen import screen
from workbench.engine import connect
from workbench.errors import BadInput
from workbench.explain import read_assessment
from workbench.tables import TABLES, read_tables

from .hostile_files import hostile_files
from .payloads import PAYLOADS

__all__ = ["HostileCase", "make_hostile_case"]

# Table → the texts of it that strangers write.
TEXTS = {
    "orders": (
        *("product_title", "buyer_name", "address", "buyer_message", "seller_memo"),
        *("close_reason", "carrier", "sku", "seller_sku", "channel", "payment_method"),
    ),
    "messages": ("text",),
    "reviews": ("text",),
    "payments": ("memo", "counterparty"),
    "shipments": ("signer", "sender_city", "receiver_city"),
    "shipment_events": ("text", "place"),
    "purchases": ("supplier",),
    "campaigns": ("name", "source"),
    "notices": ("violation", "rule_clause", "measure"),
}


@dataclass
class HostileCase:
    """The case, and how often each place took a payload."""

    case: Case
    placed: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    titles: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def put(self, place: str, write: Callable[[str], object]) -> None:
        """Write every payload into a place; one that the place refuses is counted."""
        for payload in PAYLOADS:
            with self.taken(place):
                write(payload.text)

    @contextmanager
    def taken(self, place: str) -> Iterator[None]:
        try:
            yield
        except BadInput:
            self.refused[place] += 1
        else:
            self.placed[place] += 1


def make_hostile_case(sample: Case, folder: Path) -> HostileCase:
    """Make the case in `folder` from a screened sample case."""
    frames = _frames(sample)
    made = HostileCase(create_case(folder / "case", shop="小店", platform="taobao", as_of=AS_OF))
    files = []
    for name, frame in frames.items():
        for column in TEXTS.get(name, ()):
            if column in frame:
                frame[column] = _written(frame[column], column)
                made.placed[f"{name}.{column}"] += min(len(frame), len(PAYLOADS))
        files.append(folder / f"{name}.csv")
        frame.to_csv(files[-1], index=False, quoting=csv.QUOTE_ALL, encoding="utf-8")
    load(files, made.case.path)
    screen(made.case.path, shuffles=0)
    _people(made)
    return made


def _frames(sample: Case) -> dict[str, pd.DataFrame]:
    """The sample's tables, the orders that will be told of first."""
    tables = read_tables(connect(), sample.tables_dir)
    told = read_assessment(sample.results_dir).orders.dropna(subset=["group_id"])
    notices = tables["notices"].to_pandas().head(len(PAYLOADS))
    named = set(notices["order_id"])
    # A twentieth of the rest of the trade is enough to stand out from.
    kept = set(sorted(set(tables["orders"].order_id.to_pandas()))[::20])
    frames = {}
    for name, table in tables.items():
        known = [column.name for column in TABLES[name].columns if column.name in table.columns]
        frame = (notices if name == "notices" else table.to_pandas())[known]
        if "order_id" in frame:
            first = frame["order_id"].isin(named | set(told["order_id"]))
            frame = frame.assign(first=~first).sort_values(["first", "order_id"], kind="stable")
            rest = frame["first"] & ~frame["order_id"].isin(kept)
            frame = frame[~rest].drop(columns="first")
        frames[name] = frame.reset_index(drop=True)
    orders = frames["orders"]
    if "product_id" not in orders:
        # What an item is does not change by what it is called.
        orders["product_id"] = orders["product_title"]
    for column in TEXTS["orders"]:
        if column not in orders:
            orders[column] = ""
    return frames


def _written(values: pd.Series, column: str) -> pd.Series:
    """Every payload in turn.

    An address keeps what it was in front. It and a name have something behind the payload: else
    each payload were somebody's name, and masked wherever it stands.
    """
    texts = [PAYLOADS[at % len(PAYLOADS)].text for at in range(len(values))]
    if column == "address":
        old = values.fillna("").astype(str)
        texts = [f"{kept} {text[:60]} 88号" for kept, text in zip(old, texts, strict=True)]
    if column == "buyer_name":
        texts = [f"{text[:60]} 先生" for text in texts]
    return pd.Series(texts, values.index, dtype=object)


def _people(made: HostileCase) -> None:
    """What people wrote, every payload in every place."""
    case = made.case
    assessment = read_assessment(case.results_dir)
    tables = read_tables(connect(), case.tables_dir)
    named = sorted(set(tables["notices"].order_id.to_pandas()))
    group = str(assessment.groups["group_id"].iloc[0])
    orders = named[: len(PAYLOADS)]
    titles = tables["orders"].select("order_id", "product_title").to_pandas()
    made.titles = dict(zip(titles["order_id"], titles["product_title"], strict=True))
    for at, order_id in enumerate(orders):
        text = PAYLOADS[at].text
        with made.taken("decision.reason"):
            decide(
                case, subject="order", subject_id=order_id, decision="defend", reason=text, who="Li"
            )
            made.reasons[order_id] = text
    decide(
        case, subject="group", subject_id=group, decision="hold", reason=PAYLOADS[0].text, who="Li"
    )
    _evidence(made, orders, group)
    made.put(
        "tag.tag", lambda text: set_tag(case, text, who="Li", subject="order", subject_id=orders[0])
    )

    def event(
        kind: str, subject: str = "case", subject_id: str = "", **body: Any
    ) -> Callable[[str], object]:
        def write(text: str) -> object:
            told = {name: text if value is TEXT else value for name, value in body.items()}
            return append(
                case.database,
                who="Li",
                kind=kind,
                subject_kind=subject,
                subject_id=subject_id,
                body=told,
            )

        return write

    made.put("note.text", event("note", "order", orders[0], text=TEXT))
    at = (AS_OF - timedelta(days=1)).isoformat()
    consent = {"consent_at": at, "reward": False, "sha256": ""}
    for name in ("text", "consent_how", "asked"):
        body = {
            "text": "收到了",
            "consent_how": "聊天",
            "asked": "收到了什么？",
            **consent,
            name: TEXT,
        }
        made.put(f"statement.{name}", event("statement", "order", orders[0], **body))
    made.put("answer.text", event("answer", question="corrective_steps", answer="yes", text=TEXT))
    made.put(
        "reply.reason",
        event(
            "reply",
            attempt=1,
            result="rejected",
            reason=TEXT,
            replied_at=at,
            human_review="unknown",
        ),
    )
    made.put("request.text", event("request", request="E01", to=TEXT, sent_at=at, text=TEXT))
    made.put(
        "deduction.basis",
        event(
            "deduction", amount="1", currency="CNY", charged_at=at[:10], what="damages", basis=TEXT
        ),
    )
    made.put("selection.name", event("selection", name=TEXT, query={"column": "named", "is": True}))
    made.put("sign_off.text", event("sign_off", state="0" * 64, text=TEXT))
    made.put("retention.reason", event("retention", until="2027-01-01", reason=TEXT))

    def by(text: str) -> object:
        return append(case.database, who=text, kind="note", subject_kind="case", body={"text": "x"})

    made.put("who", by)


TEXT = object()


def _evidence(made: HostileCase, orders: list[str], group: str) -> None:
    case = made.case
    subjects = [("order", orders[0]), ("group", group), ("case", "")]
    for at, payload in enumerate(PAYLOADS):
        subject, subject_id = subjects[at % 3]
        for name in ("name", "note", "origin", "supplier"):
            made.placed[f"evidence.{name}"] += 1
        content = f"evidence {at}".encode()
        attach(
            case,
            content,
            payload.text,
            subject=subject,
            subject_id=subject_id,
            code=f"E{at % 14 + 1:02}",
            note=payload.text,
            origin=payload.text,
            supplier=payload.text,
            who="Li",
        )
        made.files[payload.id] = content
    for name, content in hostile_files().items():
        attach(case, content, name, subject="case", code="E12", who="Li")
        made.files[name] = content
        made.placed["evidence file"] += 1
