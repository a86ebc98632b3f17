from datetime import datetime

import pandas as pd
import pytest

from workbench.case import append, attach, decide, events, withdraw
from workbench.case.submissions import reply, submit
from workbench.engine import connect
from workbench.explain import Assessment, write_assessment
from workbench.notice import notices, record_notice
from workbench.procedure import (
    CHRONOLOGY_COLUMNS,
    KINDS,
    chronology,
    kind_word,
    record_request,
)
from workbench.procedure.moments import KIND_OF
from workbench.procedure.moments_of_data import scan_step
from workbench.tables import memory_tables

from .invented import notice

FILE, OTHER = "ab" * 32, "cd" * 32
IDS = ("1001", "1002")


def trade():
    """Two orders: 1001 packed, sent in one parcel, signed; 1002 shares a parcel with 9001."""
    orders = pd.DataFrame(
        {
            "order_id": ["1001", "1001", "1002", "9001"],
            "created_at": pd.to_datetime(
                ["2026-02-03 10:00", "2026-02-03 10:00", "2026-02-04 11:00", "2026-02-09 08:00"]
            ),
            "paid_at": pd.to_datetime(
                ["2026-02-03 10:01", "2026-02-03 10:01", "2026-02-04 11:02", None]
            ),
            "shipped_at": pd.to_datetime(["2026-02-03 18:00", "2026-02-04 09:00", None, None]),
            "completed_at": pd.to_datetime(["2026-02-08 20:00", None, None, None]),
            "status": "completed",
            "paid_amount": "10",
            "product_id": ["P1", "P2", "P1", "P9"],
            "tracking_no": ["yt 001-1", "YT0011", "YT0022,", "YT0022"],
            "buyer_name": "王小明",
            "source_file": FILE,
            "source_row": [2, 3, 4, 5],
        }
    )
    scans = pd.DataFrame(
        {
            "tracking_no": ["YT0011"] * 4 + ["YT0022", "YT*22", "ZZ9"],
            "occurred_at": pd.to_datetime(
                [
                    "2026-02-03 15:00",
                    "2026-02-03 19:00",
                    "2026-02-05 08:00",
                    "2026-02-06 12:00",
                    "2026-02-05 09:30",
                    "2026-02-05 09:31",
                    "2026-02-05 09:32",
                ]
            ),
            "status": ["已打包", "collected", "in_transit", "signed", "", "signed", "signed"],
            "place": ["杭州仓", "杭州市", "武汉市", None, "宁波市", "", ""],
            "text": ["", "", "", "王小明已签收", "问询件", "", ""],
            "source_file": OTHER,
            "source_row": range(2, 9),
        }
    )
    shipments = pd.DataFrame(
        {
            # A masked number is nobody's: the scan of YT*22 belongs to no order.
            "tracking_no": ["YT0033", "YT*22"],
            "order_id": ["1002", "1002"],
            "shipped_at": pd.to_datetime(["2026-02-04 20:00", None]),
            "source_file": [OTHER, OTHER],
            "source_row": [40, 41],
        }
    )
    return {"orders": orders, "shipment_events": scans, "shipments": shipments, **after()}


def after():
    reviews = pd.DataFrame(
        {
            "order_id": ["1001", "9001"],
            "posted_at": pd.to_datetime(["2026-02-10 21:00", "2026-02-11 00:00"]),
            "rating": [4.0, 5.0],
            "text": ["很好，电话13912345678", ""],
        }
    )
    refunds = pd.DataFrame(
        {
            "order_id": ["1002"],
            "requested_at": pd.to_datetime(["2026-02-12 09:00"]),
            "finished_at": pd.to_datetime([None]),
        }
    )
    campaigns = pd.DataFrame(
        {
            "name": ["开学季", "开学季", "P2专场", "P9专场", "三月", "同名"],
            "starts_at": pd.to_datetime(
                ["2026-02-03", "2026-02-03", "2026-02-01", "2026-02-01", "2026-03-01", "2026-02-04"]
            ),
            "ends_at": pd.to_datetime(
                ["2026-02-04", "2026-02-04", "2026-02-28", "2026-02-28", "2026-03-31", "2026-02-04"]
            ),
            "product_id": ["P1", None, "P2", "P9", None, None],
            "source_file": FILE,
            "source_row": [2, 3, 4, 5, 6, 7],
        }
    )
    notices = pd.DataFrame(
        {
            "notice_id": ["N-1", "N-1", "N-0"],
            "order_id": ["1001", "1002", "1001"],
            "source_file": FILE,
            "source_row": [12, 11, 2],
        }
    )
    return {"reviews": reviews, "refunds": refunds, "campaigns": campaigns, "notices": notices}


@pytest.fixture(scope="module")
def tables():
    return memory_tables(connect(), trade())


def told(case, tables, ids=IDS, about=None, **more):
    return chronology(case, tables, ids, about, **({"groups": {}} | more))


