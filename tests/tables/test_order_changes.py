"""What became of an order between two loads, with the place of both sides."""

import pandas as pd
import pytest

from tests.tables.kept import Kept, whole
from workbench.tables import order_changes


@pytest.fixture
def kept(tmp_path) -> Kept:
    return Kept(tmp_path)


def changes(kept: Kept) -> list[tuple[object, ...]]:
    found = order_changes(kept.folder).drop(columns="shop")
    return [tuple(None if pd.isna(c) else c for c in row) for row in found.itertuples(index=False)]


def test_no_change_is_an_empty_table_with_all_columns(kept):
    assert list(order_changes(kept.folder)) == [
        *("order_id", "shop", "column", "before", "after"),
        *("before_file", "before_row", "after_file", "after_row"),
    ]
    kept.load("orders", "a", grain="order", **whole("1"))
    kept.load("orders", "b", grain="order", **whole("1"))
    assert kept.merge().changed == {}
    assert changes(kept) == []


def test_every_column_is_told_with_file_and_row_of_both_sides(kept):
    kept.load(
        "orders", "a", grain="order",
        **whole("0", "1", tracking_no=["T0", None], refund_amount=[0.0, None],
                address=["x", "Road 1"], aftersale_status=[None, None]),
    )  # fmt: skip
    kept.load(
        "orders", "b", grain="order",
        **whole("1", status=["closed"], paid_amount=[12.345], tracking_no=["T1"],
                refund_amount=[10.0], address=["Road 2"], aftersale_status=["退款成功"]),
    )  # fmt: skip
    told = kept.merge()
    place = ("a", 3, "b", 2)
    assert changes(kept) == [
        ("1", "address", "Road 1", "Road 2", *place),
        ("1", "aftersale_status", None, "退款成功", *place),
        ("1", "paid_amount", "10.00", "12.3450", *place),
        ("1", "refund_amount", None, "10.00", *place),
        ("1", "status", "paid", "closed", *place),
        ("1", "tracking_no", None, "T1", *place),
    ]
    assert told.changed["b"]["orders"] == 1
    assert sum(told.changed["b"].values()) == 7


def test_a_column_that_a_file_lacks_is_compared_with_the_last_that_had_it(kept):
    kept.load("orders", "a", grain="order", **whole("1", tracking_no=["T1"]))
    kept.load("orders", "b", grain="order", **whole("1"))
    kept.load("orders", "c", grain="order", **whole("1", tracking_no=["T2"]))
    kept.merge()
    assert changes(kept) == [("1", "tracking_no", "T1", "T2", "a", 2, "c", 2)]


def test_files_of_another_grain_are_not_compared(kept):
    kept.load("orders", "o", grain="order", **whole("1", paid_amount=[25.0]))
    kept.load("orders", "l", grain="line", **whole("1", "1", line_id=["11", "12"]))
    kept.merge()
    assert changes(kept) == []


def test_lines_are_joined_and_counted(kept):
    kept.load(
        "orders", "a", grain="line", **whole("1", "1", line_id=["11", "12"], status=["paid"] * 2)
    )
    kept.load("orders", "b", grain="line", **whole("1", line_id=["11"], status=["shipped"]))
    kept.load(
        "orders", "c", grain="line",
        **whole("1", "1", line_id=["11", "12"], status=["shipped", "closed"]),
    )  # fmt: skip
    kept.merge()
    assert [row[1:4] for row in changes(kept)] == [
        ("lines", "2", "1"),
        ("paid_amount", "20.00", "10.00"),
        ("status", "paid", "shipped"),
        ("lines", "1", "2"),
        ("paid_amount", "10.00", "20.00"),
        ("status", "shipped", "closed, shipped"),
    ]


def test_a_refund_that_a_request_added_to_a_known_one_is_a_change(kept):
    kept.load("orders", "o", grain="order", **whole("1", "2", refund_amount=[0.0, None]))
    kept.load("refunds", "r", order_id=["2", "1"], refund_amount=[3.0, 4.0], state=["done"] * 2)
    kept.merge()
    assert changes(kept) == [("1", "refund_amount", "0.00", "4.00", "o", 2, "r", 3)]


def test_orders_of_two_shops_do_not_change_into_each_other(tmp_path):
    kept = Kept(tmp_path, case_shop="A")
    kept.load("orders", "a", grain="order", **whole("1"))
    kept.load("orders", "b", grain="order", told="B", **whole("1", status=["closed"]))
    kept.load("orders", "c", grain="order", told="B", **whole("1", status=["completed"]))
    kept.merge()
    found = order_changes(tmp_path)
    assert found[["order_id", "shop", "before", "after"]].values.tolist() == [
        ["1 (B)", "B", "closed", "completed"]
    ]
