"""The prepared table of trade: one row per order and item, and values that stay apart."""

import pandas as pd
from ibis.backends import BaseBackend

from tests.detect.conftest import regular_shop
from workbench.detect.trade import prepared
from workbench.tables import memory_tables

# DuckDB's own hash of these two is the same.
FLATS = (
    "上海 上海市 晴川区 荷塘月苑2号楼3单元902室",
    "上海 上海市 晴川区 荷塘月苑6号楼3单元906室",
)


def trade(engine: BaseBackend, orders: pd.DataFrame) -> pd.DataFrame:
    with prepared(memory_tables(engine, {"orders": orders})) as ready:
        return ready["trade"].to_pandas().sort_values(["order_id", "line"], ignore_index=True)


def test_two_flats_stay_two_though_the_engine_gives_them_one_hash(engine: BaseBackend) -> None:
    orders = regular_shop(60).assign(address=[FLATS[n % 2] for n in range(60)])
    rows = trade(engine, orders)
    assert len(rows) == 60
    assert rows.spelling.nunique() == rows.address.nunique() == 2
    assert rows.address[::2].nunique() == 1


def test_values_that_look_alike_as_buyer_or_phone_stay_apart(engine: BaseBackend) -> None:
    orders = regular_shop(60)
    orders["buyer_id"] = orders["phone"] = orders["order_id"] = [FLATS[n % 2] for n in range(60)]
    rows = trade(engine, orders)
    assert rows[["buyer", "phone", "order"]].nunique().tolist() == [2, 2, 2]


def test_one_phone_however_it_is_written_and_none_that_is_the_platforms(
    engine: BaseBackend,
) -> None:
    orders = regular_shop(6)
    written = ["13812345678", "+86 138-1234-5678", "'１３８１２３４５６７８", None]
    orders["phone"] = [*written, "17012345678-1234", "138****5678"]
    rows = trade(engine, orders)
    assert rows.phone.iloc[:3].nunique() == 1
    assert rows.phone.iloc[3:5].isna().all()
    assert rows.phone_masked.tolist() == [False] * 5 + [True]
    assert rows.phone.nunique() == 2
