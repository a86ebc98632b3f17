"""A kind that the columns cannot show is said to be invisible, with the column it would need."""

import pandas as pd
import pytest

from workbench.engine import connect
from workbench.errors import BadInput
from workbench.known_answer import KINDS, absent, known_answers, shop_material
from workbench.tables import memory_tables


def little_shop(**changes):
    size = 60
    frame = {
        "order_id": [f"o{n}" for n in range(size)],
        "created_at": pd.date_range("2025-01-01 09:00", periods=size, freq="7h"),
        "status": "completed",
        "buyer_id": [f"b{n % 40}" for n in range(size)],
        "product_id": [f"p{n % 5}" for n in range(size)],
        "paid_amount": [10.0 + n % 7 for n in range(size)],
    }
    wanted = {name: value for name, value in {**frame, **changes}.items() if value is not None}
    return memory_tables(connect(), {"orders": pd.DataFrame(wanted)})


def lacking(tables):
    material = shop_material(tables)
    return {kind: absent(kind, tables, material) for kind in KINDS}


def test_buyers_items_and_times_alone_show_three_kinds():
    found = lacking(little_shop())
    assert [kind for kind, columns in found.items() if not columns] == [
        "burst",
        "lockstep",
        "repeated_account",
    ]
    assert found["slow_phone"] == ["orders.phone"]
    assert found["shared_purse"] == ["orders.device | orders.buyer_account | orders.ip"]
    assert found["account_chain"] == ["orders.phone", "orders.device", "orders.address"]
    assert found["empty_parcels"] == ["shipments.order_id"]
    assert found["money_back"] == ["payments.amount"]


@pytest.mark.parametrize("phone", ["", "138****0001"])
def test_an_empty_or_masked_column_is_as_good_as_absent(phone):
    assert lacking(little_shop(phone=phone))["slow_phone"] == ["orders.phone"]


def test_a_phone_that_stands_for_the_buyer_cannot_be_shared_by_buyers():
    phones = [f"13800000{n:03d}" for n in range(60)]
    found = lacking(little_shop(buyer_id=None, phone=phones))
    assert found["slow_phone"] == ["orders.phone"]
    assert found["repeated_account"] == []


def test_days_without_hours_show_no_burst():
    days = pd.date_range("2025-01-01", periods=60, freq="D")
    assert lacking(little_shop(created_at=days))["burst"] == ["orders.created_at (time of the day)"]


def test_without_buyers_or_items_nothing_can_be_shown():
    assert "orders.buyer_id" in lacking(little_shop(buyer_id=None))["burst"][0]
    assert "orders.product_id" in lacking(little_shop(product_id=None))["lockstep"][0]


def test_a_tiny_shop_is_refused_in_words():
    tables = {"orders": little_shop()["orders"].limit(30)}
    with pytest.raises(BadInput, match="Too few paid orders"):
        known_answers(tables)


def test_no_seeds_are_refused_in_words():
    with pytest.raises(BadInput, match="At least one seed"):
        known_answers(little_shop(), seeds=0)
