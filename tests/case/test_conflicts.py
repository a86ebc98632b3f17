import shutil

import pytest

from workbench.case import conflicts, create_case, decide, decisions, open_case, undo
from workbench.case.merge import merge


@pytest.fixture
def case(tmp_path):
    return create_case(tmp_path / "case")


def say(case, who, decision, subject="order", subject_id="1", **more):
    given = {"reason": f"{who} says {decision}", "who": who, **more}
    return decide(case, subject=subject, subject_id=subject_id, decision=decision, **given)


def seen(case, subject_id="1"):
    found = decisions(case).set_index("subject_id")["hash"]
    return found.get(subject_id, "")


def copied(case, tmp_path, name="other"):
    shutil.copytree(case.path, tmp_path / name)
    return open_case(tmp_path / name)


def told(case):
    names = ["subject_id", "who", "decision", "against_who", "against_decision"]
    return conflicts(case)[names].to_numpy().tolist()


def test_no_conflict_gives_the_columns_and_no_rows(case):
    found = conflicts(case)
    assert found.empty
    assert {"subject", "subject_id", "at", "hash", "against_at", "against_hash"} <= set(found)


def test_two_people_who_had_not_seen_each_other(case):
    say(case, "li", "defend")
    say(case, "wang", "concede")
    found = conflicts(case).iloc[0]
    assert (found.subject, found.subject_id) == ("order", "1")
    assert (found.who, found.decision, found.reason, found.seq) == (
        "wang",
        "concede",
        "wang says concede",
        2,
    )
    assert (found.against_who, found.against_decision, found.against_seq) == ("li", "defend", 1)
    assert found["hash"] == seen(case)
    assert found["at"] > found["against_at"]


def test_who_has_seen_the_other_contradicts_and_is_no_conflict(case):
    say(case, "li", "defend", seen="")
    say(case, "wang", "concede", seen=seen(case))
    assert told(case) == []


def test_two_who_agree_are_none_and_one_who_changes_their_mind_is_none(case):
    say(case, "li", "defend")
    say(case, "wang", "defend")
    say(case, "Wang ", "hold")
    assert told(case) == [["1", "Wang", "hold", "li", "defend"]]
    say(case, "li", "hold")
    assert told(case) == []


def test_a_later_decision_that_has_seen_what_stands_settles_it_for_good(case):
    for who, decision in (("li", "defend"), ("wang", "concede"), ("zhao", "hold")):
        say(case, who, decision)
    assert len(told(case)) == 2
    say(case, "chen", "defend", seen=seen(case))
    assert told(case) == []
    say(case, "zhao", "concede", seen=seen(case))
    assert told(case) == []


def test_it_stays_settled_when_what_settled_it_first_is_taken_back(case):
    say(case, "li", "defend")
    say(case, "wang", "concede", seen=seen(case))
    say(case, "zhao", "hold", seen=seen(case))
    undo(case, [2], who="wang", reason="wrong order")
    assert told(case) == []
    undo(case, [3], who="zhao", reason="wrong order")
    assert decisions(case)["who"].tolist() == ["li"]


def test_taking_one_back_ends_it(case):
    say(case, "li", "defend")
    say(case, "wang", "concede")
    undo(case, [2], who="wang", reason="agreed on the phone")
    assert told(case) == []


def test_copies_that_were_merged(case, tmp_path):
    say(case, "li", "hold", seen="")
    other = copied(case, tmp_path)
    common = seen(case)
    say(case, "li", "defend", seen=common)
    say(other, "wang", "concede", seen=common)
    say(other, "wang", "concede", subject_id="2", seen="")
    merge(case, other, who="li")
    assert told(case) == [["1", "wang", "concede", "li", "defend"]]
    say(case, "li", "defend", seen=seen(case))
    assert told(case) == []
    merge(other, case, who="wang")
    assert told(other) == []
    assert decisions(other).set_index("subject_id")["decision"].to_dict() == {
        "1": "defend",
        "2": "concede",
    }


def test_one_person_on_two_computers_is_told_of_what_was_decided_first_and_came_last(
    case, tmp_path
):
    say(case, "zhao", "hold", subject_id="2")
    other = copied(case, tmp_path)
    say(other, "li", "defend", seen="")
    say(case, "li", "concede", seen="")
    merge(case, other, who="li")
    assert told(case) == [["1", "li", "defend", "li", "concede"]]


def test_an_order_s_decision_against_its_group_s(case):
    say(case, "li", "defend", "group", "G-1", order_ids=["1", "2"])
    say(case, "wang", "concede")
    found = conflicts(case).iloc[0]
    assert (found.subject, found.subject_id, found.who) == ("order", "1", "wang")
    assert (found.against_subject, found.against_subject_id) == ("group", "G-1")
    say(case, "wang", "concede", seen=seen(case))
    assert told(case) == []


def test_a_group_decided_by_who_saw_the_orders_is_none(case):
    say(case, "wang", "concede", seen="")
    say(case, "li", "defend", "group", "G-1", order_ids=["1", "2"], seen="")
    assert told(case) == []
    say(case, "zhao", "hold", "group", "G-1", order_ids=["1", "2"])
    assert [row[0] for row in told(case)] == ["1", "G-1"]


def test_an_exception_from_one_s_own_group_is_none(case):
    say(case, "li", "defend", "group", "G-1", order_ids=["1", "2"])
    say(case, "li", "concede")
    assert told(case) == []
