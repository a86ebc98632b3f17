"""The same lines from several buyers in their chats (red flags C7): see workbench.detect.copies."""

from __future__ import annotations

import pandas as pd

from workbench.detect.constants import LINE_LENGTH, TEXT_CAP, TEXTS_CAP
from workbench.detect.copies import as_texts, copied, copies
from workbench.detect.finding import Detector, no_findings
from workbench.detect.opening import on_trade
from workbench.detect.talk import chats
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "copied_chats"


def find(tables: Tables) -> pd.DataFrame:
    """Runs of orders whose buyers said the same; see docs/detectors.md."""
    trade = tables["trade"]
    lines = chats(tables)
    lines = lines.filter(lines.speaker == "buyer", lines.text.length() >= LINE_LENGTH)
    lines = lines.select(
        "order_id",
        text=lines.text.substr(0, TEXT_CAP),
        second=lines.sent_at.epoch_seconds().cast("int64"),
    )
    orders = trade.filter((trade.line == 0) & trade.buyer.notnull())
    rows = lines.join(orders.select("order_id", "item", "buyer"), "order_id")
    total = int(rows.count().to_pandas())
    read = rows.order_by(["second", "order_id", "text"]).limit(TEXTS_CAP).to_pandas()
    if read.empty:
        return no_findings(reviewed=0, reason="nothing_said")
    told = copies(as_texts(read, LINE_LENGTH).assign(kind="words"))
    return copied(
        NAME, tables, told, statistic="orders with the same words", texts=total, read=len(read)
    )


DETECTOR = Detector(
    name=NAME,
    family="proof",
    needs=("orders.order_id", "orders.created_at", "messages.text"),
    find=on_trade(find),
)
