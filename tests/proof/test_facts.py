from datetime import date

import pandas as pd
import pytest

from workbench.case import Masker
from workbench.proof.facts import (
    Parcel,
    appeal_deadline,
    order_facts,
    plain,
    platform_name,
    suppliers,
)

from .conftest import tables

MASKER = Masker(b"k" * 32)


def test_what_may_be_told_of_an_order():
    first, other = order_facts(tables(), ["o1", "o4"], MASKER)
    assert first.items == (("杯", 2), ("垫", 1))
    assert first.products == ("p1", "p2")
    assert first.parcels == (
        Parcel("W1", "甲快递", date(2026, 1, 2)),
        Parcel("W9", "乙快递", date(2026, 1, 4)),
    )
    assert (first.consignee, first.place) == ("张*", "浙江省 杭州市")
    assert first.created_on == date(2026, 1, 2)
    assert (other.consignee, other.parcels) == ("", ())


def test_an_order_that_the_data_do_not_hold_has_its_number_only():
    (one,) = order_facts(tables(), ["o99"], MASKER)
    assert (one.order_id, one.created_on, one.items, one.parcels) == ("o99", None, (), ())


def test_titles_are_told_without_contacts():
    (one,) = order_facts(tables(), ["o5"], MASKER)
    assert one.items == (("伞 <b>▒</b>", 3),)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("a\u202eb\nc\td", "a b c d"),
        ("【fill】", "[fill]"),
        ("phone 13800138000", "▒"),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_a_stranger_s_text_is_one_harmless_line(told, shown):
    assert plain(told) == shown


def notices(**columns):
    given = {
        "notice_id": ["n1", "n2"],
        "platform": ["淘宝", "淘宝"],
        "violation": "虚假交易",
        "issued_at": pd.to_datetime(["2026-01-02", "2026-01-02"]),
        "appeal_deadline": pd.to_datetime(["2026-01-09 23:59", "2026-01-12 23:59"]),
        "order_id": ["o1", "o2"],
    }
    return tables(notices=pd.DataFrame({**given, **columns}))


@pytest.mark.parametrize(
    ("orders", "now", "day"),
    [
        (["o1", "o2"], "2026-01-05", date(2026, 1, 9)),
        (["o1", "o2"], "2026-01-10", date(2026, 1, 12)),
        (["o2"], "2026-01-05", date(2026, 1, 12)),
        (["o3"], "2026-01-05", None),
        (["o1"], "2026-01-10", None),
    ],
)
def test_the_deadline_is_the_next_one_of_these_orders(orders, now, day):
    assert appeal_deadline(notices(), orders, pd.Timestamp(now)) == day


def test_without_notices_nothing_is_told_of_deadline_or_platform():
    assert appeal_deadline(tables(), ["o1"], pd.Timestamp("2026-01-05")) is None
    assert platform_name(tables(), ["o1"]) == ""


def test_the_platform_is_called_what_its_notice_calls_it():
    assert platform_name(notices(), ["o1"]) == "淘宝"
    assert platform_name(notices(), ["o3"]) == "淘宝"  # the only one there is
    two = notices(platform=["淘宝", "拼多多"])
    assert platform_name(two, ["o2"]) == "拼多多"
    assert platform_name(two, ["o3"]) == ""


def test_the_supplier_is_who_delivered_last():
    bought = pd.DataFrame(
        {
            "purchase_id": ["1", "2", "3"],
            "supplier": ["甲厂", "乙厂", "丙厂"],
            "product_id": ["p1", "p1", "p2"],
            "quantity": 5,
            "purchased_at": pd.to_datetime(["2025-01-01", "2025-06-01", "2025-01-01"]),
        }
    )
    assert suppliers(tables(purchases=bought), ["p1"]) == {"p1": "乙厂"}
    assert suppliers(tables(), ["p1"]) == {}
