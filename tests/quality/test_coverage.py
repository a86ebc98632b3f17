"""The span of other tables is held against that of the orders."""

import pytest

from workbench.quality import coverage_data, coverage_table

from .made import NOW, tables_of

ORDERS = [(str(n), f"2025-01-{n:02d} 12:00", f"W{n}") for n in range(1, 11)]


@pytest.fixture(scope="module")
def rows():
    tables = tables_of(
        orders=("order_id created_at tracking_no", ORDERS),
        shipments=(
            "tracking_no order_id shipped_at",
            [("W3", "3", "2025-01-03 18:00"), ("W4", "4", "2025-01-06 01:00")],
        ),
        shipment_events=(
            "tracking_no occurred_at",
            [("W1", "2025-01-01"), ("W1", "2025-01-12"), ("W9", "2025-01-10"), ("X", "2025-01-10")],
        ),
        reviews=("order_id posted_at", [("1", "2025-03-01"), ("99", "2025-03-02")]),
        purchases=("product_id quantity", [("p", 3)]),
    )
    return coverage_data(tables, NOW).set_index("table")


def test_a_table_of_some_days(rows):
    # 3 to 6 January: four of ten orders were placed then; two orders are named.
    assert rows.loc["shipments", ["orders_inside", "orders_named", "state"]].tolist() == [
        0.4,
        0.2,
        "partly",
    ]


def test_scans_are_joined_by_waybill(rows):
    assert rows.loc["shipment_events", ["rows", "orders_inside", "orders_named"]].tolist() == [
        4,
        1.0,
        0.2,
    ]
    assert rows.state["shipment_events"] == "covers"


def test_another_time_and_no_time(rows):
    assert rows.loc["reviews", ["orders_inside", "orders_named"]].tolist() == [0.0, 0.1]
    assert rows.state["reviews"] == "apart"
    assert rows.state["purchases"] == "no_time"
    assert rows.isna().orders_named["purchases"]


def test_the_reader_sees_days_and_shares(rows):
    shown = coverage_table(rows.reset_index(), "zh").set_index("表")
    assert shown.loc["包裹", ["从", "到", "该时段内下单的订单"]].tolist() == [
        "2025-01-03",
        "2025-01-06",
        "40.0%",
    ]
    assert shown.loc["进货", ["从", "其中提到的订单"]].tolist() == ["", ""]


def test_without_orders_there_is_nothing_to_compare():
    assert coverage_data({}, NOW).empty
