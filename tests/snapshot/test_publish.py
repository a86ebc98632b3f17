import json
import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.case import Masker, attach, decide
from workbench.engine import connect
from workbench.snapshot import read_snapshot
from workbench.snapshot.publish import build_snapshot, publish
from workbench.tables import memory_tables

from .shop import GROUP, OTHER, PERSONAL, assessment, case_and_tables, notice_rows, order_lines


@pytest.fixture
def shop(tmp_path):
    return case_and_tables(tmp_path)


def test_totals_count_orders_and_sum_lines(shop):
    assert build_snapshot(*shop, assessment())["totals"] == {
        "orders": 4,
        "paid_amount": 135.75,
        "first_day": "2026-01-05",
        "last_day": "2026-01-06",
        "orders_evidence": 2,
        "orders_needs_documents": 1,
        "groups_evidence": 1,
        "groups_needs_documents": 1,
        "groups_none": 0,
        "named": 2,
        "named_in_groups": 1,
        "decided": 0,
    }


def test_days_count_an_order_once(shop):
    assert build_snapshot(*shop, assessment())["per_day"] == [
        {"date": "2026-01-05", "orders": 2, "evidence": 2, "needs_documents": 0},
        {"date": "2026-01-06", "orders": 2, "evidence": 0, "needs_documents": 1},
    ]


def test_orders_are_those_in_groups_and_those_named(shop):
    case, tables = shop
    orders = build_snapshot(case, tables, assessment())["orders"]
    assert [order["order_id"] for order in orders] == ["A1", "A2", "A3", "Z9"]
    assert orders[0] == {
        "order_id": "A1",
        "created_at": "2026-01-05T10:00:00",
        "product_title": "Cup / Lid",
        "quantity": 3.0,
        "paid_amount": 14.75,
        "refund_amount": 1.25,
        "status": "completed",
        "buyer": Masker.for_case(case).alias("B", "MARKbuyer_idA1"),
        "place": "浙江省 杭州市 余杭区",
        "group_id": GROUP,
        "assessment": "evidence",
        "score": 0.9,
        "named": False,
        "decision": None,
    }
    assert orders[1]["named"] is True
    assert orders[1]["refund_amount"] is None
    absent = {key: value for key, value in orders[3].items() if value is not None}
    assert absent == {"order_id": "Z9", "named": True}


def test_groups_come_gravest_first_with_all_that_is_said_of_them(shop):
    groups = build_snapshot(*shop, assessment())["groups"]
    assert [group["group_id"] for group in groups] == [GROUP, OTHER]
    first = groups[0]
    assert first["size"] == 2
    assert first["named"] == 1
    assert first["expected"] is None
    assert first["detectors"] == ["shared_phone", "same_offer_burst"]
    assert first["window_start"] == "2026-01-05T10:00:00"
    assert first["sentence"] == {"zh": "二", "en": "two"}
    assert first["tests"][0]["result"] == "not_available"
    assert first["missing"][0]["code"] == "E02"
    assert first["missing"][0]["attached"] is False
    assert first["contributions"] == [{"detector": "a", "share": 1.0}]
    assert first["decision"] is None
    assert groups[1]["window_end"] is None


def test_notice_says_what_is_left(shop):
    notice = build_snapshot(*shop, assessment())["notice"]
    assert notice["notice_id"] == "N1"
    assert notice["violation"] == "虚假交易"
    assert notice["appeal_deadline"] == "2026-01-12T12:00:00"
    assert (notice["days_left"], notice["attempts_left"], notice["orders_named"]) == (3, 1, 2)
    assert notice["rule_clause"] is None


def test_no_notice_no_named_orders(shop):
    case, tables = shop
    snapshot = build_snapshot(case, {"orders": tables["orders"]}, assessment())
    assert snapshot["notice"] is None
    assert snapshot["totals"]["named"] == 0
    assert [order["order_id"] for order in snapshot["orders"]] == ["A1", "A2", "A3"]


def test_a_group_waits_for_a_paper_until_it_has_one_or_is_conceded(shop):
    case, tables = shop
    before = build_snapshot(case, tables, assessment())["missing"]
    assert [(m["code"], m["who_en"], m["groups"], m["orders"]) for m in before] == [
        ("E02", "carrier", [GROUP, OTHER], 3)
    ]
    codes = ["E01", "E02"]  # whatever a file shows beside is had as well
    attach(case, b"scan", "w.pdf", subject="group", subject_id=GROUP, codes=codes, who="li")
    middle = build_snapshot(case, tables, assessment())
    assert [(m["groups"], m["orders"]) for m in middle["missing"]] == [([OTHER], 1)]
    assert middle["groups"][0]["missing"][0]["attached"] is True
    concede(case, "group", OTHER, order_ids=["A3"])
    assert build_snapshot(case, tables, assessment())["missing"] == []


