"""Detectors that hold a proposed group against the shop: values worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from ibis.backends import BaseBackend
from scipy import stats

from tests.detect.conftest import START, extra, facts_of, regular_shop
from workbench.detect import Detector, Findings, run_detectors
from workbench.detect.group import Group, findings
from workbench.detect.hour_profile import DETECTOR as HOUR_PROFILE
from workbench.detect.machine_rhythm import DETECTOR as MACHINE_RHYTHM
from workbench.detect.machine_rhythm import moran_tail
from workbench.detect.one_time_buyers import DETECTOR as ONE_TIME_BUYERS
from workbench.detect.price_uniformity import DETECTOR as PRICE_UNIFORMITY
from workbench.engine import connect
from workbench.tables import Tables, memory_tables

ALL = (ONE_TIME_BUYERS, PRICE_UNIFORMITY, HOUR_PROFILE, MACHINE_RHYTHM)


def proposing(mark: str) -> Detector:
    """A detector that proposes the orders whose number begins with `mark`."""

    def find(tables: Tables) -> pd.DataFrame:
        ids = tables["orders"].select("order_id").distinct().to_pandas().order_id
        chosen = tuple(sorted(ids[ids.str.startswith(mark)]))
        return findings("proposer", [Group(chosen, "", 1, 1, 1.0, START, START, {})])

    return Detector("proposer", "identity", ("orders.order_id",), find)


def looked_at(detector: Detector, orders: pd.DataFrame, engine: BaseBackend) -> Findings:
    """What a detector says of the orders X0000, X0001, …"""
    tables = memory_tables(engine, {"orders": orders})
    found = run_detectors(tables, [proposing("X"), detector])
    own = found.rows[found.rows.detector == detector.name].reset_index(drop=True)
    return Findings(own, found.runs[found.runs.detector == detector.name].reset_index(drop=True))


def with_group(orders: int = 12, **columns: object) -> pd.DataFrame:
    return pd.concat([regular_shop(), extra(orders, **columns)], ignore_index=True)


def test_twelve_buyers_who_never_come_back(engine: BaseBackend) -> None:
    found = looked_at(ONE_TIME_BUYERS, with_group(), engine)
    (facts,) = facts_of(found)
    assert (facts["known_buyers"], facts["returning"]) == (12, 0)
    # Half of the regular shop's orders are from returning buyers; one candidate is tested.
    assert facts["rho"] == pytest.approx(0.5, abs=0.01)
    assert facts["p1"] == pytest.approx((1 - facts["rho"]) ** 12, rel=1e-4, abs=0)
    assert found.rows.p_value.iloc[0] == pytest.approx(facts["p1"], rel=1e-4, abs=0)
    assert set(found.rows.order_id) == {f"X{n:04d}" for n in range(12)}


def test_regulars_among_them_are_no_oddity(engine: BaseBackend) -> None:
    mixed = with_group(buyer_id=lambda n: f"r{4 * n}" if n % 2 else f"x{n}")
    found = looked_at(ONE_TIME_BUYERS, mixed, engine)
    assert found.rows.empty or found.rows.p_value.min() > 0.05


def prices(group: str) -> pd.DataFrame:
    """Item A sells at one of four prices; the group pays as told."""
    shop = with_group(paid_amount=group)
    ours = shop.order_id.str.startswith("S") & (shop.product_id == "A")
    shop.loc[ours, "paid_amount"] = np.resize(["9.00", "9.50", "10.00", "8.00"], ours.sum())
    return shop


def test_one_amount_where_others_pay_four(engine: BaseBackend) -> None:
    (facts,) = facts_of(looked_at(PRICE_UNIFORMITY, prices("9.50"), engine))
    # 50 of the item's 200 other orders are at 9.50, and one is counted: 51 / 202.
    assert facts["usual_share"] == pytest.approx(51 / 202, rel=1e-4)
    assert (facts["same_amount"], facts["item_orders_of_group"]) == (12, 12)
    assert facts["amounts_of_item"] == 4
    assert facts["p1"] == pytest.approx(4 * (51 / 202) ** 12, rel=1e-3, abs=0)


def test_an_item_of_one_price_accuses_nobody(engine: BaseBackend) -> None:
    assert looked_at(PRICE_UNIFORMITY, with_group(), engine).rows.empty


def test_nights_in_a_shop_that_sells_at_any_hour(engine: BaseBackend) -> None:
    nights = with_group(created_at=lambda n: START + pd.Timedelta(days=n, hours=3))
    (facts,) = facts_of(looked_at(HOUR_PROFILE, nights, engine))
    assert (facts["days"], facts["days_at_hours"]) == (12, 12)
    assert (facts["from_hour"], facts["to_hour"]) == (0, 6)
    # The shop sells one order an hour from the first of March, 00:30, to the 17th, 15:30.
    quarters = np.array([17 * 6, 17 * 6, 16 * 6 + 4, 16 * 6]) + 1
    assert facts["usual_share"] == pytest.approx(quarters[0] / quarters.sum(), rel=1e-4)
    assert facts["p1"] == pytest.approx(4 * facts["usual_share"] ** 12, rel=1e-3, abs=0)


def test_a_crowd_of_one_hour_is_one_draw_a_day(engine: BaseBackend) -> None:
    assert looked_at(HOUR_PROFILE, with_group(30), engine).rows.empty


def test_days_without_hours_tell_nothing(engine: BaseBackend) -> None:
    dated = with_group(created_at=lambda n: START + pd.Timedelta(days=n))
    dated["created_at"] = dated.created_at.dt.floor("D")
    assert looked_at(HOUR_PROFILE, dated, engine).rows.empty
    assert looked_at(MACHINE_RHYTHM, dated, engine).rows.empty


def test_a_beat_of_61_minutes(engine: BaseBackend) -> None:
    found = looked_at(
        MACHINE_RHYTHM,
        with_group(created_at=lambda n: START + pd.Timedelta(minutes=61 * n, seconds=n)),
        engine,
    )
    (facts,) = facts_of(found)
    assert facts["cv"] < 0.01
    assert facts["mean_gap_minutes"] == pytest.approx(61 + 1 / 60, rel=1e-4)
    # Eleven equal gaps: Moran's statistic is 11 log 11, the least there can be.
    least = moran_tail(np.array([11 * np.log(11)]), np.array([11]))[0]
    assert facts["p_gaps"] == pytest.approx(least, rel=1e-2, abs=1e-300)
    assert facts["p1"] < 1e-4


def test_random_gaps_are_no_beat(engine: BaseBackend) -> None:
    rng = np.random.default_rng(3)
    times = START + pd.to_timedelta(np.sort(rng.integers(0, 15 * 86400, 20)), unit="s")
    found = looked_at(MACHINE_RHYTHM, with_group(20, created_at=list(times)), engine)
    assert found.rows.empty or found.rows.p_value.min() > 0.05


def test_morans_approximation_keeps_its_level() -> None:
    rng = np.random.default_rng(7)
    for gaps in (7, 19):
        drawn = rng.dirichlet(np.ones(gaps), 20_000)
        p = moran_tail(-np.log(drawn).sum(axis=1), np.full(20_000, gaps))
        for level in (0.01, 0.05, 0.5):
            assert (p <= level).mean() == pytest.approx(level, rel=0.3)


def test_one_second_of_the_minute(engine: BaseBackend) -> None:
    shop = with_group(
        created_at=lambda n: START + pd.Timedelta(hours=7 * n + n * n % 5, minutes=n, seconds=17)
    )
    rng = np.random.default_rng(5)
    ours = shop.order_id.str.startswith("S")
    shop.loc[ours, "created_at"] += pd.to_timedelta(rng.integers(0, 60, ours.sum()), unit="s")
    (facts,) = facts_of(looked_at(MACHINE_RHYTHM, shop, engine))
    at = int((shop.created_at.dt.second == 17).sum())
    tail = stats.binom.sf(11, 12, (at + 1) / (412 + 60)) * 60
    assert facts["same_second"] == 12
    assert facts["p_second"] == pytest.approx(tail, rel=1e-3, abs=0)


@pytest.mark.parametrize("detector", ALL, ids=lambda one: one.name)
def test_too_little_tells_nothing(detector: Detector) -> None:
    engine = connect(threads=1)
    for orders in (with_group(2), regular_shop(51).assign(order_id=lambda t: "X" + t.order_id)):
        assert looked_at(detector, orders, engine).rows.empty
    engine.disconnect()
