"""Reviews: what buyers wrote, and what rings were told to write."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from workbench.simulate.draft import Draft
from workbench.simulate.fulfilment import NOW, Fulfilment
from workbench.simulate.shop import YEAR_START
from workbench.simulate.streams import stream, which
from workbench.simulate.text_columns import Column, clock, frame, glue, pick
from workbench.simulate.word_lists import words

__all__ = ["reviews"]


def reviews(
    rows: Draft,
    done: Fulfilment,
    order_id: Column,
    buyer_id: Column,
    product_id: Column,
    seed: int,
) -> pd.DataFrame:
    """The table of reviews: one completed order in seven, more and more alike in rings."""
    rng = stream(seed, "reviews")
    size = len(rows["time"])
    told = (rows["fake"] == 1) & (which(rows["group"], 3, seed, "told") > 0)
    written = (done.completed >= 0) & (rng.random(size) < np.where(told, 0.65, 0.14))
    delay = np.where(told, rng.integers(300, 6 * 3600, size), rng.integers(600, 9 * 86400, size))
    posted = done.completed + delay
    row = np.flatnonzero(written & (posted < NOW))
    stars = np.searchsorted([0.03, 0.06, 0.12, 0.25], rng.random(size), side="right") + 1
    stars = np.where(told, 5, stars)[row]
    take = pa.array(row)
    return frame(
        {
            "order_id": order_id.take(take),
            "product_id": product_id.take(take),
            "buyer_id": buyer_id.take(take),
            "posted_at": clock(posted[row], YEAR_START),
            "rating": pa.array(stars),
            "text": _texts(rng, rows["group"][row], told[row], stars, seed),
            "image_hashes": pa.nulls(len(row), pa.large_string()),
        }
    )


def _texts(
    rng: np.random.Generator, group: np.ndarray, told: np.ndarray, stars: np.ndarray, seed: int
) -> Column:
    talk = words("talk")
    size = len(group)

    def some(name: str) -> Column:
        return pick(talk[name], rng.integers(0, len(talk[name]), size))

    free = glue(some("review_heads"), "，", some("review_middles"), some("review_tails"))
    bad = some("bad_reviews")
    given = talk["ring_reviews"]
    script = glue(pick(given, which(group, len(given), seed, "script")), some("review_tails"))
    return pc.if_else(pa.array(told), script, pc.if_else(pa.array(stars < 3), bad, free))
