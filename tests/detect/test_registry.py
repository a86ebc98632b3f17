"""The contract holds for a detector of somebody else, and for those that are built in."""

import json

import pandas as pd
import pytest
from ibis.backends import BaseBackend

from tests.detect.conftest import documented_facts, extra, facts_of, regular_shop
from workbench.detect import FINDING_COLUMNS, Detector, detectors, no_findings, run_detectors
from workbench.tables import memory_tables

NAMES = [
    "account_chain",
    "address_variants",
    "dense_block",
    "lockstep",
    "rapid_repeat",
    "same_offer_burst",
    "shared_address",
    "shared_device",
    "shared_phone",
]

# Those that other tables than orders allow: see test_proof_facts.
OF_OTHER_TABLES = [
    "beyond_stock",
    "beyond_traffic",
    "fulfilment_contradiction",
    "light_parcels",
    "money_back",
    "money_back_share",
    "never_collected",
    "seller_accounts",
    "signed_too_early",
    "unmoved_parcels",
    "waybill_reuse",
]


def own(find, **needs: object) -> Detector:
    return Detector(name="own", family="proof", find=find, **({"needs": ()} | needs))


def test_built_in_detectors_are_found_by_entry_point() -> None:
    assert {detector.name for detector in detectors()} >= set(NAMES)


def test_lacking_columns_are_named(engine: BaseBackend) -> None:
    tables = memory_tables(engine, {"orders": regular_shop(60)})
    detector = own(
        None,
        needs=("orders.order_id", "shipments.tracking_no"),
        needs_any=(("orders.device", "orders.ip"), ("orders.phone", "orders.device")),
    )
    run = run_detectors(tables, [detector]).runs.iloc[0]
    assert run.state == "not_available"
    assert run.needs == "shipments.tracking_no, orders.device | orders.ip"


def test_trade_is_prepared_once_and_given_up(engine: BaseBackend) -> None:
    seen = []

    def find(tables):
        seen.append(tables["trade"])
        return no_findings(reviewed=3, missing=["orders.ip"] if len(seen) > 1 else [])

    def names() -> set[str]:
        return {
            name
            for (name,) in engine.con.execute("FROM duckdb_tables() SELECT table_name").fetchall()
        }

    tables = memory_tables(engine, {"orders": regular_shop(60)})
    made = names()
    runs = run_detectors(tables, [own(find), own(find)]).runs
    assert seen[0] is seen[1]
    assert names() == made
    assert runs.state.tolist() == ["found_nothing", "not_available"]
    assert json.loads(runs.review[0]) == {"reviewed": 3}


@pytest.mark.parametrize("broken", [{"p_value": 1.5}, {"more": 1}, {}])
def test_broken_detector_is_not_read_as_evidence(engine: BaseBackend, broken: dict) -> None:
    row = dict.fromkeys(FINDING_COLUMNS, "x") | {
        "observed": 1.0,
        "expected": 1.0,
        "p_value": 0.1,
        "window_start": pd.Timestamp("2025-01-01"),
        "window_end": pd.Timestamp("2025-01-01"),
    }
    rows = [row | broken] * (1 if broken else 2)  # the same order twice in a group
    tables = memory_tables(engine, {"orders": regular_shop(60)})
    with pytest.raises(ValueError, match="own"):
        run_detectors(tables, [own(lambda _: pd.DataFrame(rows))])


WHERE_THERE_ARE_TWO = {"p2", "tried1", "tried2", "reviewed"}
"""A detector with one test has no second one, and not every test is paid for by a number."""


def test_every_fact_is_documented_and_every_documented_fact_is_there(engine: BaseBackend) -> None:
    """docs/detectors.md is the contract with those who word and weigh the findings."""
    listed = documented_facts()
    flats = ["橘灯公寓18号3栋502室", "橘灯公寓18号3幢502", "橘灯公寓18号3-502", "橘灯公寓18號3-502"]
    ring = extra(32, address=lambda n: flats[n % 4], phone="13800138000")
    loyal = extra(60, order_id=lambda n: f"L{n}", buyer_id=lambda n: f"l{n % 15}")
    loyal["created_at"] = regular_shop().created_at.iloc[::6].iloc[:60].to_numpy()
    loyal["product_id"] = [f"P{n // 15}" for n in range(60)]
    repeat = extra(14, order_id=lambda n: f"R{n}", buyer_id="again")
    repeat["created_at"] = regular_shop().created_at.iloc[300:314].to_numpy()
    chain = extra(12, order_id=lambda n: f"C{n}", buyer_id=lambda n: f"c{n}")
    chain["phone"] = [f"link {n // 2}" for n in range(12)]
    chain["address"] = [f"{30000 + (n + 1) // 2} Link Road" for n in range(12)]
    team = extra(20, order_id=lambda n: f"T{n}", buyer_id=lambda n: f"t{n % 5}")
    team["product_id"] = [f"T{n // 5}" for n in range(20)]
    team["created_at"] = regular_shop().created_at.iloc[9].floor("D") + pd.to_timedelta(
        [3 * (n // 5) for n in range(20)], unit="D"
    )
    orders = pd.concat([regular_shop(), ring, loyal, repeat, chain, team], ignore_index=True)
    orders.loc[orders.order_id.str.startswith("C"), "ip"] = [f"ip {n % 5}" for n in range(12)]
    orders["device"] = orders.buyer_id.where(~orders.order_id.isin(ring.order_id), "tablet")
    found = run_detectors(memory_tables(engine, {"orders": orders}))
    assert set(found.rows.detector) >= set(NAMES)
    for detector, rows in found.rows.groupby("detector"):
        facts = json.loads(rows.facts.iloc[0])
        wanted = listed["All detectors"] | listed[str(detector)]
        assert set(facts) | WHERE_THERE_ARE_TWO == wanted | WHERE_THERE_ARE_TWO, detector
    assert facts_of(found)
