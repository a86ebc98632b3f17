"""What is usual of a flag: the group left out, by carrier, and on the group's own days."""

import ibis
import numpy as np
import pandas as pd
import pytest
from ibis.backends import BaseBackend

from workbench.detect.flagged import Usual, flagged
from workbench.engine import keeping

COUNTS = pd.DataFrame(
    {
        "stratum": ["s", "s", "t"],
        "day": [1, 2, 1],
        "known": [100, 100, 200],
        "flags": [10, 1, 1],
    }
)


def test_rate_is_the_larger_of_the_carrier_s_and_that_of_its_day():
    usual = Usual.of(COUNTS)
    assert (usual.orders, usual.flagged_orders) == (400, 12)
    one = usual.rates(["s"], np.array([1.0]), np.array([1]))
    shop = (12 - 1 + 1) / (400 - 1 + 2)
    ever = (11 - 1 + 20 * shop) / (200 - 1 + 20)
    assert one[0] == pytest.approx((10 - 1 + 20 * ever) / (100 - 1 + 20))
    later = usual.rates(["s"], np.array([1.0]), np.array([2]))
    assert later[0] == pytest.approx(ever)


def test_a_group_is_left_out_of_what_is_usual():
    # the ten of day 1 are the group itself: what is left is below the floor's rivals
    ten = Usual.of(COUNTS).rates(["s"] * 10, np.ones(10), np.ones(10, dtype=int))
    shop = (12 - 10 + 1) / (400 - 10 + 2)
    assert ten[0] == pytest.approx((1 + 20 * shop) / (190 + 20))


def test_no_rate_is_below_the_floor():
    clean = Usual.of(COUNTS.assign(flags=0))
    assert clean.rates(["t"], np.zeros(1), np.array([1]))[0] == 0.002
    assert clean.of_strata()["t"] == 0.002


def test_one_of_the_orders_in_one_parcel_counts(engine: BaseBackend):
    rows = pd.DataFrame(
        {
            "order_id": ["c", "a", "b", "d"],
            "order": [3, 1, 2, 4],
            "item": 7,
            "second": [20, 10, 30, 40],
            "stratum": "s",
            "flag": [True, True, False, None],
            "unit": pd.array([5, 5, None, None], dtype="Int64"),
        }
    )
    schema = dict.fromkeys(["order", "item", "second", "unit"], "int64")
    schema |= {"order_id": "string", "stratum": "string", "flag": "boolean"}
    table = ibis.memtable(
        rows.astype(object).where(rows.notna(), None), schema={c: schema[c] for c in rows}
    )
    with keeping(engine) as keep:
        known = flagged(table, keep)
        assert sorted(known.table.to_pandas().order_id) == ["a", "b"]
        assert (known.usual.orders, known.usual.flagged_orders) == (2, 1)
