import json

import pandas as pd
import pytest

from workbench.case import append, attach, create_case, decide, events
from workbench.case.answers import answer
from workbench.case.sign_off import deciders, sign_off, sign_offs, state_hash
from workbench.errors import BadInput


@pytest.fixture
def case(tmp_path):
    made = create_case(tmp_path / "case")
    say(made)
    return made


def say(case, decision="defend", who="Li"):
    decide(case, subject="order", subject_id="1", decision=decision, reason="r", who=who)


def stands(case):
    return sign_offs(case)[["who", "current", "second_person"]].to_numpy().tolist()


def test_a_second_person_signs_what_stands(case):
    sign_off(case, who="Wang", text=" read ")
    assert stands(case) == [["Wang", True, True]]
    row = sign_offs(case).iloc[0]
    assert (row["text"], row["state"]) == ("read", state_hash(case))


@pytest.mark.parametrize("who", ["Li", " li ", "ＬＩ", "LI"])
def test_who_decided_cannot_be_the_second_reader(case, who):
    with pytest.raises(BadInput, match="decided on these orders"):
        sign_off(case, who=who)
    assert sign_offs(case).empty


def test_whoever_decides_after_signing_is_no_second_person_any_more(case):
    sign_off(case, who="Wang")
    say(case, "hold", who="Wang")
    assert stands(case) == [["Wang", False, False]]
    assert deciders(case) == {"li", "wang"}


def test_an_undecided_case_and_an_empty_name_are_refused(tmp_path):
    empty = create_case(tmp_path / "empty")
    with pytest.raises(BadInput) as caught:
        sign_off(empty, who=" ")
    assert len(caught.value.problems) == 2


CHANGES = {
    "decision": lambda case: say(case, "hold"),
    "the same decision anew": lambda case: say(case),
    "evidence": lambda case: attach(case, b"x", "a", subject="order", subject_id="1", who="Li"),
    "answer": lambda case: answer(case, question="F02", answer="yes", who="Li"),
    "notice": lambda case: append(
        case.database, who="Li", kind="notice", subject_kind="case",
        body={"sha256": "", "fields": {"notice_id": "N"}},
    ),
    "undo": lambda case: append(
        case.database, who="Li", kind="undo", subject_kind="case",
        body={"events": [events(case.database)["identity"].iloc[0]], "reason": "wrong"},
    ),
    "tables": lambda case: (case.tables_dir / "loads.json").write_text(
        json.dumps({"orders": ["c" * 64]}), "utf-8"
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_any_later_change_makes_a_sign_off_stale(case, change):
    case.tables_dir.mkdir(exist_ok=True)
    sign_off(case, who="Wang")
    CHANGES[change](case)
    assert sign_offs(case)["current"].tolist() == [False]
    if change != "undo":
        sign_off(case, who="Wang")
        assert sign_offs(case)["current"].tolist() == [False, True]


@pytest.mark.parametrize("kind", ["note", "sign_off", "export"])
def test_what_is_not_sent_changes_nothing(case, kind):
    sign_off(case, who="Wang")
    body = {
        "note": {"text": "call the carrier"},
        "sign_off": {"state": "d" * 64, "text": ""},
        "export": {"name": "a", "sha256": "e" * 64, "seal": "", "masked": True, "final": False},
    }[kind]
    append(case.database, who="Zhao", kind=kind, subject_kind="case", body=body)
    assert sign_offs(case)["current"].tolist()[0]


def test_the_state_of_an_earlier_day_can_be_told(case):
    before = state_hash(case)
    at = events(case.database)["at"].iloc[-1].to_pydatetime()
    say(case, "hold")
    assert state_hash(case) != before
    assert state_hash(case, until=at) == before
    assert isinstance(sign_offs(case, until=at), pd.DataFrame)