def steps(rows, order_id):
    own = rows[rows["order_id"].eq(order_id)]
    return [(f"{at:%d %H:%M}", step) for at, step in zip(own["at"], own["step"], strict=True)]


def test_the_trade_of_an_order_in_its_order(case, tables):
    rows = told(case, tables)
    assert list(rows.columns) == CHRONOLOGY_COLUMNS
    assert rows["at"].is_monotonic_increasing
    assert steps(rows, "1001") == [
        ("03 10:00", "placed"),
        ("03 10:01", "paid"),
        ("03 15:00", "picked"),
        ("03 18:00", "shipped"),
        ("03 19:00", "collected"),
        ("04 09:00", "shipped"),  # its second line was shipped a day later
        ("05 08:00", "moved"),
        ("06 12:00", "signed"),
        ("08 20:00", "confirmed"),
        ("10 21:00", "reviewed"),
    ]
    assert steps(rows, "1002") == [
        ("04 11:00", "placed"),
        ("04 11:02", "paid"),
        ("04 20:00", "handed_over"),
        ("05 09:30", "scanned"),
        ("12 09:00", "refund_asked"),
    ]
    assert steps(rows, "9001") == []


def test_a_parcel_that_two_orders_share_is_told_of_both(case, tables):
    rows = told(case, tables, ("1002", "9001"))
    scans = rows[rows["step"].eq("scanned")]
    assert list(scans["order_id"]) == ["1002", "9001"]
    assert set(scans["source_row"]) == {6}


def test_each_row_says_where_it_is_written(case, tables):
    rows = told(case, tables)
    where = rows.groupby(["order_id", "step"])[["source_file", "source_row"]].agg(list)
    assert where.loc[("1001", "placed")].to_list() == [[FILE], [2]]
    assert where.loc[("1001", "shipped")].to_list() == [[FILE, FILE], [2, 3]]
    assert where.loc[("1002", "handed_over")].to_list() == [[OTHER], [40]]
    assert rows["event"].isna().all()


def test_campaigns_are_those_in_which_one_of_the_orders_was_placed(case, tables):
    rows = told(case, tables)
    campaigns = rows[rows["kind"].eq("campaign")]
    # The sale on P2 was on for the second line of 1001; that on P9 for none, nor that of March,
    # nor the one that was over in a moment.
    assert list(campaigns["en"]) == [
        "Campaign “P2专场” begins.",
        "Campaign “开学季” begins.",
        "Campaign “开学季” ends.",
        "Campaign “P2专场” ends.",
    ]
    assert list(campaigns["order_id"]) == [""] * 4
    # Order 1002 was placed when that of its item was over, and holds nothing of P2.
    assert not told(case, tables, ("1002",))["kind"].eq("campaign").any()


def test_no_personal_data_is_told(case, tables):
    rows = told(case, tables)
    text = rows[["zh", "en"]].to_csv()
    for personal in ("王小明", "13912345678", "问询件"):
        assert personal not in text
    assert "YT0011" in text
    assert "杭州市" in text


def test_the_notice_the_appeals_and_the_work_on_the_case(case, tables):
    screened(case)
    group, own, elsewhere = (
        {"subject": kind, "subject_id": one}
        for kind, one in (("group", "G-1"), ("order", "1001"), ("order", "9001"))
    )
    paper = attach(case, b"scans", "王小明.pdf", code="E01", who="李", **group)
    gone = attach(case, b"wrong", "x.pdf", code="E02", who="李", **own)
    withdraw(case, gone.sha256, reason="错", who="李", **own)
    attach(case, b"other", "y.pdf", code="E03", who="李", **elsewhere)
    decided = {"decision": "defend", "who": "李", "evidence": [paper.sha256]}
    decide(case, reason="王小明可证", **group, **decided)
    decide(case, decision="concede", reason="员工", who="李", **elsewhere)
    submit(case, attempt=1, sent_at=datetime(2026, 3, 3, 9), channel="后台", who="李")
    reply(case, attempt=1, result="rejected", replied_at=datetime(2026, 3, 4, 9), who="李")
    record_request(
        case, request="human_review", to="平台", sent_at=datetime(2026, 3, 4, 10), who="李"
    )
    rows = chronology(case, tables, IDS, notice(order_ids=IDS))
    work = rows[~rows["kind"].isin(["campaign", "order", "pick", "ship", "scan", "sign", "review"])]
    in_march = work[work["at"].lt("2026-03-10")]
    assert list(in_march["en"]) == [
        "The platform decides.",
        "The platform issues the notice (2 orders).",
        "Appeal 1 is sent.",
        "The platform answers appeal 1: rejected.",
        "Asked for: a decision by a person.",
        "The time for the appeal ends.",
    ]
    by_people = work[work["kind"].isin(["evidence", "decision"])]
    assert list(by_people["en"]) == [
        "Evidence is added: E01 The carrier's full scan log.",
        "Decision written down: Defend.",
    ]
    assert list(by_people["group_id"]) == ["G-1", "G-1"]
    assert set(rows.loc[rows["order_id"].eq("1001"), "group_id"]) == {"G-1"}
    assert set(rows.loc[rows["order_id"].eq("1002"), "group_id"]) == {""}
    # A notice stands in its file, the rest in the record of the case.
    issued = work.set_index("step").loc["issued"]
    assert (issued["source_file"], issued["source_row"]) == (FILE, 11)
    numbers = events(case.database).set_index("kind")["seq"]
    assert work.set_index("step").loc["sent", "event"] == numbers["submission"]
    assert work.set_index("step").loc["replied", "event"] == numbers["reply"]
    assert "王小明" not in rows[["zh", "en"]].to_csv()


