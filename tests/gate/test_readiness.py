import shutil
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from workbench.case import add_note, append, attach, decide, open_case
from workbench.case.answers import answer
from workbench.case.sign_off import sign_off
from workbench.case.submissions import reply, submit
from workbench.engine import connect
from workbench.gate import checks, lacking, may_send, refusing
from workbench.tables import memory_tables

from .ready_case import (
    ANALYST,
    DEFENDED,
    READER,
    assessment,
    frames,
    make_case,
    make_ready,
    slip,
    tables_of,
)


def look(case, **more):
    return checks(case, tables_of(case), assessment(), **more).set_index("check")


def with_tables(case, changed):
    """The checks of a case that was worked on, had its shop given other tables."""
    frames_ = {name: one for name, one in {**frames(), **changed}.items() if len(one)}
    tables = memory_tables(connect(), frames_)
    return checks(case, tables, assessment()).set_index("check")


def held(frame):
    return sorted(refusing(frame.reset_index())["check"])


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory):
    """The ready case, for tests that only read it."""
    return make_ready(tmp_path_factory.mktemp("ready"))


@pytest.fixture
def case(kept, tmp_path: Path):
    """A copy of the ready case that a test may change."""
    shutil.copytree(kept.path, tmp_path / "case")
    return open_case(tmp_path / "case")


@pytest.fixture(scope="module")
def whole(kept):
    return look(kept)


def test_a_case_that_lacks_nothing_may_be_sent(whole):
    states = whole["state"].to_dict()
    # Nobody has signed yet; that holds nothing back, and is told.
    assert {n for n, state in states.items() if state != "passed"} == {15}
    assert may_send(whole)
    assert lacking(whole, "zh") == []


def test_all_nineteen_are_told_in_both_languages(whole):
    assert whole.index.tolist() == list(range(1, 20))
    for name in ("title", "do"):
        assert whole[f"{name}_zh"].ne(whole[f"{name}_en"]).all()
    assert whole["zh"].str.len().gt(0).all()
    assert whole["en"].str.endswith(".").all()


def test_the_figures_are_those_of_the_case(whole):
    told = whole["en"]
    assert "whole days left: 9; attempts left: 2." in told[1]
    assert told[3] == "Of 2 orders that the notice names, the data hold 2."
    assert told[4] == "Defended orders with enough evidence: 2 of 2."
    assert told[5].startswith("Defended orders: 2; that differ")
    assert told[12] == "Orders to defend: 2; to concede: 0; on hold: 0."
    assert "Pictures: 1; with a fault: 0; looked at by a person: 1." in told[9]


def test_a_second_reader_completes_it_and_any_change_undoes_that(case):
    sign_off(case, who=READER)
    assert look(case)["state"].eq("passed").all()
    answer(case, question="gate.16", answer="yes", text="another plan", who=ANALYST)
    assert look(case)["state"][15] == "failed"


def without(name, **columns):
    frame = frames()[name]
    return {name: frame.assign(**columns)}


SPOILED = {
    "wrong data": {
        **without("notices", appeal_deadline="2026-01-09 23:00:00"),  # 1
        **without("shipments", phone="13900000000"),  # 5
        **without("shipment_events", occurred_at="2025-12-31 12:00:00"),  # 6
        **without("orders", refund_amount="5", seller_memo="好评返现5元"),  # 7 and 8
    },
    "no data": {
        **dict.fromkeys(("notices", "shipments", "shipment_events", "payments", "messages"), ()),
        "orders": frames()["orders"].drop(columns="seller_memo"),
    },
}


@pytest.mark.parametrize(("spoiled", "state"), [("wrong data", "failed"), ("no data", None)])
def test_faults_and_gaps_of_the_data_hold_the_appeal_back(kept, spoiled, state):
    frame = with_tables(kept, SPOILED[spoiled])
    assert held(frame) == [1, 5, 6, 7, 8] if state else {1, 3, 5, 6, 7, 8} <= set(held(frame))
    assert not may_send(frame)
    if state:
        assert {frame["state"][n] for n in (1, 5, 6, 7, 8)} == {state}
    else:
        # What is absent is never a pass, and never held against the shop either.
        assert {frame["state"][n] for n in (3, 5, 6, 7, 8)} == {"needs_answer"}


