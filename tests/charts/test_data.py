"""What the charts draw, counted by hand on the little shop."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest

from workbench.charts import (
    account_links_data,
    group_marks_data,
    group_waterfall_data,
    hour_weekday_data,
    orders_over_time_data,
    overview_data,
    repeat_buyers_data,
)


def test_overview_by_month(tables, assessment):
    rows = overview_data(tables, assessment).set_index("value")
    assert rows.orders.to_dict() == {"2025-03": 3, "2025-04": 4}
    assert rows.buyers.to_dict() == {"2025-03": 2, "2025-04": 4}
    assert rows.amount.to_dict() == {"2025-03": 60.0, "2025-04": 217.0}
    assert rows.refund_share["2025-03"] == pytest.approx(15 / 60)
    # Of three orders in March one (o3) came from a buyer seen before; of four in April one (o7).
    assert rows.returning_share.to_dict() == {
        "2025-03": pytest.approx(1 / 3),
        "2025-04": pytest.approx(1 / 4),
    }
    assert rows.evidence.to_dict() == {"2025-03": 0, "2025-04": 3}


def test_overview_says_nothing_of_buyers_that_the_files_lack(tables, assessment):
    anonymous = {"orders": tables["orders"].drop("buyer_id", "refund_amount")}
    rows = overview_data(anonymous, assessment)
    assert rows[["buyers", "refund_share", "returning_share"]].isna().all(axis=None)


def test_orders_over_time_by_day_and_by_hour(tables, assessment):
    rows = orders_over_time_data(tables, assessment)
    assert rows.per.unique().tolist() == ["day"]
    assert rows.set_index("period").orders.to_dict() == {
        pd.Timestamp("2025-03-03"): 2,
        pd.Timestamp("2025-03-04"): 1,
        pd.Timestamp("2025-04-11"): 3,
        pd.Timestamp("2025-04-12"): 1,
    }
    window = {"start": datetime(2025, 4, 11), "end": datetime(2025, 4, 12)}
    zoomed = orders_over_time_data(tables, assessment, **window)
    assert zoomed[["period", "per", "orders", "evidence"]].to_dict("records") == [
        {"period": pd.Timestamp("2025-04-11 13:00"), "per": "hour", "orders": 3, "evidence": 3}
    ]


def test_only_suspicious_groups_are_marked(assessment):
    assert group_marks_data(assessment).group_id.tolist() == ["G-1"]
    assert group_marks_data(assessment, start=datetime(2025, 5, 1)).empty
    assert group_marks_data(assessment, end=datetime(2025, 4, 1)).empty


def test_hour_by_weekday(tables, assessment):
    rows = hour_weekday_data(tables, assessment).set_index(["weekday", "hour"])
    assert len(rows) == 7 * 24
    assert rows.orders[rows.orders > 0].to_dict() == {
        (0, 10): 2,
        (1, 13): 1,
        (4, 13): 3,
        (5, 9): 1,
    }
    # All three suspicious orders fell on Friday at one; none of the four others did.
    assert rows.difference[(4, 13)] == 1.0
    assert rows.difference[(0, 10)] == -0.5


def test_repeat_buyers(tables, assessment):
    rows = repeat_buyers_data(tables, assessment)
    assert rows[["times", "buyers", "orders", "evidence", "none"]].to_dict("records") == [
        {"times": 1, "buyers": 3, "orders": 3, "evidence": 3, "none": 0},
        {"times": 2, "buyers": 2, "orders": 4, "evidence": 0, "none": 2},
    ]


def test_repeat_buyers_leave_out_no_number_of_orders(tables, assessment):
    lone = tables["orders"].mutate(buyer_id=tables["orders"].order_id.length().cast("string"))
    rows = repeat_buyers_data({"orders": lone}, assessment)
    assert rows.times.tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert rows.buyers.tolist() == [0, 0, 0, 0, 0, 0, 1]


def test_linked_accounts_hold_numbers_and_no_values(tables, assessment):
    found = account_links_data(tables, assessment)
    assert found.links[["kind", "key", "account", "network"]].to_dict("records") == [
        {"kind": "phone", "key": 1, "account": name, "network": 1} for name in ("1", "2", "3")
    ]
    assert found.missing == ("address", "device", "payer")
    shown = found.links.to_json() + found.accounts.to_json()
    assert not any(value in shown for value in ("1009", "cat", "dan", "eve"))


def test_a_masked_phone_links_nobody(tables, assessment):
    orders = tables["orders"]
    masked = {"orders": orders.mutate(phone=orders.phone.replace("1009", "100****0000"))}
    assert account_links_data(masked, assessment).links.empty


def test_what_does_not_fit_on_the_page_is_counted(tables, assessment):
    found = account_links_data(tables, assessment, most=2)
    assert (len(found.accounts), found.left_out) == (2, 1)


def test_accounts_may_be_named_by_an_alias(tables, assessment):
    found = account_links_data(tables, assessment, alias=lambda buyer: f"B-{len(buyer)}-{buyer[0]}")
    assert found.accounts.account.tolist() == ["B-3-c", "B-3-d", "B-3-e"]


def test_waterfall_of_a_group(assessment):
    rows = group_waterfall_data(assessment.groups, "G-1")
    first = rows.iloc[0]
    assert (first.digits, first.capped, first.discounted) == (14.5, 12.0, 6.0)
    assert (first.because_zh, first.because_en) == ("像一家人", "fits a family")
    with pytest.raises(KeyError):
        group_waterfall_data(assessment.groups, "G-9")
