from datetime import datetime

import pandas as pd
import pytest

from workbench.case import events, verify_chain
from workbench.case.submissions import reply, submit
from workbench.errors import BadInput
from workbench.procedure import (
    answer_check,
    not_advice,
    procedural_checks,
    record_deduction,
    record_request,
    record_rule_version,
)
from workbench.procedure.procedural_checks import COLUMNS

from .invented import day, make_tables, notice, orders

BEFORE = {"decided_at": datetime(2026, 1, 31, 23, 0), "issued_at": datetime(2026, 2, 2, 9, 0)}
ON = {"decided_at": datetime(2026, 2, 1, 0, 30), "issued_at": datetime(2026, 2, 2, 9, 0)}


def checked(case, tables=None, **told):
    frame = procedural_checks(notice(**told), case, tables or make_tables())
    return frame.set_index("code")


def took_effect(case, began, announced):
    days = {"effective_from": day(began), "published_at": day(announced)}
    record_rule_version(case, rule="规则", who="李", **days)


def test_every_check_has_a_row_with_all_that_a_reader_needs(case):
    frame = procedural_checks(notice(), case, make_tables())
    assert list(frame.columns) == COLUMNS
    assert list(frame["code"]) == [f"F{n:02}" for n in range(1, 24)]
    for row in frame.to_dict("records"):
        assert row["told_zh"]
        assert row["told_en"]
        assert row["told_zh"] != row["told_en"]
        assert bool(row["hooks"]) == bool(row["hook_zh"]) == bool(row["hook_en"])


def test_a_duty_of_order_116_does_not_exist_for_an_earlier_decision(case):
    before, on = checked(case, **BEFORE), checked(case, **ON)
    only = ["F06", "F09", "F11", "F21", "F22"]
    assert set(before.loc[only, "state"]) == {"not_applicable"}
    assert before.loc["F06", "told_en"] == (
        "None of the texts it rests on was in force on 2026-01-31: Measures for the Supervision "
        "of Platform Rules (SAMR and CAC Order 116), article number to be read in the official "
        "text (from 2026-02-01)."
    )
    assert not before["hooks"].map(lambda ids: any(one.startswith("O116") for one in ids)).any()
    assert on.loc["F06", "state"] == "passed"
    assert on.loc["F06", "hooks"] == ["O116.basis"]
    assert on.loc["F22", "state"] == "needs_answer"
    # A duty that stands in an older law as well goes on to be checked under that law alone.
    assert (before.loc["F01", "hooks"], on.loc["F01", "hooks"]) == (
        ["EC.33"],
        ["O116.basis", "EC.33"],
    )
    assert (before.loc["F01", "confidence"], on.loc["F01", "confidence"]) == ("V", "V")
    assert (before.loc["F02", "confidence"], on.loc["F02", "confidence"]) == ("V", "V-sec")


def test_the_days_of_the_orders_choose_the_text_on_attacks(case):
    # The decision is of 2026; the orders are of before and after the revision of 2025-10-15.
    old = make_tables(orders=orders(["2025-10-12", "2025-10-13", "2025-10-14", "2025-10-20"]))
    new = make_tables(orders=orders(["2025-10-12", "2025-10-13", "2025-10-15", "2025-10-20"]))
    assert checked(case, old).loc["F20", "hooks"] == ["O91.16", "AUCL2025.21"]
    assert checked(case, new).loc["F20", "hooks"] == ["AUCL2025.13-4", "O91.16", "AUCL2025.21"]
    ancient = make_tables(orders=orders(["2024-08-28", "2024-08-29", "2024-08-30", "2024-08-31"]))
    early = {"decided_at": datetime(2025, 10, 14), "issued_at": None}
    row = checked(case, ancient, **early).loc["F20"]
    assert row["state"] == "not_applicable"
    assert "was in force on 2024-08-28" in row["told_en"]


def test_a_change_of_rules_is_held_against_the_law_of_the_day_it_took_effect(case):
    record_rule_version(
        case,
        rule="规则",
        effective_from=day("2026-01-31"),
        published_at=day("2026-01-21"),
        who="李",
    )
    row = checked(case).loc["F04"]
    assert row["hooks"] == ["EC.34"]
    # Ten days were enough then; from February, fifteen may be due.
    assert row["state"] == "passed"
    record_rule_version(
        case,
        rule="规则",
        effective_from=day("2026-02-01"),
        published_at=day("2026-01-22"),
        who="李",
    )
    row = checked(case).loc["F04"]
    assert row["hooks"] == ["EC.34", "O116.12"]
    assert row["state"] == "needs_answer"


