import pandas as pd
import pytest

from workbench.case import (
    attach,
    create_case,
    decide,
    decisions,
    events,
    open_case,
    order_decisions,
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
