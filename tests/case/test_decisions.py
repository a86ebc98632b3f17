import json
import threading
from datetime import UTC, datetime

import pandas as pd
import pytest

from workbench.case import (
    Conflict,
    attach,
    create_case,
    decide,
    decide_many,
    decisions,
    events,
    open_case,
    order_decisions,
    undo,
    verify_chain,
    withdraw,
)
from workbench.errors import BadInput


@pytest.fixture
def case(tmp_path):
    return create_case(tmp_path / "case")


@pytest.fixture
def screened(case):
    """Orders 1 and 2 are group G-1, order 3 stands alone; 4 is loaded, 5 named, not screened."""
    case.results_dir.mkdir()
    frame = pd.DataFrame({"order_id": ["2", "1", "3"], "group_id": ["G-1", "G-1", None]})
    frame.to_parquet(case.results_dir / "orders.parquet")
    pd.DataFrame({"group_id": ["G-1"]}).to_parquet(case.results_dir / "groups.parquet")
    for table, order_id in (("orders", "4"), ("notices", "5")):
        (case.tables_dir / table).mkdir(parents=True)
        one = pd.DataFrame({"order_id": [order_id]})
        one.to_parquet(case.tables_dir / table / "a.parquet")
    return case


def say(case, subject, subject_id, decision="hold", **more):
    given = {"reason": "seen", "who": "li", **more}
    return decide(case, subject=subject, subject_id=subject_id, decision=decision, **given)


def test_a_decision_is_there_for_whoever_opens_the_case_next(case):
    say(case, "order", "1", "defend", reason=" weighed ", who=" li ")
    row = decisions(open_case(case.path)).iloc[0]
    assert row[["subject", "subject_id", "decision", "reason", "who"]].tolist() == [
        "order",
        "1",
        "defend",
        "weighed",
        "li",
    ]
    assert (row["evidence"], row["order_ids"], row["seq"]) == ([], ["1"], 1)


def test_no_decision_gives_the_columns_and_no_rows(case):
    assert list(decisions(case)) == [
        "subject",
        "subject_id",
        "decision",
        "reason",
        "who",
        "at",
        "evidence",
        "order_ids",
        "seq",
        "hash",
        "batch",
    ]
    assert len(decisions(case)) == len(order_decisions(case)) == 0


def test_the_latest_counts_and_the_earlier_stay_in_the_events(case):
    say(case, "order", "1", "defend")
    say(case, "order", "1", "concede")
    assert decisions(case)["decision"].tolist() == ["concede"]
    assert len(events(case.database)) == 2
    assert verify_chain(case.database) == []


def test_an_order_s_own_decision_beats_its_group_s_even_when_older(case):
    say(case, "order", "2", "concede")
    say(case, "group", "G-1", "defend", order_ids=["1", "2"])
    found = order_decisions(case)
    assert found["order_id"].tolist() == ["1", "2"]
    assert found["decision"].tolist() == ["defend", "concede"]
    assert found["subject_id"].tolist() == ["G-1", "2"]


def test_of_two_groups_the_one_decided_last_counts(case):
    say(case, "group", "G-1", "defend", order_ids=["1"])
    say(case, "group", "G-2", "hold", order_ids=["1"])
    say(case, "group", "G-1", "concede", order_ids=["1"])
    assert order_decisions(case)["decision"].tolist() == ["concede"]


def test_members_of_a_group_are_kept_as_they_were(screened):
    say(screened, "group", "G-1")
    assert decisions(screened)["order_ids"][0] == ["1", "2"]
    (screened.results_dir / "orders.parquet").unlink()
    assert order_decisions(screened)["order_id"].tolist() == ["1", "2"]


@pytest.mark.parametrize("order_id", ["1", "3", "4", "5"])
def test_an_order_is_known_when_screened_loaded_or_named(screened, order_id):
    say(screened, "order", order_id)
    assert len(decisions(screened)) == 1


def test_all_that_is_wrong_is_said_at_once(screened):
    with pytest.raises(BadInput) as error:
        say(screened, "order", "9", "maybe", reason=" ", who="", evidence=["f" * 64])
    assert [problem.what for problem in error.value.problems] == [
        "Unknown decision 'maybe'",
        "A decision needs a reason",
        "A decision needs a name",
        "The case has no order 9",
        f"No evidence file {'f' * 64}",
    ]
    assert not screened.database.path.exists()


@pytest.mark.parametrize(
    ("subject", "subject_id", "more", "says"),
    [
        ("case", "", {}, "not of the whole case"),
        ("shop", "x", {}, "not 'shop'"),
        ("order", "", {}, "Which order is meant"),
        ("group", "G-9", {}, "no group G-9"),
        ("group", "G-1", {"order_ids": ["1", "9"]}, "no order 9"),
    ],
)
def test_unknown_subjects_are_refused(screened, subject, subject_id, more, says):
    with pytest.raises(BadInput, match=says):
        say(screened, subject, subject_id, **more)


def test_evidence_must_be_attached_and_not_withdrawn(case):
    sha256 = attach(case, b"scan", "a.pdf", subject="order", subject_id="1", who="li").sha256
    say(case, "order", "1", "defend", evidence=[sha256])
    assert decisions(case)["evidence"][0] == [sha256]
    withdraw(case, sha256, subject="order", subject_id="1", reason="wrong file", who="li")
    with pytest.raises(BadInput, match="No evidence file"):
        say(case, "order", "1", "defend", evidence=[sha256])


