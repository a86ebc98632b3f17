"""From findings to an assessment, on a little shop whose answer is known."""

import json

import pandas as pd
import pytest

from tests.explain.made import FACTS, FAMILIES, NOON, as_findings, finding, orders, tables
from workbench.detect import Findings
from workbench.explain import GROUP_COLUMNS, ORDER_COLUMNS, Assessment, assess, screen
from workbench.explain.merge import group_name
from workbench.simulate import simulate_shop

MARKS = {
    "buyer_id": "MARKBUYER", "buyer_account": "MARKACCOUNT", "buyer_name": "MARKNAME",
    "phone": "MARKPHONE", "address": "MARKADDRESS 88号", "device": "MARKDEVICE", "ip": "MARKIP",
    "payment_id": "MARKPAYMENT", "buyer_message": "MARKMESSAGE", "seller_memo": "MARKMEMO",
    "postcode": "MARKPOSTCODE",
}  # fmt: skip
RING = [f"r{n}" for n in range(8)]
DAY = pd.Timedelta(days=1)


def shop_frames() -> dict[str, pd.DataFrame]:
    """Sixty ordinary orders over a year, and eight at once to be found, with personal data."""
    rows = [
        {"order_id": f"u{n:02d}", "created_at": NOON + n * 3 * DAY, "product_id": f"i{n % 3}"}
        for n in range(60)
    ]
    rows += [
        {"order_id": order, "created_at": NOON + pd.Timedelta(minutes=n)}
        for n, order in enumerate(RING)
    ]
    # The account of the first ring order also bought for itself.
    rows.append({"order_id": "own", "created_at": NOON + 200 * DAY, "product_id": "i1"})
    frame = orders(rows)
    who = [*frame.order_id[:-1], RING[0]]
    for column, mark in MARKS.items():
        frame[column] = [f"{mark}-{w}" for w in who]
    ring = frame.order_id.isin(RING)
    frame.loc[ring, "phone"] = [f"{MARKS['phone']}-{n % 2}" for n in range(len(RING))]
    campaigns = pd.DataFrame(
        {"name": ["Old"], "starts_at": [NOON - 9 * DAY], "ends_at": [NOON - 8 * DAY]}
    )
    return {"orders": frame, "campaigns": campaigns}


FOUND = [
    finding(orders=RING, p_value=1e-9),
    finding("shared_phone", orders=RING, p_value=1e-7),
]


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return assess(tables(**shop_frames()), as_findings(FOUND))


def test_two_families_on_the_same_orders_are_one_group_of_evidence(assessment: Assessment):
    (group,) = assessment.groups.itertuples()
    assert list(assessment.groups.columns) == list(GROUP_COLUMNS)
    assert group.group_id == group_name(RING)
    assert (group.size, group.assessment) == (8, "evidence")
    assert group.detectors == ["same_offer_burst", "shared_phone"]
    assert group.families == ["identity", "time"]
    # 9 digits; 7 less log10(2) for two identity detectors; mean of 1/p over 3 families.
    assert group.p_value == pytest.approx(3 / (1e9 + 1e7 / 2), rel=1e-3)
    assert group.q_value == pytest.approx(group.p_value)
    assert (group.statistic, group.observed, group.expected) == ("count", 38.0, 0.4)


def test_every_order_has_a_row_and_only_members_a_group(assessment: Assessment):
    rows = assessment.orders.set_index("order_id")
    assert list(assessment.orders.columns) == list(ORDER_COLUMNS)
    assert len(rows) == 69
    assert set(rows.index[rows.group_id.notna()]) == set(RING)
    assert (rows.loc[RING].assessment == "evidence").all()
    assert (rows.loc[RING].score > 0.9).all()
    others = rows.drop([*RING, "own"])
    assert (others.score == 0).all()
    assert (others.reasons == "[]").all()
    assert (others.assessment == "none").all()
    assert (others.q_value == 1).all()


def test_another_order_of_a_member_account_inherits_little_and_says_why(assessment: Assessment):
    rows = assessment.orders.set_index("order_id")
    assert rows.score["own"] == pytest.approx(0.02 * rows.score[RING[0]], rel=1e-3)
    assert rows.assessment["own"] == "none"
    (reason,) = json.loads(rows.reasons["own"])
    assert reason["en"].startswith("Nothing odd about this order itself")


def test_reasons_of_members_are_the_groups_sentence(assessment: Assessment):
    group = assessment.groups.iloc[0]
    reasons = json.loads(assessment.orders.set_index("order_id").reasons[RING[0]])
    assert reasons == [{"zh": group.sentence_zh, "en": group.sentence_en}]


def test_tests_papers_and_contributions_are_json(assessment: Assessment):
    group = assessment.groups.iloc[0]
    tests = {t["test"]: t for t in json.loads(group.explanation_tests)}
    assert tests["livestream"]["result"] == "failed"
    assert tests["courier"]["result"] == "not_available"
    assert tests["courier"]["zh"].startswith("无法判断：数据中没有")
    assert all(set(t) == {"test", "result", "zh", "en", "factor"} for t in tests.values())
    papers = json.loads(group.missing_evidence)
    assert {"E01", "E04", "E07", "E08"} <= {p["code"] for p in papers}
    first = json.loads(group.contributions)[0]
    assert first["detector"] == "same_offer_burst"
    assert (first["digits"], first["capped"], first["factor"]) == (9, 9, 1)
    assert first["discounted"] == 9


