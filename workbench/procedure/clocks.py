"""Until when others have to keep their records of the orders at issue."""

from __future__ import annotations

from datetime import datetime

import ibis
import pandas as pd

from workbench.case import Case
from workbench.language import LANGUAGES, words
from workbench.procedure.ladder_clocks import years_after
from workbench.procedure.law import provision
from workbench.procedure.outcome import day_text
from workbench.tables import Tables

__all__ = ["RECORD_YEARS", "record_clocks"]

RECORD_YEARS = 3  # E-Commerce Law, article 31
_COLUMNS = ["record", "until", "zh", "en", "source", "confidence", "hook_zh", "hook_en"]


def record_clocks(
    case: Case, tables: Tables, order_ids: tuple[str, ...] = (), now: datetime | None = None
) -> pd.DataFrame:
    """Whose records of these orders (all orders, where none is named) may go, and when.

    Columns: record (platform | carrier), until (first day on which the oldest record may be
    gone, or missing where nobody knows), zh and en, source (id of the provision), confidence,
    hook_zh and hook_en. The platform keeps them three years from the completion of the trade;
    an order that was never completed counts from the day it was placed, which is the earliest
    that the law can mean.
    """
    now = now or case.now()
    began = _oldest(tables, order_ids)
    until = None if began is None else years_after(began.date(), RECORD_YEARS)
    rows = []
    for record, law in (("platform", provision("EC.31")), ("carrier", provision("EXPRESS.34"))):
        told = {}
        for language in LANGUAGES:
            say = words("procedure", language)
            if record == "carrier":
                told[language] = say(
                    "How long the carrier keeps scans and weights is not known: ask for them now."
                )
            elif until is None or began is None:
                told[language] = say(
                    "The platform keeps the records for three years from the completion of each "
                    "trade."
                )
            elif now.date() >= until:
                told[language] = say(
                    "The platform's three years for the oldest of these orders ({began}) ended on "
                    "{until}.",
                    began=day_text(began),
                    until=day_text(until),
                )
            else:
                told[language] = say(
                    "The platform has to keep the record of the oldest of these orders ({began}) "
                    "until {until} at least: {days} days more.",
                    began=day_text(began),
                    until=day_text(until),
                    days=(until - now.date()).days,
                )
        rows.append(
            {
                "record": record,
                "until": pd.NaT if record == "carrier" or until is None else pd.Timestamp(until),
                "zh": told["zh"],
                "en": told["en"],
                "source": law.id,
                "confidence": law.confidence if record == "platform" else "G",
                "hook_zh": law.zh,
                "hook_en": law.en,
            }
        )
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame.assign(until=pd.to_datetime(frame["until"]))


def _oldest(tables: Tables, order_ids: tuple[str, ...]) -> datetime | None:
    """When the first of the orders was completed, or placed where that is not known."""
    orders = tables.get("orders")
    if orders is None:
        return None
    if order_ids:
        wanted = ibis.memtable(pd.DataFrame({"order_id": list(order_ids)}))
        orders = orders.semi_join(wanted, "order_id")
    done = orders.completed_at if "completed_at" in orders.columns else ibis.null("timestamp")
    at = orders.select(at=ibis.coalesce(done, orders.created_at)).at.min().execute()
    return None if pd.isna(at) else pd.Timestamp(at).to_pydatetime()
