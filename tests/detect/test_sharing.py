"""How unusual a shared value is, from counts of which every one is left out of its own baseline."""

import ibis
import pandas as pd
import pytest
from ibis.backends import BaseBackend

from workbench.detect.sharing import Shared, shared_values, sharing_tests


def shared(accounts: list[int], of: int) -> Shared:
    values = pd.DataFrame({"value": range(len(accounts)), "accounts": accounts})
    return Shared("phone", values.assign(orders=values.accounts, masked=False), of, 0)


def test_a_value_is_left_out_of_the_tail_it_is_compared_with() -> None:
    (q_third,) = sharing_tests(shared([2, 2, 2, 2, 2, 3], of=100)).q_third
    assert q_third == pytest.approx((0 + 0.2 * 5) / (5 + 5))


def test_a_value_that_most_accounts_hold_identifies_nobody() -> None:
    assert sharing_tests(shared([3, 51], of=100)).accounts.tolist() == [3]
    assert sharing_tests(shared([3, 50], of=100)).accounts.tolist() == [3, 50]


def test_accounts_without_a_value_are_not_counted(engine: BaseBackend) -> None:
    frame = pd.DataFrame(
        {"buyer": range(10), "phone": pd.Series([7] * 4 + [None] * 6, dtype="Int64")}
    )
    lines = engine.create_table(ibis.util.gen_name("lines"), ibis.memtable(frame), temp=True)
    found = shared_values(lines, "phone", [])
    assert found.accounts == 4
    assert found.values[["value", "accounts", "orders"]].to_numpy().tolist() == [[7, 4, 4]]
