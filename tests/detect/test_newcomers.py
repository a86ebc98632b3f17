"""The test of newcomers speaks only where at least half of a burst's buyers are known."""

import pandas as pd
import pytest

from workbench.detect.baseline import Returning
from workbench.detect.newcomers import item_rates, newcomers_test


def p_values(orders: int) -> tuple[object, object]:
    """Of a burst in which five buyers are known, none of whom returns; half of the shop's do."""
    buyers = pd.array([1, 2, 3, 4, 5] + [None] * (orders - 5), dtype="Int64")
    members = pd.DataFrame({"item": 7, "buyer": buyers, "month": 24300, "buyer_orders": 1.0})
    months = pd.DataFrame({"n": [100.0], "returning": [50.0]}, index=[24300])
    outside = pd.Series(0, index=range(1, 6))
    told = newcomers_test(7, members, item_rates(members.iloc[:0]), outside, Returning(months))
    assert (told["known"], told["returning"], told["rho"]) == (5, 0, 0.5)
    return told["p2"], told["best2"]


def test_five_strangers_by_hand() -> None:
    assert p_values(10) == pytest.approx((0.75**5, 0.75**5))


def test_most_buyers_unknown() -> None:
    assert p_values(11) == (1.0, 1.0)
