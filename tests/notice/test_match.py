from datetime import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine import connect
from workbench.notice import Notice, match_ids, match_orders, match_question
from workbench.notice.match import normal_id
from workbench.tables import Tables, memory_tables

LONG = "240728699116526468"
OTHER = "309278703794932848"


@pytest.fixture(scope="module")
def tables() -> Tables:
    orders = pd.DataFrame(
        {
            "order_id": [LONG, LONG, OTHER, "0012345678", "PO-77001", "240101-123456789012345"],
            "line_id": ["900001", "900002", "900003", "900004", "900005", "900006"],
        }
    )
    payments = pd.DataFrame({"order_id": ["555000111222"]})
    return memory_tables(connect(), {"orders": orders, "payments": payments})


def one(text: str, tables: Tables):
    return match_ids([text], tables)[0]


def test_an_order_is_found_as_it_stands_with_the_rows_of_its_table(tables: Tables):
    found = one(LONG, tables)
    assert (found.found, found.matched, found.how) == (True, LONG, "exact")
    assert (found.table, found.rows) == ("orders", 2)


def test_an_order_of_another_table_only_tells_which(tables: Tables):
    found = one("555000111222", tables)
    assert (found.found, found.table, found.rows) == (True, "payments", 1)


@pytest.mark.parametrize(
    ("written", "order"),
    [
        ("２４０７２８６９９１１６５２６４６８", LONG),
        (" 2407 2869 9116 5264 68 ", LONG),
        (f"'{LONG}", LONG),
        (f'="{LONG}"', LONG),
        (f"{LONG}.0", LONG),
        (f"00{LONG}", LONG),
        ("12345678", "0012345678"),
        ("po–77001", "PO-77001"),
    ],
)
def test_what_spreadsheets_and_typing_add_is_taken_away(tables: Tables, written: str, order: str):
    found = one(written, tables)
    assert (found.found, found.matched, found.how) == (True, order, "normalised")


def test_the_number_of_a_line_stands_for_its_order(tables: Tables):
    found = one("900003", tables)
    assert (found.found, found.matched, found.how) == (True, OTHER, "line")


@pytest.mark.parametrize(
    ("written", "near", "why"),
    [
        ("240728699116526000", LONG, "lost_digits"),  # a spreadsheet cut to 15 digits
        ("2.40728699116526E+17", LONG, "lost_digits"),
        ("2.40729E+17", LONG, "lost_digits"),
        (str(int(float(LONG))), LONG, "lost_digits"),  # 240728699116526464, the nearest double
        ("240728699116526460", LONG, "lost_digits"),  # the same as scripts write it
        ("240728699116526469", LONG, "one_digit"),
        ("240728699116562468", LONG, "swapped"),
        ("24072869911652648", LONG, "one_missing"),
        ("2407286991165264688", LONG, "one_too_many"),
    ],
)
def test_a_near_miss_is_a_question_and_never_a_match(
    tables: Tables, written: str, near: str, why: str
):
    found = one(written, tables)
    assert (found.found, found.matched) == (False, None)
    assert (found.near, found.near_count, found.why) == ((near,), 1, why)
    assert near in match_question(found, "en")
    assert near in match_question(found, "zh")


def test_an_order_like_no_other_is_listed_as_not_found(tables: Tables):
    found = one("111111111111111111", tables)
    assert (found.found, found.near, found.why) == (False, (), "")
    assert match_question(found, "en") == "111111111111111111 is not in the loaded data."
    assert match_question(one(LONG, tables), "en") == ""


def test_two_orders_that_are_written_alike_are_asked_about():
    alike = memory_tables(connect(), {"orders": pd.DataFrame({"order_id": ["0777001", "777001"]})})
    found = match_ids(["00777001"], alike)[0]
    assert (found.found, found.near, found.why) == (False, ("0777001", "777001"), "ambiguous")


def test_many_near_ones_are_counted_and_five_are_shown():
    ids = [f"2407286991165{n:05}" for n in range(8)]
    many = memory_tables(connect(), {"orders": pd.DataFrame({"order_id": ids})})
    found = match_ids(["2.407286991165E+17"], many)[0]
    assert (found.near, found.near_count) == (tuple(ids[:5]), 8)
    assert "and 3 more" in match_question(found, "en")


def test_every_order_of_a_notice_has_its_row(tables: Tables):
    nothing = dict.fromkeys(
        ("notice_id", "platform", "violation", "rule_clause", "issued_at", "decided_at")
    )
    notice = Notice(
        **nothing,
        appeal_deadline=datetime(2026, 1, 1),
        attempts_allowed=1,
        attempts_used=0,
        measure=None,
        order_ids=(OTHER, "0", f"'{LONG}"),
    )
    frame = match_orders(notice, tables)
    assert frame["order_id"].tolist() == [OTHER, "0", f"'{LONG}"]
    assert frame["found"].tolist() == [True, False, True]
    assert frame["matched"].tolist() == [OTHER, None, LONG]
    assert match_ids([], tables) == []


@given(st.text(max_size=40))
def test_the_normal_form_of_a_normal_form_is_itself(text: str):
    once = normal_id(text)
    assert normal_id(once) == once


@given(
    st.integers(10**11, 10**19 - 1), st.sampled_from(["'{}", " {}", "{}.0", '="{}"', "{}\u200b"])
)
def test_any_number_is_known_again(number: int, written: str):
    assert normal_id(written.format(number)) == str(number)
