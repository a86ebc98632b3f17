"""The rows on shared values: nulls stay null, hubs and masked second values are nobody's."""

import pandas as pd
import pytest
from ibis.backends import BaseBackend

from tests.detect.conftest import extra, regular_shop
from workbench.detect.shared_rows import SharedRows, present_fields, shared_rows
from workbench.detect.trade import prepared
from workbench.tables import memory_tables


@pytest.fixture
def rows_of(engine: BaseBackend):
    """The shared rows of a field of a frame of orders."""

    def rows(orders: pd.DataFrame, field: str) -> SharedRows:
        with prepared(memory_tables(engine, {"orders": orders})) as tables:
            assert field in present_fields(tables["trade"], "buyer_id")
            found = shared_rows(tables["trade"], field)
            assert shared_rows(tables["trade"], field) is found
            return found

    return rows


def both(**columns: object) -> pd.DataFrame:
    return pd.concat([regular_shop(), extra(6, **columns)], ignore_index=True)


def test_accounts_and_orders_of_a_value(rows_of) -> None:
    phones = [None, "", "1", "1", "1", "1"]
    buyers = ["x", "y", "a", "b", "b", None]
    found = rows_of(both(phone=phones, buyer_id=buyers), "phone")
    assert found.accounts == 300 + 2
    assert found.values[["accounts", "orders"]].to_numpy().tolist() == [[2, 3]]
    assert sorted(found.ties.orders) == [1, 2]


def test_a_masked_second_value_is_nobodys(rows_of) -> None:
    orders = both(phone="1").assign(device=lambda d: d.buyer_id)
    orders.loc[400:, "device"] = ["a", "a", "b", "1***2", "1***2", None]
    found = rows_of(orders, "phone")
    assert sorted(found.rows.device) == [-1, -1, -1, 0, 0, 1]


def test_a_value_that_most_accounts_hold_identifies_nobody(rows_of) -> None:
    orders = both(phone="1")
    orders.loc[orders.index < 390, "phone"] = "4008001234"
    assert rows_of(orders, "phone").values.accounts.tolist() == [6]
