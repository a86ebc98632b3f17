"""Money that left the shop's account: suppliers, compensations, and what hired buyers got."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from workbench.simulate.draft import Draft
from workbench.simulate.fulfilment import NOW, Fulfilment
from workbench.simulate.identities import identities
from workbench.simulate.order_lines import Lines
from workbench.simulate.shop import YEAR_START
from workbench.simulate.streams import Ints, stream
from workbench.simulate.text_columns import Column, clock, digits, frame, glue, money, only, pick

__all__ = ["transfers"]

PAID_BACK = 0.6
"""Share of a ring's orders whose money goes back by transfer; the rest is settled in cash."""
COMPENSATED = 0.008
_DAY = 86400
_KINDS = ("转账", "售后补偿")
_MEMOS = ("货款", "", "破损补偿", "快递延误补偿", "差价退还")


def transfers(
    rows: Draft, lines: Lines, done: Fulfilment, order_id: Column, seed: int
) -> pd.DataFrame:
    """The table of payments, those that went out only, by time.

    To hired buyers the price and a commission of 5 to 15 yuan go within a week, to the account
    that paid, without an order number. An honest buyer in a hundred and twenty gets a few yuan
    for a broken or late parcel, with the order number.
    """
    rng = stream(seed, "transfers")
    size = len(rows["time"])
    paid = np.bincount(lines.row, weights=lines.paid, minlength=size).astype(np.int64)
    luck, commission = rng.random(size), rng.integers(5, 16, size) * 100
    back = (rows["fake"] == 1) & (luck < PAID_BACK) & (paid > 0)
    comfort = (rows["fake"] == 0) & (luck < COMPENSATED) & (done.signed >= 0)
    when = np.where(
        back,
        done.paid + rng.integers(3600, 6 * _DAY, size),
        done.signed + rng.integers(3600, 5 * _DAY, size),
    )
    some = np.minimum(rng.integers(2, 16, size) * 100, np.maximum(paid // 2, 100))
    amount = np.where(back, paid + commission, some)
    memo = np.where(back, rng.integers(0, 2, size), rng.integers(2, 5, size))
    chosen = np.flatnonzero((back | comfort) & (when < NOW))
    chosen = chosen[np.lexsort((chosen, when[chosen]))]
    person = identities({name: column[chosen] for name, column in rows.items()}, seed)
    return frame(
        {
            **_entries(chosen, when, amount),
            "counterparty": person["buyer_name"],
            "counterparty_account": person["buyer_account"],
            "order_id": only(comfort[chosen], order_id.take(pa.array(chosen))),
            "kind": pick(_KINDS, comfort[chosen].astype(np.int64)),
            "memo": pick(_MEMOS, memo[chosen]),
        }
    )


def _entries(chosen: Ints, when: Ints, amount: Ints) -> dict[str, Column]:
    size = len(chosen)
    return {
        "entry_id": glue("ZC", digits(np.arange(1, size + 1), 7)),
        "posted_at": clock(when[chosen], YEAR_START),
        "amount": money(amount[chosen]),
        "direction": pa.array(["out"] * size, pa.large_string()),
    }