@pytest.mark.parametrize(("order_id", "waits"), [("A3", []), ("A1", [GROUP])])
def test_a_group_that_nothing_stands_against_waits_only_when_named(shop, order_id, waits):
    case, tables = shop
    notice = notice_rows().assign(order_id=[order_id, "Z9"])
    tables = memory_tables(connect(), {"orders": order_lines(), "notices": notice})
    found = assessment()
    found.groups["assessment"] = ["needs_documents", "none"]
    (paper,) = build_snapshot(case, tables, found)["missing"]
    assert paper["groups"] == [OTHER, *waits]


def concede(case, subject, subject_id, reason="seen", order_ids=()):
    decide(
        case,
        subject=subject,
        subject_id=subject_id,
        decision="concede",
        reason=reason,
        who="li",
        order_ids=order_ids,
    )


def test_decisions_show_without_the_names_in_their_reasons(shop):
    case, tables = shop
    reason = "MARKbuyer_nameA2 (13800138000) said so"
    concede(case, "group", GROUP, reason, ["A1", "A2"])
    snapshot = build_snapshot(case, tables, assessment())
    decision = snapshot["groups"][0]["decision"]
    assert (decision["decision"], decision["reason"]) == ("concede", "▒ (▒) said so")
    assert decision["at"].endswith("+00:00")
    assert [order["decision"] for order in snapshot["orders"]] == ["concede", "concede", None, None]
    assert snapshot["totals"]["decided"] == 2


def test_several_currencies_are_never_added_up(tmp_path):
    case, tables = case_and_tables(tmp_path)
    assert build_snapshot(case, tables, assessment())["case"]["currency"] == "CNY"
    lines = order_lines().assign(currency=["USD", "USD", "USD", "EUR", None])
    mixed = build_snapshot(case, memory_tables(connect(), {"orders": lines}), assessment())
    assert mixed["totals"]["paid_amount"] is None
    assert mixed["case"]["currency"] == ""


def test_only_the_required_columns_are_enough(tmp_path):
    case, _ = case_and_tables(tmp_path)
    lines = order_lines()[["order_id", "created_at", "status", "paid_amount"]]
    tables = memory_tables(connect(), {"orders": lines})
    order = build_snapshot(case, tables, assessment())["orders"][0]
    assert (order["buyer"], order["place"], order["quantity"], order["product_title"]) == (
        None,
        None,
        None,
        None,
    )
    assert order["paid_amount"] == 14.75


def test_nothing_found_gives_an_empty_page(tmp_path):
    case, tables = case_and_tables(tmp_path)
    nothing = assessment()
    nothing.groups = nothing.groups.iloc[:0]
    nothing.orders = nothing.orders.assign(assessment="none", group_id=None)
    snapshot = build_snapshot(case, {"orders": tables["orders"]}, nothing)
    assert (snapshot["groups"], snapshot["orders"], snapshot["missing"]) == ([], [], [])
    assert snapshot["per_day"][0]["evidence"] == 0


def test_published_file_reads_back(shop):
    case, tables = shop
    path = publish(case, tables, assessment())
    assert path == case.published_dir / "snapshot.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [file.name for file in case.published_dir.iterdir()] == ["snapshot.json"]
    snapshot = read_snapshot(path)
    assert snapshot["as_of"] == "2026-01-09T09:00:00"
    assert snapshot["detectors"][1] == {
        "detector": "b",
        "state": "not_available",
        "needs": "orders.ip",
    }


def test_no_personal_column_reaches_the_file(shop):
    case, tables = shop
    concede(case, "group", GROUP, " ".join(f"MARK{name}A1" for name in PERSONAL), ["A1"])
    text = publish(case, tables, assessment()).read_text("utf-8")
    assert "MARK" not in text
    assert len(PERSONAL) == 11


texts = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=6, max_size=20
).filter(lambda text: text.strip())


@settings(max_examples=6, deadline=None)
@given(values=st.lists(texts, min_size=len(PERSONAL), max_size=len(PERSONAL)))
def test_whatever_a_personal_column_holds_stays_out(tmp_path_factory, values):
    case, _ = case_and_tables(tmp_path_factory.mktemp("any"))
    lines = order_lines()
    for name, value in zip(PERSONAL, values, strict=True):
        lines[name] = f"§{value}§"
    tables = memory_tables(connect(), {"orders": lines})
    concede(case, "group", GROUP, "because " + str(lines["buyer_name"][0]), ["A1"])
    text = json.dumps(build_snapshot(case, tables, assessment()), ensure_ascii=False)
    assert "§" not in text