def standing_hash(case, subject_id="1"):
    return decisions(case).set_index("subject_id")["hash"][subject_id]


def body(case, seq):
    return json.loads(events(case.database).set_index("seq")["body"][seq])


def test_what_was_seen_is_written_down_and_the_next_may_follow(case):
    say(case, "order", "1", "defend", seen="")
    first = standing_hash(case)
    say(case, "order", "1", "concede", seen=first, who="wang")
    assert body(case, 1)["seen"] == ""
    assert body(case, 2)["seen"] == first
    assert "also_seen" not in body(case, 2)
    say(case, "order", "1", "hold", seen=standing_hash(case))
    assert body(case, 3)["also_seen"] == [first]


def test_a_decision_that_came_meanwhile_is_named_and_nothing_is_written(case):
    say(case, "order", "1", "concede", who="wang", reason="The parcel never moved.")
    with pytest.raises(Conflict) as error:
        say(case, "order", "1", "defend", seen="")
    (problem,) = error.value.problems
    when = decisions(case)["at"][0]
    assert problem.what == (
        f"wang decided 'concede' at {when:%Y-%m-%d %H:%M:%S} UTC (event 1): The parcel never moved."
    )
    assert problem.where == "order 1"
    assert error.value.stands["order", "1"].who == "wang"
    assert len(events(case.database)) == 1
    say(case, "order", "1", "defend", seen=error.value.stands["order", "1"].hash)
    assert decisions(case)["decision"].tolist() == ["defend"]


def test_a_group_s_decision_that_came_meanwhile_is_named_for_its_order(case):
    say(case, "group", "G-1", "concede", order_ids=["1"], who="wang")
    with pytest.raises(Conflict, match="wang decided 'concede' for the group G-1"):
        say(case, "order", "1", "defend", seen="")
    say(case, "order", "1", "defend", seen=order_decisions(case)["hash"][0])
    with pytest.raises(Conflict, match="li decided 'defend'"):
        say(case, "order", "1", "hold", seen=body(case, 2)["seen"])


def test_what_was_seen_and_taken_back_since_is_told(case):
    say(case, "order", "1", "defend")
    seen = standing_hash(case)
    undo(case, [1], who="wang", reason="wrong order")
    with pytest.raises(Conflict, match="taken back meanwhile"):
        say(case, "order", "1", "concede", seen=seen)


def test_several_orders_are_decided_as_one_batch(case):
    written = decide_many(case, ["2", "1", "2"], decision="hold", reason="asked", who="li")
    found = decisions(case)
    assert found["subject_id"].tolist() == ["2", "1"]
    assert found["order_ids"].tolist() == [["2"], ["1"]]
    assert found["seq"].tolist() == [event.seq for event in written] == [1, 2]
    assert found["batch"].nunique() == 1
    assert found["batch"][0]
    later = decide_many(case, ["3"], decision="hold", reason="asked", who="li")
    assert json.loads(later[0].body)["batch"] != found["batch"][0]


def test_of_a_batch_all_or_nothing_is_written_and_all_conflicts_are_named(case):
    say(case, "order", "2", "concede", who="wang")
    say(case, "order", "3", "concede", who="zhao")
    given = {"decision": "defend", "reason": "scans", "who": "li"}
    with pytest.raises(Conflict) as error:
        decide_many(case, ["1", "2", "3"], **given, seen={})
    assert [one.where for one in error.value.problems] == ["order 2", "order 3"]
    assert len(events(case.database)) == 2
    seen = {"2": standing_hash(case, "2"), "3": standing_hash(case, "3")}
    decide_many(case, ["1", "2", "3"], **given, seen=seen)
    assert order_decisions(case)["decision"].tolist() == ["defend"] * 3


def test_all_that_is_wrong_with_a_batch_is_said_at_once(screened):
    with pytest.raises(BadInput) as error:
        decide_many(screened, ["1", "8", "9"], decision="no", reason="", who="")
    assert [problem.what for problem in error.value.problems] == [
        "Unknown decision 'no'",
        "A decision needs a reason",
        "A decision needs a name",
        "The case has no order 8",
        "The case has no order 9",
    ]
    with pytest.raises(BadInput, match="Which orders are meant"):
        decide_many(screened, [], decision="hold", reason="r", who="li")


def test_an_earlier_day_can_be_shown(case):
    say(case, "order", "1", "defend")
    between = datetime.now(UTC)
    say(case, "order", "1", "concede")
    undo(case, [1], who="li", reason="typing error")
    assert decisions(case, between)["decision"].tolist() == ["defend"]
    assert order_decisions(case, between)["decision"].tolist() == ["defend"]
    assert decisions(case)["decision"].tolist() == ["concede"]
    assert decisions(case, datetime(2020, 1, 1, tzinfo=UTC)).empty


def test_of_two_who_decide_at_the_same_moment_one_is_told_of_the_other(case):
    """Each of four people decides the same twenty orders, all having seen nothing."""
    start, told = threading.Barrier(4), []

    def one_person(who):
        start.wait()
        for order in range(20):
            try:
                say(case, "order", str(order), "hold", who=who, seen="")
            except Conflict as error:
                told.append((who, error.stands["order", str(order)].who))

    people = [threading.Thread(target=one_person, args=(f"p{n}",)) for n in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(decisions(case)) == len(events(case.database)) == 20
    assert len(told) == 60
    assert all(who != other for who, other in told)
    assert verify_chain(case.database) == []
