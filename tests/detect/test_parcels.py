"""What carriers and the shop say of a parcel comes together, however it is written."""

import pandas as pd
from ibis.backends import BaseBackend

from tests.detect.conftest import START, regular_shop
from workbench.detect.trade import prepared
from workbench.tables import memory_tables

HOUR = pd.Timedelta(hours=1)


def parcels_of(engine: BaseBackend, frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    with prepared(memory_tables(engine, frames)) as tables:
        return tables["parcels"].to_pandas().set_index("order_id").sort_index()


def orders() -> pd.DataFrame:
    rows = regular_shop(4).assign(tracking_no=["yh 1", "YH2", None, "YH***3"], carrier="Swift")
    return rows.assign(shipped_at=START, city="杭州市")


def test_waybills_alone(engine: BaseBackend):
    known = parcels_of(engine, {"orders": orders()})
    assert known.index.tolist() == ["S0000", "S0001"]
    assert known.scans.tolist() == [0, 0]
    assert known.grams.isna().all()
    assert set(known.receiver) == {"杭州"}


def test_shipments_scans_and_orders_come_together(engine: BaseBackend):
    shipments = pd.DataFrame(
        {
            "tracking_no": ["YH1", "YH1", "YH9"],
            "order_id": ["S0000", "S0003", "S0002"],
            "carrier": "Cloud",
            "weighed_weight_g": [700, 700, 0],
        }
    )
    events = pd.DataFrame(
        {
            "tracking_no": "YH1",
            "occurred_at": [START + n * HOUR for n in range(4)],
            "status": ["GOT", "delivered to hub 签收", "x", "SIGNED"],
            "text": ["快递员已揽收", "", "已离开，发往下一站", "signed"],
            "place": ["嘉兴市", "", "", "杭州市"],
        }
    )
    frames = {"orders": orders(), "shipments": shipments, "shipment_events": events}
    known = parcels_of(engine, frames)
    assert known.index.tolist() == ["S0000", "S0001", "S0002", "S0003"]
    one = known.loc["S0000"]
    # one waybill of two orders, with its one weight
    assert (one.waybill_orders, one.grams, one.carrier, one.scans) == (2, 700.0, "Cloud", 4)
    start = (START - pd.Timestamp(0)).total_seconds()
    assert (one.collected, one.signed, one.signed_at) == (start, start + 3 * 3600, "杭州")
    assert bool(one.moved)
    assert known.carrier["S0001"] == "Swift"
    assert pd.isna(known.grams["S0002"])