def test_an_order_that_the_data_lack_is_named(kept):
    notices = pd.concat([frames()["notices"], frames()["notices"].tail(1).assign(order_id="9999")])
    frame = with_tables(kept, {"notices": notices})
    assert frame["orders"][3] == ["9999"]
    assert frame["orders"][12] == ["9999"]
    assert {3, 12} <= set(held(frame))


def test_stock_is_asked_for_and_holds_nothing_back(kept):
    frame = with_tables(kept, {"purchases": frames()["purchases"].assign(quantity=5)})
    assert frame["state"][11] == "needs_answer"
    assert held(frame) == []


def test_nothing_decided_is_far_from_ready(tmp_path: Path):
    frame = look(make_case(tmp_path))
    assert {4, 5, 6, 7, 9, 12, 13, 19} <= set(held(frame))
    assert frame["orders"][12] == list(DEFENDED)
    assert all(text for text in lacking(frame.reset_index(), "zh"))


def test_each_fault_of_the_work_holds_the_appeal_back(case):
    file = attach(
        case, slip(kind=0), "bw.png", subject="order", subject_id="1001", codes=["E03"],
        copy="original", who=ANALYST,
    )  # fmt: skip
    decide(
        case, subject="order", subject_id="1001", decision="defend", reason="这几单是补单",
        who=ANALYST,
    )  # fmt: skip
    decide(case, subject="order", subject_id="1003", decision="defend", reason="r", who=ANALYST)
    add_note(case, "误发空包", who=ANALYST)
    answer(case, question="gate.13", answer="no", who=READER)
    submit(case, attempt=1, sent_at=datetime(2026, 1, 9, 12), channel="form", who=ANALYST)
    frame = look(case)
    # Nothing speaks for 1003.
    assert held(frame) == [1, 4, 9, 13, 17, 19]
    assert frame["orders"][4] == ["1003"]
    assert file.sha256[:12] in frame["en"][9]
    assert [one["quote"] for one in frame["questions"][17]] == ["这几单是补单", "误发空包"]


def test_an_unmasked_pack_needs_a_decision(case):
    assert held(look(case, masked=False)) == [13]
    body = {"reason": "the platform asks for whole numbers", "scope": "pack"}
    append(case.database, who=READER, kind="unmasked", subject_kind="case", body=body)
    assert held(look(case, masked=False)) == []


def test_a_rejected_letter_without_anything_new_is_held_back(case):
    submit(case, attempt=1, sent_at=datetime(2026, 1, 9, 12), channel="form", who=ANALYST)
    reply(case, attempt=1, result="rejected", replied_at=datetime(2026, 1, 10), who=ANALYST)
    frame = look(case)
    assert held(frame) == [18]
    (asked,) = frame["questions"][18]
    assert (asked["code"], asked["state"]) == ("gate.18", "needs_answer")


def test_questions_carry_the_answer_that_stands(whole):
    (asked,) = whole["questions"][16]
    assert (asked["code"], asked["answer"], asked["who"]) == ("gate.16", "yes", ANALYST)
    assert asked["text"] == "new weights, then a human decision"
    assert asked["state"] == "passed"


def test_what_strangers_wrote_stands_in_no_sentence(kept):
    frame = with_tables(kept, without("orders", seller_memo="好评返现5元 张三 13812341001"))
    assert "13812341001" in frame["questions"][8][0]["quote"]
    for language in ("zh", "en"):
        assert "13812341001" not in "".join(frame[language])


def test_an_answer_of_an_earlier_decision_does_not_cover_a_later_one(case):
    no_phone = {"shipments": frames()["shipments"].drop(columns="phone")}
    answer(case, question="gate.5", answer="yes", text="all slips compared", who=READER)
    assert held(with_tables(case, no_phone)) == []
    decide(case, subject="order", subject_id="1002", decision="defend", reason="again", who=ANALYST)
    frame = with_tables(case, no_phone)
    assert frame["state"][5] == "needs_answer"
    assert frame["orders"][5] == ["1002"]
