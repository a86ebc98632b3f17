"""What buyers write on an order, and what the shop notes on it."""

from __future__ import annotations

import numpy as np

from workbench.simulate.draft import Draft
from workbench.simulate.streams import stream, which
from workbench.simulate.text_columns import Column, pick
from workbench.simulate.word_lists import words

__all__ = ["buyer_messages", "seller_memos"]


def buyer_messages(rows: Draft, seed: int) -> Column:
    """A message on one order in 25; companies ask for an invoice on every second one."""
    rng = stream(seed, "buyer messages")
    size = len(rows["time"])
    usual, invoice = words("talk")["buyer_messages"], words("talk")["invoice_messages"]
    chance = rng.random(size)
    index = np.where(chance < 0.04, rng.integers(0, len(usual), size), -1)
    company = (rows["talk"] == 2) & (chance < 0.5)
    asked = len(usual) + rng.integers(0, len(invoice), size)
    return pick([*usual, *invoice], np.where(company, asked, index))


def seller_memos(rows: Draft, seed: int) -> dict[str, Column]:
    """A memo on one order in 30, some with a flag; every third ring is marked by its organiser."""
    rng = stream(seed, "seller memos")
    size = len(rows["time"])
    usual, marks = words("talk")["seller_memos"], words("talk")["ring_memos"]
    index = np.where(rng.random(size) < 0.033, rng.integers(0, len(usual), size), -1)
    marked = (rows["talk"] == 1) & (which(rows["group"], 3, seed, "marked") == 0)
    marked &= rng.random(size) < 0.6
    mark = len(usual) + which(rows["group"], len(marks), seed, "mark")
    index = np.where(marked, mark, index)
    flag = np.where((index >= 0) & (rng.random(size) < 0.7), rng.integers(0, 5, size), -1)
    colours = ("红", "黄", "绿", "蓝", "紫")
    return {"seller_memo": pick([*usual, *marks], index), "seller_flag": pick(colours, flag)}