def test_an_appeal_is_held_against_the_law_of_the_day_it_was_handled(case):
    record_request(
        case, request="human_review", to="平台", sent_at=datetime(2026, 2, 1, 8), who="李"
    )
    assert checked(case, **BEFORE).loc["F11", "state"] == "not_applicable"
    submit(case, attempt=1, sent_at=datetime(2026, 2, 3), channel="后台", who="李")
    assert checked(case, **BEFORE).loc["F11", "state"] == "needs_answer"
    reply(
        case,
        attempt=1,
        result="rejected",
        replied_at=datetime(2026, 2, 4),
        human_review="no",
        who="李",
    )
    assert checked(case, **BEFORE).loc["F11", "state"] == "failed"


def test_without_a_notice_a_person_has_to_load_one(case):
    frame = procedural_checks(None, case, make_tables())
    assert set(frame["state"]) == {"needs_answer"}
    assert set(frame["told_en"]) == {"No notice of the platform has been loaded."}


def test_a_notice_without_any_date_is_held_against_the_law_of_today(case):
    undated = checked(case, decided_at=None, issued_at=None)
    assert undated.loc["F06", "hooks"] == ["O116.basis"]


def test_a_person_answers_and_a_later_answer_counts(case):
    asked = checked(case).loc["F05"]
    assert (asked["state"], asked["how"], asked["who"]) == ("needs_answer", "asked", "")
    assert pd.isna(asked["at"])
    answer_check(case, "F05", "no", "没有征求意见公告", who="李分析")
    first = checked(case).loc["F05"]
    assert (first["state"], first["how"], first["who"]) == ("failed", "answered", "李分析")
    assert "没有征求意见公告" in first["told_zh"]
    assert first["at"].tzinfo is not None
    answer_check(case, "F05", "yes", who="王律师")
    second = checked(case).loc["F05"]
    assert (second["state"], second["who"]) == ("passed", "王律师")
    answer_check(case, "F05", "not_applicable", who="王律师")
    assert checked(case).loc["F05", "state"] == "not_applicable"
    # Nothing was overwritten.
    assert len(events(case.database)) == 3
    assert verify_chain(case.database) == []


def test_an_answer_against_the_data_counts_and_the_data_are_told_beside_it(case):
    assert checked(case).loc["F06", "state"] == "passed"
    answer_check(case, "F06", "no", "订单号写错", who="李")
    row = checked(case).loc["F06"]
    assert row["state"] == "failed"
    assert "订单号写错 The data say otherwise: The notice lists 3 orders" in row["told_en"]
    answer_check(case, "F06", "yes", who="李")
    assert "The data say so too" in checked(case).loc["F06", "told_en"]


def test_no_answer_makes_a_duty_that_did_not_exist(case):
    answer_check(case, "F11", "no", "没有人工", who="李")
    row = checked(case, **BEFORE).loc["F11"]
    assert (row["state"], row["how"], row["who"]) == ("not_applicable", "computed", "")


def test_an_earlier_day_is_shown_as_it_stood(case):
    answer_check(case, "F05", "no", "没有公告", who="李")
    later = events(case.database)["at"].iloc[0] - pd.Timedelta(seconds=1)
    frame = procedural_checks(notice(), case, make_tables(), until=later.to_pydatetime())
    assert frame.set_index("code").loc["F05", "state"] == "needs_answer"


@pytest.mark.parametrize(
    ("code", "answered", "text", "who", "says"),
    [
        ("F24", "yes", "", "李", "There is no check 'F24'"),
        ("F05", "no", " ", "李", "The flaw F05 needs a word of why"),
        ("F05", "maybe", "", "李", "Unknown answer 'maybe'"),
        ("F05", "yes", "", " ", "An answer needs a name"),
    ],
)
def test_an_answer_that_is_none_is_refused_and_leaves_nothing(
    case, code, answered, text, who, says
):
    with pytest.raises(BadInput, match=says):
        answer_check(case, code, answered, text, who=who)
    assert len(events(case.database)) == 0


def test_the_other_notices_of_the_case_are_found_by_themselves(case):
    rows = pd.DataFrame(
        {
            "notice_id": ["N-1", "N-0", "N-0"],
            "issued_at": pd.to_datetime(["2026-03-02", "2026-02-20", "2026-02-20"]),
            "order_id": ["1001", "1003", "7"],
        }
    )
    row = checked(case, make_tables(notices=rows)).loc["F15"]
    assert row["state"] == "failed"
    assert row["told_en"] == "1 of the orders stand in notice N-0 too: 1003."


def test_a_charge_without_a_basis_is_a_flaw(case):
    assert checked(case).loc["F23", "state"] == "not_applicable"
    record_deduction(case, amount="120.5", charged_at=day("2026-03-03"), who="李")
    row = checked(case).loc["F23"]
    assert row["state"] == "failed"
    assert row["told_en"].startswith("120.50 CNY were charged on 2026-03-03")
    assert row["confidence"] == "V-sec"


def test_it_says_in_plain_words_what_it_is_not():
    assert "This is not legal advice" in not_advice("en")
    assert "does not by itself prove the orders genuine" in not_advice("en")
    assert "不是法律意见" in not_advice("zh")
    assert "不能证明订单真实" in not_advice("zh")
