"""The same review, or the same picture, from several buyers (red flags R1): see copies."""

from __future__ import annotations

import re

import ibis
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.constants import COPY_LENGTH, TEXT_CAP, TEXTS_CAP
from workbench.detect.copies import as_texts, copied, copies
from workbench.detect.finding import Detector, no_findings
from workbench.detect.opening import on_trade
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "copied_reviews"
_APART = re.compile(r"[\s,;|]+")


def find(tables: Tables) -> pd.DataFrame:
    """Runs of orders whose reviews are copies; see docs/detectors.md."""
    rows = _reviews(tables)
    total = int(rows.count().to_pandas())
    read = rows.order_by(["second", "order_id", "text", "pictures"]).limit(TEXTS_CAP).to_pandas()
    if read.empty:
        return no_findings(reviewed=0, reason="nothing_said")
    words = as_texts(read.dropna(subset=["text"]), COPY_LENGTH).assign(kind="words")
    told = copies(pd.concat([words, _pictures(read)], ignore_index=True))
    return copied(
        NAME, tables, told, statistic="orders with the same review", texts=total, read=len(read)
    )


def _reviews(tables: Tables) -> Table:
    """order_id, text, pictures, second, item, buyer."""
    reviews, trade = tables["reviews"], tables["trade"]
    told = reviews.filter(reviews.order_id.notnull(), reviews.posted_at.notnull())
    text = told.text if "text" in told.columns else None
    pictures = told.image_hashes if "image_hashes" in told.columns else None
    told = told.select(
        "order_id",
        text=text.substr(0, TEXT_CAP).nullif("") if text is not None else ibis.null("string"),
        pictures=pictures.nullif("") if pictures is not None else ibis.null("string"),
        second=told.posted_at.epoch_seconds().cast("int64"),
    )
    orders = trade.filter((trade.line == 0) & trade.buyer.notnull())
    return told.join(orders.select("order_id", "item", "buyer"), "order_id")


def _pictures(read: pd.DataFrame) -> pd.DataFrame:
    """One row per picture of a review; the same picture is a cluster of its own."""
    shown = read.dropna(subset=["pictures"])
    shown = shown.assign(picture=shown.pictures.map(lambda names: set(_APART.split(names)) - {""}))
    shown = shown.explode("picture").dropna(subset=["picture"])
    cluster = shown.picture.rank(method="dense").astype("int64")
    return shown.drop(columns="picture").assign(cluster=cluster, length=1, kind="pictures")


DETECTOR = Detector(
    name=NAME,
    family="proof",
    needs=("orders.order_id", "orders.created_at", "reviews.order_id", "reviews.posted_at"),
    needs_any=(("reviews.text", "reviews.image_hashes"),),
    find=on_trade(find),
)
