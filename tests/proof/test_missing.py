from datetime import datetime

from workbench.case import attach, events
from workbench.case.statements import add_statement
from workbench.proof import missing_papers

from .conftest import Shop, assessment, tables


def codes(shop, order_id, **more):
    rows = missing_papers(shop.case, shop.tables, shop.assessment, [order_id], **more)
    return list(zip(rows["code"], rows["why"], strict=True))


def give(case, code, subject="order", subject_id="o1"):
    attach(case, code.encode(), code, subject=subject, subject_id=subject_id, code=code, who="li")


def test_what_the_screening_asks_for_is_missing_until_it_is_given(shop):
    assert codes(shop, "o1") == [("E01", "group"), ("E06", "group")]
    give(shop.case, "E01")
    assert codes(shop, "o1") == [("E06", "group")]
    assert codes(shop, "o2") == [("E01", "group"), ("E06", "group")]
    give(shop.case, "E06", "group", "G-1")
    assert codes(shop, "o1") == []
    assert codes(shop, "o2") == [("E01", "group")]


def test_where_that_would_not_be_enough_the_surest_other_papers_are_named(shop):
    # Nothing asked of G-2: a parcel that was sent is proved by its carrier, then the platform.
    assert codes(shop, "o3") == [("E01", "rules"), ("E30", "rules")]
    # o4 has no waybill: no carrier knows it.
    assert codes(shop, "o4") == [("E30", "rules"), ("E24", "rules")]
    give(shop.case, "E06", "order", "o3")
    assert codes(shop, "o3") == [("E01", "rules")]


def test_an_order_of_no_group_is_told_by_the_rules_alone(shop):
    assert codes(shop, "o5") == [("E01", "rules"), ("E30", "rules")]


def test_own_papers_asked_for_do_not_count_as_neutral(case):
    own = Shop(case, assessment({"G-1": ["E06", "E08"], "G-2": []}), tables())
    assert codes(own, "o1") == [("E06", "group"), ("E08", "group"), ("E01", "rules")]


def test_a_statement_is_given_once_it_is_recorded(case):
    asked = Shop(case, assessment({"G-1": ["E15", "E01"], "G-2": []}), tables())
    give(case, "E15")
    assert codes(asked, "o1") == [("E15", "group"), ("E01", "group")]
    add_statement(
        case,
        order_id="o1",
        text="mine",
        asked="How did it come about?",
        consent_at=datetime(2026, 1, 1),
        consent_how="chat",
        who="li",
    )
    assert codes(asked, "o1") == [("E01", "group")]


def test_an_earlier_day_misses_what_came_later(shop):
    give(shop.case, "E06")
    at = events(shop.case.database)["at"].iloc[-1]
    give(shop.case, "E01")
    assert codes(shop, "o1") == []
    assert codes(shop, "o1", until=at) == [("E01", "group")]


def test_each_row_says_what_it_is_and_whom_to_ask(shop):
    row = missing_papers(shop.case, shop.tables, shop.assessment, ["o1"]).iloc[0]
    assert (row["zh"], row["en"]) == ("承运商完整物流轨迹", "The carrier's full scan log")
    assert (row["ask"], row["who_en"]) == (
        "carrier",
        "Carrier (business account or sealed certificate)",
    )
