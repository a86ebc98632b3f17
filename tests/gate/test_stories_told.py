import pytest

from workbench.case import append, create_case, decide
from workbench.case.answers import answer, answers
from workbench.gate.stories_told import offered, stories_told
from workbench.gate.verdict import Known

from .saying import EN, NOTHING, asked, told


@pytest.fixture
def case(tmp_path):
    return create_case(tmp_path / "case", platform="taobao")


def say(case, reason, decision="defend", order="1"):
    decide(case, subject="order", subject_id=order, decision=decision, reason=reason, who="Li")


def found(case, proven=()):
    return [(one.story.name, one.where, one.subject_id) for one in offered(case, proven)]


def test_the_reason_of_a_defence_is_read_and_of_a_concession_not(case):
    say(case, "好评返现活动")
    say(case, "好评返现活动", "concede", "2")
    say(case, "好评返现活动", "hold", "3")
    assert found(case) == [("cashback_for_praise", "decision", "1")]


def test_only_what_still_stands_is_read(case):
    say(case, "好评返现活动")
    say(case, "扫描与签收齐全")
    assert found(case) == []


def test_notes_and_answers_that_explain_are_read_too(case):
    append(case.database, who="Li", kind="note", subject_kind="case", body={"text": "误发空包"})
    text = "好评返现"
    answer(case, question="gate.7.abc", answer="yes", text=text, who="Li")
    answer(case, question="gate.8.abc", answer="yes", text="this is not cashback", who="Li")
    answer(case, question="F02", answer="yes", text=text, who="Li")
    assert found(case) == [("empty_parcel", "note", ""), ("cashback_for_praise", "answer", "")]


def test_a_story_holds_the_appeal_back_until_a_person_clears_it(case):
    say(case, "好评返现活动")
    verdict = stories_told(offered(case), "taobao", NOTHING)
    assert (verdict.state, list(verdict.orders)) == ("failed", ["1"])
    assert "Violation VC8: Money or gifts for set praise" in told(verdict)
    assert "违规 VC8：" in told(verdict, "zh")
    ((code, subject),) = asked(verdict)
    assert subject == ""
    assert code.startswith("gate.17.cashback_for_praise.")
    assert verdict.questions[0].quote == "好评返现活动"
    assert "好评返现" not in verdict.questions[0].ask(EN)

    answer(case, question=code, answer="yes", text="the platform's own campaign", who="Wang")
    known = Known(answers(case))
    assert stories_told(offered(case), "taobao", known).state == "passed"
    # Other words are another reading.
    say(case, "好评返现五元活动")
    assert stories_told(offered(case), "taobao", known).state == "failed"


def test_a_story_that_is_true_fails_whatever_else(case):
    say(case, "好评返现活动")
    code = stories_told(offered(case), "taobao", NOTHING).questions[0].code
    answer(case, question=code, answer="no", text="it is so", who="Wang")
    assert stories_told(offered(case), "taobao", Known(answers(case))).state == "failed"


def test_what_harms_elsewhere_is_told_and_holds_nothing_back(case):
    say(case, "帮线下客户下单")
    here = stories_told(offered(case), "taobao", NOTHING)
    assert (here.state, asked(here)) == ("passed", [])
    assert "Caution VC6:" in told(here)
    there = stories_told(offered(case), "lazada", NOTHING)
    assert there.state == "failed"
    assert "Violation VC6:" in told(there)


def test_nothing_offered_passes(case):
    say(case, "扫描与签收齐全")
    verdict = stories_told(offered(case), "taobao", NOTHING)
    assert verdict.state == "passed"
