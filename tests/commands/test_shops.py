"""Two shops in one case stay apart, from loading to the pack."""

import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from workbench.case import Case, open_case
from workbench.commands import load, open_tables, pack, publish, screen
from workbench.commands.told import screen_told
from workbench.explain import Assessment
from workbench.simulate import simulate_shop

COLUMNS = ["order_id", "created_at", "paid_at", "status", "buyer_id", "phone", "product_id"]
COLUMNS += ["product_title", "quantity", "paid_amount"]


def write(folder: Path, name: str, orders: pd.DataFrame) -> Path:
    path = folder / name
    orders[COLUMNS].to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def simulated() -> pd.DataFrame:
    return simulate_shop(31, orders=1500).tables()["orders"]


@pytest.fixture(scope="module")
def alone(tmp_path_factory, simulated) -> Assessment:
    folder = tmp_path_factory.mktemp("alone")
    load([write(folder, "a.csv", simulated)], folder / "case", shop="A")
    return screen(folder / "case")


@pytest.fixture(scope="module")
def both(tmp_path_factory, simulated) -> tuple[Case, Assessment]:
    """The same orders, numbers and phones once more in another shop, its rows the other way."""
    folder = tmp_path_factory.mktemp("both")
    case = folder / "case"
    load([write(folder, "a.csv", simulated)], case, shop="A")
    load([write(folder, "b.csv", simulated[::-1])], case, shop="B")
    return open_case(case), screen(case)


def test_orders_of_both_shops_are_all_there_under_numbers_of_their_own(both, simulated):
    case, assessment = both
    orders = open_tables(case)["orders"].to_pandas()
    assert orders.groupby("shop").order_id.nunique().to_dict() == {
        "A": simulated.order_id.nunique(),
        "B": simulated.order_id.nunique(),
    }
    own = set(simulated.order_id)
    assert set(orders.order_id[orders["shop"] == "A"]) == own
    assert set(orders.order_id[orders["shop"] == "B"]) == {f"{number} (B)" for number in own}
    assert assessment.orders.order_id.is_unique
    assert float(orders.paid_amount.sum()) == pytest.approx(2 * float(simulated.paid_amount.sum()))


def test_each_shop_is_measured_against_itself(both, alone):
    _, assessment = both
    assert len(alone.groups) > 0
    expected = sorted(zip(alone.groups["size"], alone.groups.p_value.round(15), strict=True))
    for _, groups in assessment.groups.groupby("shop"):
        assert sorted(zip(groups["size"], groups.p_value.round(15), strict=True)) == expected
    assert assessment.groups.group_id.is_unique
    assert set(assessment.groups["shop"]) == set(assessment.orders["shop"]) == {"A", "B"}
    assert len(assessment.detectors) == 2 * len(alone.detectors)
    shop = assessment.orders.set_index("order_id")["shop"]
    members = assessment.orders.dropna(subset=["group_id"])
    of_group = assessment.groups.set_index("group_id")["shop"]
    assert (members.group_id.map(of_group) == members.order_id.map(shop)).all()


def test_false_discovery_is_controlled_over_the_groups_of_the_whole_case(both):
    groups = both[1].groups.sort_values("p_value")
    raw = groups.p_value * len(groups) / np.arange(1, len(groups) + 1)
    expected = raw[::-1].cummin()[::-1].clip(upper=1)
    assert groups.q_value.tolist() == pytest.approx(expected.tolist())


def test_the_rest_of_the_workbench_takes_several_shops(both, tmp_path):
    case, assessment = both
    assert "B, shared_phone: " in screen_told(assessment)
    assert publish(case.path).is_file()
    made = pack(case.path, tmp_path / "pack.zip")
    with zipfile.ZipFile(made.path) as archive:
        assert archive.testzip() is None
