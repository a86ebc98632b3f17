import json

import pandas as pd

from tests.explain.made import NOON, finding, group, orders, tables
from workbench.explain.readings import READINGS, group_readings

DAY = pd.Timedelta(days=1)
REST = [
    {"order_id": f"u{n:02d}", "buyer_id": f"b{n // 2}", "created_at": NOON - n * DAY}
    for n in range(38)
]


def readings(own: list[dict], detectors: tuple[str, ...] = (), **more: pd.DataFrame):
    rows = [{"order_id": f"m{n}", "buyer_id": f"x{n}", **row} for n, row in enumerate(own)]
    frame = orders(REST + rows)
    lines = frame[frame.order_id.str.startswith("m")].reset_index(drop=True)
    found = [finding(name, orders=lines.order_id, family="proof") for name in detectors]
    one = group(*(found or [finding(orders=lines.order_id)]))
    frames = tables(orders=frame, **more)
    said = group_readings(frames, [one], lines, {one.group_id: {}})
    told = json.loads(said[one.group_id])
    assert [reading["reading"] for reading in told] == list(READINGS)
    assert all(set(reading) == {"reading", "for", "against", "unknown"} for reading in told)
    return {
        reading["reading"]: {side: " ".join(t["en"] for t in reading[side]) for side in
                             ("for", "against", "unknown")}
        for reading in told
    }  # fmt: skip


def test_cancelled_orders_speak_for_an_attack_and_against_the_shop():
    told = readings([{"status": "closed"}] * 8)
    # None of 38 others was lost: one case more of two more, 1 of 40.
    lost = "Cancelled or refunded: 8 of 8 orders (usual here: 2 %)."
    assert lost in told["attack_by_others"]["for"]
    assert lost in told["organised_by_shop"]["against"]
    assert "E28" in told["attack_by_others"]["unknown"]


def test_money_back_and_kept_orders_speak_for_the_shop():
    told = readings([{"status": "completed"}] * 8, ("money_back",))
    assert "money" in told["organised_by_shop"]["for"]
    assert "8 of 8 orders stayed as sales" in told["organised_by_shop"]["for"]
    assert "Cancelled or refunded: 0 of 8" in told["attack_by_others"]["against"]
    assert told["attack_by_others"]["for"] == ""


def test_talk_counts_against_the_shop_where_its_side_took_part():
    frame = orders([*REST, {"order_id": "m0", "buyer_id": "x"}])
    lines = frame[frame.order_id == "m0"].reset_index(drop=True)
    for by_seller, side in ((2, "for"), (0, "against")):
        talk = finding("lexicon", orders=["m0"], family="proof", facts={"by_seller": by_seller})
        one = group(talk)
        said = group_readings(tables(orders=frame), [one], lines, {one.group_id: {}})
        words = " ".join(told["en"] for told in json.loads(said[one.group_id])[0][side])
        assert "only the shop" in words, by_seller


def test_a_refunds_table_counts_and_one_refused_does_not():
    refunds = pd.DataFrame(
        {"order_id": [f"m{n}" for n in range(6)], "state": ["done"] * 5 + ["refused"]}
    )
    told = readings([{"status": "completed"}] * 8, refunds=refunds)
    assert "5 of 8 orders" in told["attack_by_others"]["for"]


def test_one_influencer_and_new_accounts_speak_for_an_affiliate():
    told = readings([{"influencer_id": "K1", "discount_amount": 5.0}] * 8)
    side = told["affiliate_or_coupon"]
    assert "100 % of the orders came through influencer K1 (usual here: 2 %)." in side["for"]
    assert "100 % of the orders had a discount" in side["for"]
    # Nineteen other accounts have two orders each: 1 of 21.
    assert (
        "100 % of the accounts have no other order in this shop (usual here: 5 %)." in side["for"]
    )
    assert "commission" in side["unknown"]


def test_what_the_data_lack_is_said():
    side = readings([{}] * 8)["affiliate_or_coupon"]
    assert "Which influencer brought the orders: not in the data" in side["unknown"]
    assert "discounts are not in the data" in side["unknown"]


def test_a_notice_gives_the_time_that_a_report_must_precede():
    notices = pd.DataFrame(
        {"notice_id": ["N1"] * 2, "order_id": ["m0", "m1"], "issued_at": [NOON + DAY] * 2}
    )
    told = readings([{}] * 8, notices=notices)
    assert (
        "names 2 of the 8 orders and was issued at 2025-06-02 12:00"
        in (told["attack_by_others"]["unknown"])
    )


def test_no_groups_have_no_readings():
    assert group_readings({}, [], pd.DataFrame(), {}) == {}
