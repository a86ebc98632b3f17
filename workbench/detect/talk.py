"""What was said about orders, and which of them the words call arranged.

Chats stand beside the orders they name, else beside the buyer's orders of the days around them;
what the buyer wrote on an order and what the shop noted on it stand beside that order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import ibis
import pandas as pd
from ibis.expr.types import StringValue, Table

from workbench.detect.constants import (
    TALK_DAYS,
    TALK_WEIGHT,
    TEMPLATE_SHARE,
    TEXT_CAP,
    TEXTS_CAP,
)
from workbench.detect.phrases import CLASSES, Entry, Said, normal_text, said_in
from workbench.detect.shop import DAY
from workbench.engine import Keep
from workbench.tables import Tables

__all__ = ["Talk", "chats", "spoken", "talk", "weight_of"]

_SPEAKERS = ("buyer", "seller")
_COLUMNS = ["order_id", "talk", "speaker", "place", "text", "sent_at"]


@dataclass(frozen=True)
class Talk:
    """Orders that were talked about.

    `orders` (in the engine): order_id. `marked`: one row per order whose words weigh TALK_WEIGHT
    or more: order_id, weight, entries (names), classes, by_seller. `genuine`: order ids with
    words of genuine need. `review`: what the run says: texts, skipped, templates, single_hits.
    """

    orders: Table
    marked: pd.DataFrame
    genuine: frozenset[str]
    review: dict[str, object]


def weight_of(entries: Iterable[Entry]) -> float:
    """The three heaviest different entries together; talk of another place only beside others."""
    different = {one.name: one for one in entries if one.kind != "G"}.values()
    if all(one.kind == "C" and one.name != "hush" for one in different):
        return 0.0
    return float(sum(sorted((one.weight for one in different), reverse=True)[:3]))


def spoken(tables: Tables) -> Table | None:
    """order_id, talk (conversation, or the order), speaker, place (chat, note), text; or None."""
    parts = []
    if "messages" in tables:
        parts.append(chats(tables).drop("sent_at"))
    orders = tables["orders"]
    for column, speaker in (("buyer_message", "buyer"), ("seller_memo", "seller")):
        if column in orders.columns:
            parts.append(
                orders.select(
                    "order_id",
                    talk=orders.order_id,
                    speaker=ibis.literal(speaker),
                    place=ibis.literal("note"),
                    text=orders[column],
                )
            )
    if not parts:
        return None
    both = ibis.union(*parts) if len(parts) > 1 else parts[0]
    return both.filter(both.text.strip().length() > 0, both.order_id.notnull()).distinct()


def talk(tables: Tables, keep: Keep) -> Talk | None:
    """Read what was said; None where nothing was."""
    said = spoken(tables)
    if said is None:
        return None
    said = keep(said)
    texts = said.group_by(["speaker", "place", "text"]).aggregate(talks=said.talk.nunique())
    ordered = texts.order_by([texts.talks.desc(), "text", "speaker", "place"])
    read = ordered.limit(TEXTS_CAP).to_pandas()
    if read.empty:
        return None
    totals = said.aggregate(talks=said.talk.nunique()).to_pandas()
    different = int(texts.count().to_pandas())
    long = int((read.text.str.len() > TEXT_CAP).sum())
    review: dict[str, object] = {"texts": different, "skipped": different - len(read) + long}
    told = _told(read, int(totals.talks.iloc[0]), review)
    orders = said.select("order_id").distinct()
    if told.empty:
        return Talk(orders, _marked(pd.DataFrame()), frozenset(), review | {"single_hits": 0})
    kinds = {"speaker": "string", "place": "string", "text": "string", "n": "int64"}
    wanted = ibis.memtable(told.drop(columns="said").astype({"text": "object"}), schema=kinds)
    keys = ["speaker", "place", "text"]
    rows = said.join(wanted, keys).select("order_id", "talk", "speaker", "n").to_pandas()
    rows = rows.assign(said=rows.n.map(told.set_index("n").said)).sort_values(
        ["talk", "order_id", "n"]
    )
    genuine = rows[[any(e.kind == "G" for e in one.affirmed) for one in rows.said]].order_id
    marked = _marked(rows)
    return Talk(orders, marked, frozenset(genuine), review)


def _told(read: pd.DataFrame, talks: int, review: dict[str, object]) -> pd.DataFrame:
    """The texts in which something was found: speaker, place, text, n, said."""
    answers: dict[tuple[str, str, str], Said] = {}
    found, templates = [], 0
    columns = (read.speaker, read.place, read.text, read.talks)
    for n, (speaker, place, text, count) in enumerate(
        zip(*(column.tolist() for column in columns), strict=True)
    ):
        key = (normal_text(text), speaker, place)
        if key not in answers:
            answers[key] = said_in(*key)
        said = answers[key]
        if not said.affirmed and not said.refused:
            continue
        automatic = place == "chat" and speaker == "seller"
        if automatic and count > max(TEMPLATE_SHARE * talks, 1 / TEMPLATE_SHARE):
            templates += 1
            continue
        found.append((speaker, place, text, n, said))
    review["templates"] = templates
    return pd.DataFrame(found, columns=["speaker", "place", "text", "n", "said"])


def _marked(rows: pd.DataFrame) -> pd.DataFrame:
    """The orders whose words weigh enough, from rows of order_id, talk, speaker, said."""
    found: dict[str, dict[str, Entry]] = {}
    sellers: dict[str, bool] = {}
    # Thousands of conversations of a few lines each: plain lists are ten times as fast here.
    talks: dict[tuple[str, str], list[tuple[str, Said]]] = {}
    if len(rows):
        names = ("order_id", "talk", "speaker", "said")
        for order, name, who, one in zip(*(rows[c].tolist() for c in names), strict=True):
            talks.setdefault((order, name), []).append((who, one))
    for (order, _), own in talks.items():
        heard = _heard(own)
        if heard:
            found.setdefault(order, {}).update({one.name: one for one in heard.values()})
            sellers[order] = sellers.get(order, False) or any(key[1] == "seller" for key in heard)
    told = [
        {
            "order_id": order,
            "weight": weight_of(entries.values()),
            "entries": tuple(sorted(entries)),
            "classes": "".join(
                kind for kind in CLASSES if any(one.kind == kind for one in entries.values())
            ),
            "by_seller": sellers[order],
        }
        for order, entries in sorted(found.items())
    ]
    columns = ["order_id", "weight", "entries", "classes", "by_seller"]
    frame = pd.DataFrame(told, columns=columns)
    return frame[frame.weight >= TALK_WEIGHT].reset_index(drop=True)


def _heard(own: list[tuple[str, Said]]) -> dict[tuple[str, str], Entry]:
    """What one conversation affirms; what a buyer offers to a shop that refuses is no plan."""
    refused = any(one.refused for who, one in own if who == "seller")
    return {
        (entry.name, who): entry
        for who, one in own
        for entry in one.affirmed
        if entry.kind != "G" and not (refused and who == "buyer")
    }


def chats(tables: Tables) -> Table:
    """Lines by buyer or seller, beside the orders they are about.

    order_id, talk (conversation), speaker, place ("chat"), text, sent_at.
    """
    messages = tables["messages"]
    lines = messages.filter(messages.speaker.isin(_SPEAKERS), messages.text.notnull())
    named = (
        lines.order_id.strip().nullif("") if "order_id" in lines.columns else ibis.null("string")
    )
    buyer = _whole(lines, "buyer_id")
    own = _whole(lines, "conversation_id")
    lines = lines.select(
        "speaker",
        "text",
        "sent_at",
        named=named,
        buyer=buyer,
        talk=ibis.coalesce(own, buyer, named),
        place=ibis.literal("chat"),
    )
    parts = [lines.filter(lines.named.notnull()).mutate(order_id=lines.named).select(*_COLUMNS)]
    orders = tables["orders"]
    if "buyer_id" in orders.columns and "buyer_id" in messages.columns:
        bought = orders.select(
            "order_id", buyer=_whole(orders, "buyer_id"), at=orders.created_at
        ).distinct()
        loose = lines.filter(lines.named.isnull() & lines.buyer.notnull())
        both = loose.join(bought, "buyer")
        apart = (both.sent_at.epoch_seconds() - both["at"].epoch_seconds()).abs()
        near = both.filter(apart <= TALK_DAYS * DAY)
        parts.append(near.select(*_COLUMNS))
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _whole(table: Table, name: str) -> StringValue:
    if name not in table.columns:
        return ibis.null("string")
    return table[name].strip().nullif("")
