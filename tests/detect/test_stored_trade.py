"""The prepared tables beside a case's tables: the same as those made on the fly, never stale."""

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.detect.conftest import regular_shop
from workbench.case import open_case
from workbench.commands import load, open_tables, screen
from workbench.detect.stored_trade import store_trade, stored_trade
from workbench.detect.trade import prepared
from workbench.engine import connect
from workbench.tables import shop_tables


def case_of(folder: Path, **shops: int) -> Path:
    for shop, orders in shops.items():
        file = folder / f"{shop}.csv"
        rows = regular_shop(orders)
        rows.assign(order_id=shop + rows.order_id).to_csv(file, index=False)
        load([file], folder / "case", shop=shop)
    return folder / "case"


def kept_of(case: Path) -> dict:
    return stored_trade(connect(threads=1), case / "tables", case / "keys")


def rows_of(table) -> pd.DataFrame:
    frame = table.to_pandas()
    return frame.sort_values([*frame.columns], ignore_index=True)


def test_what_is_kept_is_what_would_be_made(tmp_path: Path) -> None:
    case = case_of(tmp_path, one=40)
    kept = kept_of(case)
    assert sorted(kept) == ["items", "places", "trade"]
    with prepared(open_tables(open_case(case))) as made:
        for name, table in kept.items():
            pd.testing.assert_frame_equal(rows_of(table), rows_of(made[name]))


def test_another_load_makes_it_anew(tmp_path: Path) -> None:
    case = case_of(tmp_path, one=40)
    assert kept_of(case)["trade"].count().to_pandas() == 40
    case_of(tmp_path, two=80)
    assert kept_of(case)["trade"].count().to_pandas() == 120


@pytest.mark.parametrize("what", ["loads", "code", "engine"])
def test_what_was_made_of_something_else_is_not_used(tmp_path: Path, what: str) -> None:
    case = case_of(tmp_path, one=40)
    made_of = case / "keys" / "made_of.json"
    made_of.write_text(json.dumps({**json.loads(made_of.read_text()), what: "another"}))
    assert kept_of(case) == {}
    store_trade(case / "tables", case / "keys")
    assert kept_of(case)["trade"].count().to_pandas() == 40


def test_a_case_without_it_is_screened_all_the_same(tmp_path: Path) -> None:
    case = case_of(tmp_path, one=40)
    for file in (case / "keys").iterdir():
        file.unlink()
    (case / "keys").rmdir()
    assert len(screen(case).orders) == 40
    assert kept_of(case)["trade"].count().to_pandas() == 40


def test_each_shop_is_counted_by_itself(tmp_path: Path) -> None:
    case = case_of(tmp_path, one=40, two=80)
    kept = kept_of(case)
    for shop, orders in (("one", 40), ("two", 80)):
        trade = shop_tables(kept, shop)["trade"].to_pandas()
        assert len(trade) == orders
        # Half of a regular shop's buyers come twice, in each shop: not four times in both.
        assert trade.buyer_orders.max() == 2
