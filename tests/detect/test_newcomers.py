"""How many of a group's buyers come back, against the shop: figures worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.detect.newcomers import returning_buyers

MARCH = int(pd.Timestamp("2025-03-15").timestamp())


def sales(buyers: list[int], item: int = 1, first: int = 0) -> pd.DataFrame:
    """One order per entry of `buyers`; how often each orders is counted afterwards."""
    return pd.DataFrame(
        {"order": range(first, first + len(buyers)), "buyer": buyers, "item": item, "second": MARCH}
    )


def shop(group: list[int], rest: list[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    sold = pd.concat([sales(group), sales(rest, 2, len(group))], ignore_index=True)
    times = sold.buyer.value_counts()
    sold["buyer_orders"] = sold.buyer.map(times).where(sold.buyer != 0, 0)
    return sold.iloc[: len(group)].assign(group=0), sold


def test_rate_of_the_shop_leaves_the_group_out() -> None:
    # The rest: buyers 11 to 20 twice each and 40 others once: 20 of 60 orders come from a buyer
    # with more than one. Every row of the group's item is in the group: the month speaks.
    rest = [*range(11, 21), *range(11, 21), *range(100, 140)]
    inside, sold = shop([1, 2, 3, 4, 5], rest)
    (told,) = returning_buyers(inside, sold).to_dict("records")
    assert (told["known"], told["returning"]) == (5, 0)
    assert told["rho"] == pytest.approx(20 / 60)


def test_orders_inside_the_group_are_no_return() -> None:
    inside, sold = shop([1, 1, 2, 3, 3, 3], [3, *range(100, 140)])
    (told,) = returning_buyers(inside, sold).to_dict("records")
    # Buyer 1 ordered twice, but only here; buyer 3 once elsewhere.
    assert (told["known"], told["returning"]) == (3, 1)


def test_unknown_buyers_are_not_counted() -> None:
    inside, sold = shop([0, 0, 7], list(range(100, 140)))
    (told,) = returning_buyers(inside, sold).to_dict("records")
    assert (told["known"], told["returning"], told["rho"]) == (1, 0, 0.0)


def test_nobody_known_at_all() -> None:
    inside, sold = shop([0, 0, 0], [0, 0])
    (told,) = returning_buyers(inside, sold).to_dict("records")
    assert (told["known"], told["returning"], told["rho"]) == (0, 0, 0.0)