def test_an_explained_group_stays_with_the_tests_it_passed():
    frames = shop_frames()
    frames["campaigns"] = pd.DataFrame(
        {"name": ["Sale"], "starts_at": [NOON - DAY], "ends_at": [NOON + DAY], "kind": "livestream"}
    )
    found = as_findings([finding(orders=RING, p_value=1e-40)])
    result = assess(tables(**frames), found)
    group = result.groups.iloc[0]
    assert group.assessment == "none"
    passed = [t for t in json.loads(group.explanation_tests) if t["result"] == "passed"]
    assert [t["test"] for t in passed] == ["livestream"]
    assert passed[0]["factor"] == 0.1
    (part,) = json.loads(group.contributions)
    assert (part["digits"], part["capped"], part["discounted"]) == (40, 12, 1.2)
    assert [d["test"] for d in part["discounts"]] == ["livestream"]
    rows = result.orders.set_index("order_id")
    assert rows.group_id[RING[0]] == group.group_id
    assert (rows.assessment == "none").all()


def test_without_a_campaign_calendar_a_burst_needs_documents():
    frames = shop_frames()
    del frames["campaigns"]
    result = assess(tables(**frames), as_findings([FOUND[0]]))
    assert result.groups.assessment[0] == "needs_documents"
    codes = [p["code"] for p in json.loads(result.groups.missing_evidence[0])]
    assert {"E10", "E11", "E12"} <= set(codes)


@pytest.mark.parametrize("detector", FACTS)
def test_no_personal_data_leaves_the_order_tables(detector: str):
    result = assess(tables(**shop_frames()), as_findings([finding(detector, orders=RING)]))
    for frame in (result.groups, result.orders, result.detectors):
        assert "MARK" not in frame.to_csv()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_changes_nothing(seed: int, assessment: Assessment):
    shuffled = {
        name: frame.sample(frac=1, random_state=seed).reset_index(drop=True)
        for name, frame in shop_frames().items()
    }
    found = as_findings(FOUND)
    rows = found.rows.sample(frac=1, random_state=seed)
    again = assess(tables(**shuffled), Findings(rows, found.runs))
    pd.testing.assert_frame_equal(again.orders, assessment.orders)
    pd.testing.assert_frame_equal(again.groups, assessment.groups)


def test_a_lead_that_nothing_supports_is_counted_and_not_listed():
    found = as_findings([FOUND[0], finding("rapid_repeat", orders=["u01", "u02"], p_value=0.3)])
    result = assess(tables(**shop_frames()), found)
    assert list(result.groups.detectors) == [["same_offer_burst"]]
    assert (result.summary["groups"], result.summary["leads"]) == (1, 1)
    rows = result.orders.set_index("order_id")
    assert 0 < rows.score["u01"] < 0.5 * rows.score[RING[0]]
    assert rows.assessment["u01"] == "none"
    assert rows.q_value["u01"] == 1
    assert pd.isna(rows.group_id["u01"])
    (reason,) = json.loads(rows.reasons["u01"])
    assert reason["en"].startswith("Part of a weak lead")


def test_a_lead_on_the_orders_of_a_finding_supports_it():
    found = as_findings([FOUND[0], finding("shared_phone", orders=RING, p_value=0.3)])
    result = assess(tables(**shop_frames()), found)
    assert list(result.groups.detectors) == [["same_offer_burst", "shared_phone"]]
    assert result.summary["leads"] == 0


def test_findings_without_buyers_or_items_are_still_assessed():
    bare = shop_frames()["orders"][["order_id", "created_at", "status", "paid_amount"]]
    result = assess(tables(orders=bare), as_findings(FOUND))
    assert result.groups.assessment[0] == "needs_documents"
    tests = json.loads(result.groups.explanation_tests[0])
    assert {t["result"] for t in tests} == {"not_available"}


def test_detectors_that_did_not_run_are_no_family():
    found = as_findings([FOUND[0]])
    found.runs.loc[found.runs.family != "time", "state"] = "not_available"
    result = assess(tables(**shop_frames()), found)
    assert result.groups.p_value[0] == pytest.approx(1e-9)
    assert set(result.detectors.detector) == set(FAMILIES)


def test_without_shuffles_the_result_says_that_the_formula_alone_spoke(assessment: Assessment):
    assert assessment.summary["null"] == {"by": "formula"}
    assert assessment.groups.q_shuffled.isna().all()
    assert (assessment.groups.q_formula == assessment.groups.q_value).all()


def test_the_larger_of_formula_and_shuffles_is_the_q_value():
    shop = simulate_shop(3, orders=1200)
    own = tables(orders=shop.orders)
    plain, shuffled = screen(own), screen(own, shuffles=2)
    groups = shuffled.groups
    assert (groups.q_value == groups[["q_formula", "q_shuffled"]].max(axis=1)).all()
    # Of two shuffles the rate of one group alone cannot be told below a half.
    assert groups.q_shuffled.min() >= 0.5 / len(groups)
    kept = plain.groups.set_index("group_id").q_formula
    pd.testing.assert_series_equal(groups.set_index("group_id").q_formula[kept.index], kept)
    null = shuffled.summary["null"]
    assert (null["shuffles"], null["whole"]) == (2, True)
    assert null["seconds"] > 0


def test_an_honest_shop_is_left_alone():
    shop = simulate_shop(31, orders=1500, level="hard", rings=False)
    result = screen(tables(**shop.tables()))
    assert len(result.orders) == 1500
    assert (result.orders.assessment == "none").mean() > 0.995
    assert not (result.orders.assessment == "evidence").any()
