from datetime import datetime

import pytest

from workbench.case.submissions import reply, submit
from workbench.procedure import record_request
from workbench.procedure.appeal_tests import (
    answered_in_time,
    decided_by_a_person,
    records_asked,
    victim_heard,
)

from .invented import make_facts, notice, rules

SENT = datetime(2026, 3, 2, 10, 0)


def sent(case, attempt=1, at=SENT):
    submit(case, attempt=attempt, sent_at=at, channel="后台", who="李")


def answered(case, at, attempt=1, reason="证据不足", human="unknown"):
    told = {"result": "rejected", "reason": reason, "human_review": human}
    reply(case, attempt=attempt, replied_at=at, who="李", **told)


def pack(days, confirmed=True):
    return rules(reply_days=(days, confirmed))


def with_pack(given):
    return {} if given is None else {"pack": given}


def asked(case, request, at):
    record_request(case, request=request, to="平台", sent_at=at, who="李")


def test_there_is_no_answer_to_an_appeal_that_was_not_sent(case, say):
    assert answered_in_time(make_facts(case), say).state == "not_applicable"


@pytest.mark.parametrize(
    ("rules", "state"),
    [
        (None, "needs_answer"),
        (pack(3), "needs_answer"),  # until 5 March, 10:00 in the first case below
        (pack(2, confirmed=False), "needs_answer"),
        (pack(2), "failed"),
    ],
)
def test_an_appeal_that_waits(case, say, rules, state):
    sent(case, at=datetime(2026, 3, 2, 13, 0))
    found = answered_in_time(make_facts(case, **with_pack(rules)), say)
    assert found.state == state
    assert "3 days" in found.told


@pytest.mark.parametrize(
    ("rules", "at", "reason", "state", "says"),
    [
        (pack(2), datetime(2026, 3, 4, 10, 0), "证据不足", "passed", "after 2 days of 2"),
        (pack(2), datetime(2026, 3, 4, 10, 1), "证据不足", "failed", "where 2 are promised"),
        (pack(2), datetime(2026, 3, 3, 10, 0), " ", "failed", "without a reason"),
        (None, datetime(2026, 3, 3, 10, 0), "", "failed", "without a reason"),
        (None, datetime(2026, 3, 3, 10, 0), "证据不足", "needs_answer", "not confirmed"),
        (pack(2, False), datetime(2026, 3, 5, 10, 0), "不足", "needs_answer", "after 3 days"),
    ],
)
def test_an_answer_in_time_and_with_reasons(case, say, rules, at, reason, state, says):
    sent(case)
    answered(case, at, reason=reason)
    found = answered_in_time(make_facts(case, **with_pack(rules)), say)
    assert found.state == state
    assert says in found.told


def test_the_newest_appeal_is_looked_at(case, say):
    sent(case)
    answered(case, datetime(2026, 3, 3), reason="")
    sent(case, attempt=2, at=datetime(2026, 3, 4))
    found = answered_in_time(make_facts(case), say)
    assert found.told == "The appeal of 2026-03-04 has not been answered for 1 days."


@pytest.mark.parametrize(
    ("human", "state"), [("yes", "passed"), ("no", "failed"), ("unknown", "needs_answer")]
)
def test_a_human_decision_that_was_asked_for(case, say, human, state):
    sent(case)
    asked(case, "human_review", datetime(2026, 3, 3))
    answered(case, datetime(2026, 3, 4), human=human)
    found = decided_by_a_person(make_facts(case), say)
    assert found.state == state
    assert "asked for on 2026-03-03" in found.told


def test_a_human_decision_is_no_matter_before_it_was_asked_for(case, say):
    sent(case)
    answered(case, datetime(2026, 3, 3), human="no")
    assert decided_by_a_person(make_facts(case), say).state == "not_applicable"
    # What was answered before cannot have heeded it.
    asked(case, "human_review", datetime(2026, 3, 4))
    found = decided_by_a_person(make_facts(case), say)
    assert (found.state, "for 1 days no answer" in found.told) == ("needs_answer", True)


def test_records_that_were_asked_for(case, say):
    assert "not been asked for yet" in records_asked(make_facts(case), say).told
    asked(case, "data", datetime(2026, 3, 1))
    found = records_asked(make_facts(case), say)
    assert (found.state, "2026-03-01, 4 days ago" in found.told) == ("needs_answer", True)


def test_a_report_before_the_measure(case, say):
    assert victim_heard(make_facts(case), say).state == "not_applicable"
    asked(case, "victim_report", datetime(2026, 3, 1, 8, 0))
    late = victim_heard(make_facts(case), say)
    assert (late.state, "not before the measure of 2026-03-01" in late.told) == (
        "not_applicable",
        True,
    )
    asked(case, "victim_report", datetime(2026, 2, 24, 8, 0))
    early = victim_heard(make_facts(case), say)
    assert early.state == "failed"
    assert "on 2026-02-24, 5 days before the measure of 2026-03-01" in early.told
    undated = make_facts(case, notice(decided_at=None, issued_at=None))
    assert victim_heard(undated, say).state == "needs_answer"
