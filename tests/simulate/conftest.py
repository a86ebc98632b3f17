"""Simulated shops that several tests look at, and a way to look at the orders of one kind."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from workbench.simulate import Shop, simulate_shop

SEEDS = (20260101, 1, 2)
Groups = Callable[[str], list[pd.DataFrame]]


def with_truth(shop: Shop) -> pd.DataFrame:
    """First lines of all orders with kind, group and fake beside them."""
    first = shop.orders[shop.orders["line_id"] == "1"]
    return first.merge(shop.truth, on="order_id", validate="one_to_one")


@pytest.fixture(scope="session")
def plain_shops() -> list[Shop]:
    return [simulate_shop(seed) for seed in SEEDS]


@pytest.fixture(scope="session")
def hard_shop() -> Shop:
    return simulate_shop(3, level="hard")


@pytest.fixture(scope="session")
def honest_shop() -> Shop:
    return simulate_shop(4, orders=2500, rings=False)


@pytest.fixture(scope="session")
def groups(plain_shops: list[Shop]) -> Groups:
    """All groups of a kind in the plain shops, one frame each, in the order of time."""
    known = [with_truth(shop) for shop in plain_shops]

    def of_kind(kind: str) -> list[pd.DataFrame]:
        found = [
            orders
            for frame in known
            for _, orders in frame[frame["kind"] == kind].groupby("group", sort=True)
        ]
        assert found, f"no group of kind {kind}"
        return found

    return of_kind
