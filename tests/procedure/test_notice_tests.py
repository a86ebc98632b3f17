from datetime import date, datetime
from decimal import Decimal

import pytest

from workbench.procedure.measure_tests import blacklist_told, measure_ended, measure_period
from workbench.procedure.notice_tests import (
    appeal_open,
    clause_cited,
    facts_stated,
    limits_known,
    punished_once,
    reasons_given,
)

from .invented import make_facts, notice, rules

WHOLE = "关于违规的通知：……"


def facts(case, pack=None, others=(), **told):
    more = {} if pack is None else {"pack": pack}
    return make_facts(case, notice(**told), others=others, **more)


@pytest.mark.parametrize(
    ("clause", "name", "partly", "state"),
    [
        ("《市场管理规则》第十二条", None, None, "passed"),
        ("第64条", "市场管理规则", None, "passed"),
        ("3.2.1", "Fake Order Policy", None, "passed"),
        ("第5条", "刷单治理标准", None, "passed"),
        ("Article 5 of the Fair Trading Policy", None, None, "passed"),
        ("第 六十四 条", None, "names a clause, but not of which rule", "flawed"),
        ("平台规则 虚假交易（样例条款）", None, "but no clause of it is seen", "flawed"),
        ("虚假交易", None, "a basis without rule or clause", "flawed"),
        (None, None, "names no rule or clause", "flawed"),
        # Neither a date nor an amount is a clause.
        ("规则（2026年3月2日）扣5.00元", None, "but no clause of it is seen", "flawed"),
    ],
)
def test_a_rule_is_cited_by_name_and_clause(case, say, clause, name, partly, state):
    loaded = clause_cited(facts(case, rule_clause=clause, rule_name=name), say)
    whole = clause_cited(facts(case, rule_clause=clause, rule_name=name, text=WHOLE), say)
    if state == "passed":
        assert (loaded.state, whole.state) == ("passed", "passed")
    else:
        # A table that lacks a column says nothing of the notice; a notice read whole does.
        assert (loaded.state, whole.state) == ("needs_answer", "failed")
        assert partly in loaded.told
        assert partly in whole.told


def test_the_orders_and_the_conduct_have_to_be_stated(case, say):
    found = facts_stated(facts(case), say)
    assert found.state == "passed"
    assert found.told == (
        "The notice lists 3 orders, all found, placed from 2026-02-03 to 2026-02-05; it alleges: "
        "虚假交易."
    )
    assert facts_stated(facts(case, order_ids=()), say).state == "needs_answer"
    assert facts_stated(facts(case, order_ids=(), text=WHOLE), say).state == "failed"
    silent = {"violation": None, "text": WHOLE}
    assert "3 orders, but no conduct" in facts_stated(facts(case, **silent), say).told
    assert facts_stated(facts(case, **silent), say).state == "failed"
    said = facts_stated(facts(case, **silent, facts_stated="同一设备下单"), say)
    assert (said.state, "同一设备下单" in said.told) == ("passed", True)


def test_orders_that_the_data_lack_are_told_and_asked_about(case, say):
    found = facts_stated(facts(case, order_ids=("1001", "7777", "8888")), say)
    assert found.state == "needs_answer"
    assert found.told == (
        "Of 3 orders that the notice lists, 2 are not in the loaded data: 7777, 8888."
    )
    many = tuple(str(n) for n in range(70000, 70009))
    assert "are not in the loaded data: 70000, 70001, 70002, 70003, 70004 …." in (
        facts_stated(facts(case, order_ids=many), say).told
    )


def test_an_order_number_that_a_copy_changed_is_found(case, say):
    assert facts_stated(facts(case, order_ids=("'1001", "１００２")), say).state == "passed"


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({"facts_stated": "买家收货地址相同，运单重量异常"}, "passed"),
        ({"facts_stated": "经系统判定，存在虚假交易"}, "failed"),
        ({"facts_stated": "经系统判定，多笔订单使用同一设备"}, "passed"),
        ({"facts_stated": "您的店铺违规"}, "needs_answer"),
        ({"facts_stated": "您的店铺违规", "text": WHOLE}, "needs_answer"),
        ({}, "needs_answer"),
        ({"violation": "系统判定虚假交易"}, "failed"),
        ({"evidence_shown_by_platform": ("tracking data does not match",)}, "passed"),
    ],
)
def test_reasons_are_more_than_a_set_phrase(case, say, told, state):
    assert reasons_given(facts(case, **told), say).state == state


def test_reasons_tell_what_was_seen(case, say):
    found = reasons_given(facts(case, facts_stated="收货地址相同，运单重量异常"), say)
    assert found.told == "The reasons speak of: parcels, consignees, addresses or accounts."
    phrase = reasons_given(facts(case, facts_stated="经系统判定"), say)
    assert "a set phrase (“经系统判定”)" in phrase.told


