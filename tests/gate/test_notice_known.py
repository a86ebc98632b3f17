from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest

from workbench.gate.notice_known import notice_known, rule_archived
from workbench.notice import Notice
from workbench.procedure import RuleVersion

from .saying import EN, NOTHING, asked, known, told

NOW = datetime(2026, 1, 9, 9, 0)
NOTICE = {
    "notice_id": "N-7",
    "platform": "淘宝",
    "violation": "虚假交易",
    "rule_clause": "第六十四条",
    "issued_at": datetime(2026, 1, 5, 8, 0),
    "decided_at": None,
    "appeal_deadline": datetime(2026, 1, 12, 8, 0),
    "attempts_allowed": 3,
    "attempts_used": 1,
    "measure": None,
    "order_ids": ("1",),
}
SENT = pd.DataFrame({"attempt": [], "result": []}).astype({"attempt": "int64", "result": object})


def notice(**changed):
    return Notice(**{**NOTICE, **changed})


def sent(*rows):
    return pd.DataFrame(rows, columns=["attempt", "result"])


def test_a_whole_notice_in_time_passes_and_says_what_is_left():
    verdict = notice_known(notice(), SENT, NOW)
    assert verdict.state == "passed"
    # Two days and 23 hours are two whole days; one of three attempts was used.
    assert told(verdict) == (
        "Notice N-7, 第六十四条: to be answered by 2026-01-12 08:00; whole days left: 2; "
        "attempts left: 2."
    )


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"rule_clause": None}, "names no rule or clause"),
        ({"appeal_deadline": None}, "states no deadline"),
        ({"attempts_allowed": None}, "not known how many appeals"),
        ({"attempts_used": None}, "not known how many appeals"),
        ({"attempts_used": 3}, "have been used"),
        ({"appeal_deadline": datetime(2026, 1, 9, 8, 59)}, "deadline for the appeal has passed"),
    ],
)
def test_whatever_an_appeal_needs_is_missed(changed, says):
    verdict = notice_known(notice(**changed), SENT, NOW)
    assert verdict.state == "failed"
    assert says in told(verdict)
    assert told(verdict).count(".") == 1


def test_no_notice_is_no_ground_to_appeal():
    assert notice_known(None, SENT, NOW).state == "failed"


def test_the_last_minute_still_counts():
    last = replace(notice(), appeal_deadline=NOW)
    assert notice_known(last, SENT, NOW).state == "passed"


def test_attempts_that_were_recorded_here_count():
    assert "attempts left: 1." in told(notice_known(notice(), sent((2, "rejected")), NOW))
    used = notice_known(notice(), sent((2, "rejected"), (3, "rejected")), NOW)
    assert "have been used" in told(used)


def test_a_pending_appeal_holds_back_the_next():
    verdict = notice_known(notice(), sent((1, "rejected"), (2, "")), NOW)
    assert verdict.state == "failed"
    assert told(verdict) == (
        "Attempt 2 still waits for its answer: a second one would not be taken."
    )


def test_what_was_accepted_is_not_appealed_again():
    assert "accepted" in told(notice_known(notice(), sent((2, "accepted")), NOW))


def files(*rows):
    frame = pd.DataFrame(rows, columns=["codes", "name", "note"])
    return frame.assign(sha256=["c" * 64] * len(frame))


SPAN = (datetime(2026, 1, 1), datetime(2026, 1, 3))


def test_a_captured_copy_of_the_rule_is_enough():
    kept = files((["E29"], "a.pdf", "淘宝网市场管理与违规处理规范"))
    verdict = rule_archived(kept, [], SPAN, NOTHING)
    assert verdict.state == "passed"
    assert asked(verdict) == []
    assert told(verdict) == "Copies of the rule that are kept: 1."


@pytest.mark.parametrize(
    "row",
    [
        (["E01"], "rules.pdf", "规则"),  # another kind of paper
        (["E29"], "page.pdf", "product page"),  # another page
    ],
)
def test_other_papers_are_no_copy_of_the_rule(row):
    verdict = rule_archived(files(row), [], SPAN, NOTHING)
    assert verdict.state == "needs_answer"
    assert asked(verdict) == [("gate.2", "")]


def test_a_person_may_say_where_it_is_kept():
    question = rule_archived(files(), [], SPAN, NOTHING).questions[0]
    assert "from 2026-01-01 to 2026-01-03" in question.ask(EN)
    assert rule_archived(files(), [], None, known((question, "yes", "binder 3"))).state == "passed"
    assert rule_archived(files(), [], SPAN, known((question, "no", ""))).state == "failed"


def test_an_appeal_that_the_notice_knows_of_is_asked_for():
    verdict = notice_known(notice(pending_appeal=True), SENT, NOW)
    assert verdict.state == "failed"
    assert "an appeal is under way" in told(verdict)
    # One that was recorded here and answered since is over.
    assert notice_known(notice(pending_appeal=True), sent((1, "rejected")), NOW).state == "passed"


def version(start, end=None, sha256="c" * 64):
    return RuleVersion("规则", "", start, end, None, None, True, sha256, "")


@pytest.mark.parametrize(
    ("versions", "state"),
    [
        ([version(date(2025, 6, 1))], "passed"),
        ([version(date(2026, 1, 1), date(2026, 1, 3))], "passed"),
        ([version(date(2026, 1, 2))], "needs_answer"),  # the first order came before
        ([version(date(2025, 1, 1), date(2026, 1, 2))], "needs_answer"),
        ([version(date(2025, 6, 1), sha256="")], "needs_answer"),  # no copy was taken
        ([version(date(2025, 6, 1), sha256="d" * 64)], "needs_answer"),  # it is not here
    ],
)
def test_a_recorded_version_must_have_held_on_every_day_and_be_kept(versions, state):
    page = files((["E29"], "a.pdf", "违规处理规范"))
    assert rule_archived(page, versions, SPAN, NOTHING).state == state