def test_a_notice_that_a_person_recorded_stands_in_the_record_of_the_case(case, tables):
    fields = {"notice_id": "N-9", "decided_at": datetime(2026, 3, 1, 9), "order_ids": ("1001",)}
    event = record_notice(case, fields, who="李")
    about = next(one for one in notices(tables, case) if one.notice_id == "N-9")
    rows = told(case, tables, IDS, about).set_index("step")
    assert rows.loc["decided", "event"] == event.seq
    assert rows.loc["decided", "source_file"] == ""


def test_evidence_that_was_linked_or_replaced(case, tables):
    group = {"subject": "case"}
    first = attach(case, b"scans", "a.pdf", code="E01", who="李", **group)
    body = {"sha256": first.sha256, "note": ""}
    write = {"who": "李", "subject_kind": "order", "subject_id": "1001"}
    append(case.database, kind="evidence_linked", body=body, **write)
    rows = told(case, tables)
    added = rows[rows["step"].eq("added")]
    assert list(added["order_id"]) == ["", "1001"]
    assert set(added["en"]) == {"Evidence is added: E01 The carrier's full scan log."}
    better = attach(case, b"whole log", "b.pdf", code="E02", who="李", **group)
    body = {"sha256": first.sha256, "by": better.sha256, "reason": "更清楚"}
    append(case.database, who="李", kind="evidence_superseded", subject_kind="case", body=body)
    rows = told(case, tables)
    assert list(rows.loc[rows["step"].eq("added"), "en"]) == [
        "Evidence is added: E02 The carrier's weighing record."
    ]


def screened(case):
    orders = pd.DataFrame(
        {
            "order_id": ["1001", "1002", "9001"],
            "score": 0.5,
            "q_value": 0.1,
            "assessment": "needs_documents",
            "group_id": ["G-1", None, None],
            "reasons": "[]",
        }
    )
    groups = pd.DataFrame(
        {"group_id": ["G-1"], "size": [1], "assessment": ["needs_documents"], "q_value": [0.1]}
    )
    detectors = pd.DataFrame({"detector": ["x"]})
    write_assessment(Assessment(orders, groups, detectors), case.results_dir)


def test_a_statement_of_a_buyer_is_told_without_its_words(case, tables):
    body = {"text": "我是王小明", "consent_at": "2026-03-01T10:00:00", "consent_how": "电话"}
    body |= {"asked": "收到货了吗", "reward": False}
    for order in ("1001", "9001"):
        append(
            case.database,
            who="李",
            kind="statement",
            subject_kind="order",
            subject_id=order,
            body=body,
        )
    rows = told(case, tables)
    (one,) = rows[rows["step"].eq("statement")].to_dict("records")
    assert (one["order_id"], one["en"]) == ("1001", "A statement of the buyer is recorded.")


def test_orders_that_are_not_there_and_tables_that_are_missing(case, tables):
    assert told(case, tables, ()).empty
    assert told(case, tables, ("7",)).empty
    bare = {
        "orders": tables["orders"].select("order_id", "created_at", "source_file", "source_row")
    }
    rows = told(case, bare)
    assert set(rows["step"]) == {"placed"}
    assert list(told(case, {})["at"]) == []


@pytest.mark.parametrize(
    ("status", "text", "step"),
    [
        ("collected", "", "collected"),
        ("已揽收", "", "collected"),
        ("", "快件已打包，等待揽收", "picked"),
        ("picked up", "", "collected"),
        ("picked", "", "picked"),
        ("packed and picked", None, "picked"),
        ("in_transit", "已签收", "moved"),  # the carrier's state comes first
        ("派送中", "", "moved"),
        ("", "已签收，感谢使用", "signed"),
        ("问题件", "客户要求改约", "scanned"),
        (None, None, "scanned"),
        (float("nan"), "妥投", "signed"),
    ],
)
def test_what_a_scan_says(status, text, step):
    assert scan_step({"status": status, "text": text}) == step


def test_every_lane_and_step_has_words():
    assert len(KIND_OF) == sum(map(len, KINDS.values()))
    for kind in KINDS:
        assert kind_word(kind, "zh") != kind_word(kind, "en")