@pytest.mark.parametrize(
    ("pack", "state", "says"),
    [
        (None, "needs_answer", "how many the rule promises is not known"),
        (rules(appeal_days=(7, True)), "passed", "7 days; the rule promises 7"),
        (rules(appeal_days=(7, False)), "needs_answer", "7, which nobody has confirmed"),
        (rules(appeal_days=(8, True)), "failed", "7 days only, where the rule promises 8"),
        (rules(appeal_days=(8, False)), "needs_answer", "8, which nobody has confirmed"),
    ],
)
def test_the_time_for_an_appeal_is_held_against_the_rule(case, say, pack, state, says):
    # From 2 March to 9 March.
    found = appeal_open(facts(case, pack), say)
    assert found.state == state
    assert says in found.told


def test_a_notice_without_a_deadline(case, say):
    assert appeal_open(facts(case, appeal_deadline=None), say).state == "needs_answer"
    assert appeal_open(facts(case, appeal_deadline=None, text=WHOLE), say).state == "failed"
    undated = facts(case, issued_at=None, decided_at=None)
    assert "no date to count from" in appeal_open(undated, say).told
    received = facts(case, issued_at=None, received_at=datetime(2026, 3, 4))
    assert "from 2026-03-04 to 2026-03-09, 5 days" in appeal_open(received, say).told


def test_limits_are_for_a_person_to_judge(case, say):
    assert limits_known(facts(case), say).told == "The notice allows 2 appeals for 3 orders."
    assert limits_known(facts(case, attempts_allowed=None), say).state == "needs_answer"


def test_the_same_orders_in_two_notices(case, say):
    other = notice(notice_id="N-0", order_ids=("7", "'1003", "1001"))
    apart = notice(notice_id="N-2", order_ids=("7", "8"))
    assert punished_once(facts(case), say).state == "needs_answer"
    assert punished_once(facts(case, others=(apart,)), say).state == "passed"
    found = punished_once(facts(case, others=(apart, other)), say)
    assert found.state == "failed"
    assert found.told == "2 of the orders stand in notice N-0 too: 1001, 1003."


@pytest.mark.parametrize(
    ("told", "end"),
    [
        ({"measure": "商品降权30天"}, date(2026, 3, 31)),
        ({"measure": "店铺屏蔽7日", "measure_start": datetime(2026, 3, 5)}, date(2026, 3, 12)),
        ({"measure": "search demotion for 14 days"}, date(2026, 3, 15)),
        ({"measure": "降权30天", "measure_end": datetime(2026, 3, 20, 8)}, date(2026, 3, 20)),
        ({"measure": "删除销量"}, None),
        ({"measure": None}, None),
        ({"decided_at": None, "issued_at": None}, None),
    ],
)
def test_the_end_of_a_measure(case, told, end):
    assert measure_period(facts(case, **told)) == end


def test_a_measure_beyond_its_period_is_asked_about(case, say):
    # Today is 2026-03-05.
    assert measure_ended(facts(case), say).state == "not_applicable"
    last = measure_ended(facts(case, measure_end=datetime(2026, 3, 5)), say)
    assert last.state == "not_applicable"
    over = measure_ended(facts(case, measure_end=datetime(2026, 3, 4)), say)
    assert over.state == "needs_answer"
    assert "ended on 2026-03-04, 1 days ago" in over.told
    assert measure_ended(facts(case, measure=None), say).state == "needs_answer"


def test_a_blacklist_needs_its_duration_and_a_way_to_appeal(case, say):
    assert blacklist_told(facts(case), say).state == "not_applicable"
    assert blacklist_told(facts(case, measure=None), say).state == "needs_answer"
    told = blacklist_told(facts(case, measure="列入主播黑名单90天"), say)
    assert (told.state, told.told) == (
        "passed",
        "The blacklist ends on 2026-05-30, and an appeal is open until 2026-03-09.",
    )
    bare = {"measure": "列入主播黑名单", "appeal_deadline": None}
    found = blacklist_told(facts(case, **bare, text=WHOLE), say)
    assert found.state == "failed"
    assert found.told.endswith("lacks its duration, a deadline of the appeal.")
    assert blacklist_told(facts(case, **bare), say).state == "needs_answer"


def test_what_the_notice_says_of_money_and_of_people_counts_too(case, say):
    from workbench.procedure.appeal_tests import decided_by_a_person
    from workbench.procedure.rule_tests import damages_explained, proportion, version_on_conduct

    told = proportion(facts(case, money_withheld=Decimal("175")), say).told
    assert told.endswith("Charged or withheld: 175.00 CNY, 50.0% of that worth.")
    money = facts(case, measure="删除销量", money_withheld=Decimal("175"))
    assert damages_explained(money, say).state == "needs_answer"
    asked = facts(case, human_review_requested_at=datetime(2026, 3, 3))
    assert "asked for on 2026-03-03" in decided_by_a_person(asked, say).told
    version = version_on_conduct(facts(case, rule_version_date=date(2026, 2, 4)), say)
    assert version.told.startswith("The cited version took effect on 2026-02-04, but 1 of 3")
