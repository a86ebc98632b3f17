import pandas as pd
import pytest

from workbench.engine import connect
from workbench.gate.parcel_times import parcel_rows, parcels_plausible
from workbench.tables import memory_tables

from .saying import EARLIER, LATER, NOTHING, asked, known, told

AT = dict.fromkeys("1234", EARLIER)
GOOD = {"order_id": "1", "ordered": 100, "collected": 200.0, "signed": 300.0, "light": False}


def rows(*changed):
    return pd.DataFrame([{**GOOD, **one} for one in changed])


def test_a_parcel_that_can_be_true_passes():
    assert parcels_plausible(["1"], rows({}), NOTHING, AT).state == "passed"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"collected": 99.0}, "Picked up before the order: 1;"),
        ({"collected": 100.0}, "Picked up before the order: 1;"),
        ({"signed": 200.0}, "signed for before the pick-up: 1;"),
        ({"light": True}, "lighter than one piece of the goods: 1."),
    ],
)
def test_what_cannot_be_true_fails_until_it_is_explained(changed, says):
    found = rows(changed)
    verdict = parcels_plausible(["1"], found, NOTHING, AT)
    assert (verdict.state, list(verdict.orders)) == ("failed", ["1"])
    assert says in told(verdict)
    assert asked(verdict) == [("gate.6", "1")]
    why = known((verdict.questions[0], "yes", "the carrier corrected the scan in writing"))
    assert parcels_plausible(["1"], found, why, AT).state == "passed"


@pytest.mark.parametrize("field", ["collected", "signed", "light"])
def test_what_is_not_known_is_asked(field):
    found = rows({field: None if field == "light" else float("nan")})
    verdict = parcels_plausible(["1"], found, NOTHING, AT)
    assert (verdict.state, list(verdict.orders)) == ("needs_answer", ["1"])
    assert asked(verdict) == [("gate.6", "")]
    given = known((verdict.questions[0], "yes", "weights of the hub in Hangzhou"))
    assert parcels_plausible(["1"], found, given, AT).state == "passed"
    assert parcels_plausible(["1"], found, given, {"1": LATER}).state == "needs_answer"


def test_an_order_without_a_parcel_is_not_known():
    verdict = parcels_plausible(["1", "2"], rows({}), NOTHING, AT)
    assert list(verdict.orders) == ["2"]
    assert "Orders with unknown scans: 1;" in told(verdict)


def test_one_bad_parcel_of_several_is_enough():
    found = rows({}, {"collected": 50.0})
    assert parcels_plausible(["1"], found, NOTHING, AT).state == "failed"


def test_nothing_defended_is_no_pass():
    assert parcels_plausible([], rows({}), NOTHING, AT).state == "needs_answer"


def shop():
    """Thirty single pieces of one item; order 29 weighs nearly nothing, 30 was scanned early."""
    ids = [str(n) for n in range(1, 31)]
    orders = pd.DataFrame(
        {
            "order_id": ids,
            "created_at": pd.to_datetime(["2026-01-01 10:00:00"] * 30),
            "status": "completed",
            "product_id": "p",
            "quantity": 1,
            "paid_amount": "10",
            "tracking_no": [f"T{n}" for n in ids],
        }
    )
    grams = [[500, 505, 510, 515, 520][n % 5] for n in range(28)] + [30, 510]
    shipments = pd.DataFrame({"tracking_no": [f"T{n}" for n in ids], "weighed_weight_g": grams})
    collected = ["2026-01-01 12:00:00"] * 29 + ["2026-01-01 09:00:00"]
    scans = pd.DataFrame(
        {
            "tracking_no": [f"T{n}" for n in ids] * 2,
            "occurred_at": pd.to_datetime([*collected, *["2026-01-03 12:00:00"] * 30]),
            "status": ["揽收"] * 30 + ["签收"] * 30,
        }
    )
    frames = {"orders": orders, "shipments": shipments, "shipment_events": scans}
    return memory_tables(connect(), frames)


def test_parcels_are_read_from_the_tables():
    found = parcel_rows(shop(), ["1", "29", "30"]).set_index("order_id")
    assert found["light"].to_dict() == {"1": False, "29": True, "30": False}
    assert (found["collected"] - found["ordered"]).to_dict() == {"1": 7200, "29": 7200, "30": -3600}
    assert (found["signed"] > found["collected"]).all()


def test_a_shop_without_waybills_has_no_parcels():
    orders = pd.DataFrame(
        {
            "order_id": ["1"],
            "created_at": pd.to_datetime(["2026-01-01"]),
            "status": ["completed"],
            "paid_amount": ["1"],
        }
    )
    found = parcel_rows(memory_tables(connect(), {"orders": orders}), ["1"])
    assert found.empty
    verdict = parcels_plausible(["1"], found, NOTHING, AT)
    assert (verdict.state, list(verdict.orders)) == ("needs_answer", ["1"])
