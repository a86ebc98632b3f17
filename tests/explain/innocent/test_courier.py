import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from tests.explain.innocent.one_group import one
from tests.explain.made import NOON, orders, tables
from workbench.explain.innocent import courier
from workbench.explain.innocent.courier import judge_parcels, parcels

VOCABULARY = Path(courier.__file__).with_name("courier.toml")
HOUR = pd.Timedelta(hours=1)
WAY = [(1, "collected", "厂市"), (5, "in_transit", "厂市"), (30, "signed", "买市")]
STORIES = {
    "whole": WAY,
    "not_collected": WAY[1:],
    "too_early": [(-3, "collected", "厂市"), (-2, "in_transit", "厂市"), (-1, "signed", "买市")],
    "elsewhere": [*WAY[:2], (30, "signed", "远市")],
    "no_way": [WAY[0], WAY[2]],
}


def judged(stories: list[str], others: int = 98, scanned: bool = True, **columns):
    """98 ordinary parcels and the group's, sent at noon; scans as the stories say."""
    told = ["whole"] * others + stories
    everything = orders(
        {
            "order_id": f"o{n:03d}", "created_at": NOON - HOUR, "shipped_at": NOON,
            "tracking_no": f"t{n:03d}", "city": "买市", **columns,
        }
        for n in range(len(told))
    )  # fmt: skip
    lines = everything.tail(len(stories))
    scans = [
        {"tracking_no": f"t{n:03d}", "occurred_at": NOON + h * HOUR, "status": status,
         "place": place}
        for n, story in enumerate(told)
        for h, status, place in STORIES[story]
        if scanned or n < others
    ]  # fmt: skip
    made = tables(orders=everything, shipment_events=pd.DataFrame(scans))
    return one(judge_parcels, lines, parcels(made, lines))


def test_parcels_that_moved_and_were_signed_for_speak_for_the_shop():
    said = judged(["whole"] * 10)
    assert said.result == "passed"
    assert said.p_value is None
    assert said.en.startswith("10 of 10 received parcels were collected, moved")


@pytest.mark.parametrize(
    ("story", "words"),
    [
        ("not_collected", "never collected 3"),
        ("too_early", "signed before sending 3"),
        ("elsewhere", "signed in another city 3"),
        ("no_way", "no scan on the way 3"),
    ],
)
def test_scans_that_rule_a_delivery_out_contradict(story, words):
    said = judged([story] * 3 + ["whole"] * 7)
    assert said.result == "failed"
    # No such parcel among 98 others: usual rate (0 + 1) / (98 + 2) = 1 %.
    # P(at least 3 of 10 at 1 %) = 120 · 1e-6 · 0.99^7 + … = 1.138e-4
    assert said.p_value == pytest.approx(1.138e-4, rel=1e-3)
    assert "Scans of 3 of 10 parcels contradict a delivery (usual here: 1 %)" in said.en
    assert words in said.en


def test_one_odd_parcel_contradicts_nothing():
    assert judged(["elsewhere"] + ["whole"] * 9).result == "not_available"


def test_without_scans_of_these_parcels_it_cannot_be_told():
    assert judged(["whole"] * 5, scanned=False).result == "not_available"


def test_orders_not_yet_received_are_not_judged():
    assert judged(["not_collected"] * 5, status="shipped").result == "not_available"


def test_a_shop_whose_carrier_often_omits_scans_is_no_contradiction():
    everything = ["no_way"] * 4 + ["whole"] * 4
    told = judged(everything, others=0)
    # Nothing to compare with: usual rate (0 + 1) / (0 + 2) = 50 %.
    assert told.result in {"passed", "not_available"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("快递员已揽收", "collected"),
        ("已离开，发往下一站", "moving"),
        ("已签收，家人代收", "signed"),
    ],
)
def test_chinese_wording_of_carriers_is_read(text, name):
    said = tomllib.loads(VOCABULARY.read_text("utf-8"))
    assert [n for n, pattern in said.items() if re.search(pattern, text)] == [name]
