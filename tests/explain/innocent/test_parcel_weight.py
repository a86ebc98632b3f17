import pandas as pd
import pytest

from tests.explain.innocent.one_group import one
from tests.explain.made import orders, tables
from workbench.explain.innocent.parcel_weight import judge_weights, usual_weights


def judged(light: int, parcels: int = 10, others: int = 98, pieces: int = 1, weighed: bool = True):
    """Other parcels weigh 500 g a piece, light ones 60 g in all."""
    grams = [500] * others + [60] * light + [500 * pieces] * (parcels - light)
    everything = orders(
        {"order_id": f"o{n:03d}", "quantity": 1 if n < others else pieces}
        for n in range(len(grams))
    )
    lines = everything.tail(parcels)
    shipments = pd.DataFrame(
        {
            "tracking_no": everything.order_id,
            "order_id": everything.order_id,
            "weighed_weight_g": pd.array(grams, dtype="Int64"),
        }
    )
    if not weighed:
        shipments.loc[lines.index, "weighed_weight_g"] = pd.NA
    made = tables(orders=everything, shipments=shipments)
    return one(judge_weights, lines, usual_weights(made, lines))


def test_parcels_as_heavy_as_their_item_speak_for_the_shop():
    said = judged(light=0)
    assert said.result == "passed"
    assert said.en.startswith("The carrier weighed 10 of the parcels")


def test_many_light_parcels_contradict():
    said = judged(light=3)
    assert said.result == "failed"
    assert said.p_value == pytest.approx(1.138e-4, rel=1e-3)  # 3 of 10 at 1 %
    assert said.en.startswith("3 of 10 weighed parcels are lighter than 99 %")


def test_one_light_parcel_does_not():
    assert judged(light=1).result == "passed"


def test_weight_counts_per_piece():
    assert judged(light=0, pieces=3).result == "passed"
    assert judged(light=5, pieces=3).result == "failed"


def test_without_weighing_or_comparison_it_cannot_be_told():
    nothing, alone = judged(light=0, weighed=False), judged(light=5, others=19)
    assert (nothing.result, alone.result) == ("not_available", "not_available")
    assert nothing.en == "The data hold no weighing of these parcels."
    assert alone.en.startswith("10 of these parcels were weighed, but too few other parcels")
