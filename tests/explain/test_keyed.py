"""The innocent tests look at the same items and buyers as the detectors."""

import pandas as pd

from workbench.engine import connect
from workbench.explain.keyed import keyed
from workbench.tables import memory_tables


def keys(frame: pd.DataFrame) -> pd.DataFrame:
    tables = memory_tables(connect(), {"orders": frame})
    return keyed(tables)["orders"].order_by("order_id").to_pandas()


def test_an_order_list_by_title_and_payment_account():
    frame = pd.DataFrame(
        {
            "order_id": ["1", "2"],
            "created_at": ["2025-01-01 10:00:00"] * 2,
            "paid_amount": ["1", "2"],
            "product_title": ["cup", "spoon"],
            "buyer_account": ["a@shop.example", "b@shop.example"],
        }
    )
    found = keys(frame)
    assert found.product_id.tolist() == ["cup", "spoon"]
    assert found.buyer_id.tolist() == ["a@shop.example", "b@shop.example"]


def test_numbers_of_the_platform_stand():
    frame = pd.DataFrame(
        {
            "order_id": ["1"],
            "created_at": ["2025-01-01 10:00:00"],
            "paid_amount": ["1"],
            "product_id": ["677"],
            "product_title": ["cup"],
            "buyer_id": ["ann"],
            "buyer_account": ["a@shop.example"],
        }
    )
    found = keys(frame)
    assert (found.product_id[0], found.buyer_id[0]) == ("677", "ann")


def test_what_no_column_tells_stays_unknown():
    frame = pd.DataFrame(
        {"order_id": ["1"], "created_at": ["2025-01-01 10:00:00"], "paid_amount": ["1"]}
    )
    assert not {"product_id", "buyer_id"} & set(keys(frame).columns)
