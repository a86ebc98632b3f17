"""Chats between buyers and the shop."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from workbench.simulate.draft import Draft
from workbench.simulate.fulfilment import NOW
from workbench.simulate.shop import YEAR_START
from workbench.simulate.streams import Ints, stream, which
from workbench.simulate.text_columns import Column, clock, digits, frame, glue, pick
from workbench.simulate.word_lists import words

__all__ = ["messages"]

_SORTS = ("ordinary", "refused", "invoice", "brushing")


def messages(rows: Draft, order_id: Column, buyer_id: Column, seed: int) -> pd.DataFrame:
    """The table of messages: about one order in 16 was talked about.

    Half of the rings were arranged elsewhere and left no talk here; the others show it on a
    quarter of their orders.
    """
    scripts = [script for sort in _SORTS for script in words("talk")[sort]]
    rng = stream(seed, "messages")
    chosen = _scripts(rng, rows, seed)
    order = np.flatnonzero(chosen >= 0)
    length = np.asarray([len(script) for script in scripts])[chosen[order]]
    first = np.cumsum(np.concatenate([[0], length]))[:-1]
    row = np.repeat(order, length)
    turn = np.arange(len(row)) - np.repeat(first, length)
    line = np.cumsum([0] + [len(script) for script in scripts])[:-1][chosen[row]] + turn
    spoken = [text for script in scripts for text in script]
    lead = np.repeat(rng.integers(-7200, 3 * 86400, len(order)), length)
    pause = np.cumsum(rng.integers(8, 90, len(row)))
    pause -= np.repeat(pause[first], length)
    sent = np.clip(rows["time"][row] + lead, 0, NOW - 3600) + pause
    take = pa.array(row)
    return frame(
        {
            "conversation_id": glue("c", digits(row + 1, 7)),
            "order_id": order_id.take(take),
            "buyer_id": buyer_id.take(take),
            "speaker": pick(["buyer" if s[0] == "b" else "seller" for s in spoken], line),
            "sent_at": clock(sent, YEAR_START),
            "text": pick([s[3:] for s in spoken], line),
        }
    )


def _scripts(rng: np.random.Generator, rows: Draft, seed: int) -> Ints:
    """Which script each order has, -1 for none."""
    size = len(rows["time"])
    counts = [len(words("talk")[sort]) for sort in _SORTS]
    start = np.cumsum([0, *counts])
    chance = rng.random(size)
    drawn = rng.random(size)

    def one_of(sort: int) -> Ints:
        return start[sort] + (drawn * counts[sort]).astype(np.int64)

    talks = which(rows["group"], 2, seed, "talks") == 0
    return np.select(
        [
            (rows["talk"] == 2) & (chance < 0.4),
            (rows["talk"] == 1) & talks & (chance < 0.25),
            chance < 0.002,
            chance < 0.06,
        ],
        [one_of(2), one_of(3), one_of(1), one_of(0)],
        default=-1,
    )
