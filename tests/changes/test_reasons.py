from datetime import date

import pandas as pd
import pytest

from workbench.changes import order_reasons
from workbench.engine import connect
from workbench.tables import memory_tables
from workbench.tables.order_changes import CHANGE_COLUMNS

ORDERS = pd.DataFrame(
    {
        "order_id": ["1", "2", "3"],
        "created_at": pd.to_datetime(["2026-05-01"] * 3),
        "status": "completed",
        "paid_amount": [10.0] * 3,
    }
)
PAYMENTS = pd.DataFrame(
    {
        "posted_at": pd.to_datetime(["2026-05-01 10:00", "2026-05-12 09:00", "2026-05-11 09:00"]),
        "amount": [10.0, 10.0, 5.0],
        "direction": ["in", "out", "out"],
        "order_id": ["1", "1", "1"],
    }
)


def change(order_id, column, before, after, file="new"):
    told = dict.fromkeys(CHANGE_COLUMNS)
    told |= {"order_id": order_id, "column": column, "before": before, "after": after}
    return told | {"after_file": file}


@pytest.fixture
def tables():
    return memory_tables(connect(), {"orders": ORDERS, "payments": PAYMENTS})


def reasons(tables, orders, *changes, since=("old",), known=("1", "2", "3")):
    frame = pd.DataFrame(list(changes), columns=list(CHANGE_COLUMNS))
    return order_reasons(orders, frame, tables, since=since, known=known)


def test_a_refund_is_told_with_the_day_the_last_money_went_out(tables):
    found = reasons(tables, ["1"], change("1", "refund_amount", None, "15.00"))
    assert found == {"1": ("refunded", date(2026, 5, 12))}


def test_a_refund_without_a_payment_has_no_day(tables):
    found = reasons(tables, ["2"], change("2", "refund_amount", "0", "9.9900"))
    assert found == {"2": ("refunded", None)}


def test_a_refund_that_was_taken_back_is_another_amount(tables):
    found = reasons(tables, ["2"], change("2", "refund_amount", "9", "0"))
    assert found == {"2": ("amount", None)}


def test_what_became_of_an_order_comes_before_what_was_written_of_it(tables):
    told = [change("2", "address", "x", "y"), change("2", "status", "paid", "closed")]
    assert reasons(tables, ["2"], *told) == {"2": ("closed", None)}


@pytest.mark.parametrize(
    ("column", "reason"),
    [("tracking_no", "waybill"), ("status", "status"), ("lines", "lines"), ("carrier", "carrier")],
)
def test_each_column_has_its_reason(tables, column, reason):
    assert reasons(tables, ["2"], change("2", column, "a", "b")) == {"2": (reason, None)}


def test_what_was_known_before_is_no_reason(tables):
    old = change("2", "status", "paid", "closed", file="old")
    assert reasons(tables, ["2"], old) == {"2": ("others", None)}
    assert reasons(tables, ["2"], old, since=None) == {"2": ("closed", None)}


def test_orders_that_went_or_came_are_told(tables):
    found = reasons(tables, ["9", "3"], known=["9", "1"])
    assert found == {"3": ("new", None), "9": ("absent", None)}
