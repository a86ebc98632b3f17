from datetime import date, datetime

import pandas as pd
import pytest

from workbench.case.submissions import reply, submit
from workbench.errors import BadInput
from workbench.procedure import STEPS, answer_step, ladder, record_request
from workbench.procedure.ladder_clocks import years_after

from .invented import make_case, notice

NOW = datetime(2026, 3, 5, 12, 0)


def states(case, told=None, now=NOW):
    frame = ladder(told or notice(), case, now)
    return dict(zip(frame["step"], frame["state"], strict=True))


def row(case, step, told=None, now=NOW):
    return ladder(told or notice(), case, now).set_index("step").loc[step]


def sent(case, attempt=1, at=datetime(2026, 3, 3, 9)):
    submit(case, attempt=attempt, sent_at=at, channel="后台", who="李")


def answered(case, result="rejected", attempt=1, at=datetime(2026, 3, 4, 9), human="unknown"):
    told = {"result": result, "reason": "不足", "human_review": human}
    reply(case, attempt=attempt, replied_at=at, who="李", **told)


def asked(case, request, at=datetime(2026, 3, 4, 10)):
    record_request(case, request=request, to="谁", sent_at=at, who="李")


def test_the_first_step_is_now_the_second_next(case):
    assert states(case) == {
        "appeal": "now",
        "human_review": "next",
        "dispute_mechanism": "later",
        "mediation": "later",
        "regulator_complaint": "later",
        "preservation": "later",
        "suit": "later",
    }


def test_each_step_is_told_in_both_languages_with_its_law_and_how_sure_it_is(case):
    frame = ladder(notice(), case, NOW)
    for one in frame.to_dict("records"):
        told = (one["zh"], one["en"], one["clock_zh"], one["clock_en"], one["hook_zh"])
        assert all((*told, one["hook_en"], one["source"])), one["step"]
        assert one["confidence"] in ("V", "V-sec", "G")
    assert row(case, "human_review")["source"] == "O116.human; O116.review; EC.59"


def test_the_appeal_tells_its_deadline_and_the_attempts_that_are_left(case):
    one = row(case, "appeal")
    assert one["clock"] == pd.Timestamp("2026-03-09 09:00")
    # From 5 March 12:00 to 9 March 09:00 there are three whole days.
    assert one["clock_en"] == "Until 2026-03-09 09:00: 3 whole days left. Attempts left: 2."
    unknown = row(case, "appeal", notice(appeal_deadline=None, attempts_allowed=None))
    assert pd.isna(unknown["clock"])
    assert unknown["clock_en"] == (
        "The notice as loaded states no deadline. How many attempts are left is not known."
    )


def test_a_deadline_that_passed_closes_the_appeal_and_the_next_step_is_now(case):
    last = datetime(2026, 3, 9, 9, 0)
    assert states(case, now=last)["appeal"] == "now"
    found = states(case, now=last.replace(second=1))
    assert (found["appeal"], found["human_review"]) == ("closed", "now")
    assert "The deadline passed on" in row(case, "appeal", now=datetime(2026, 3, 10))["clock_en"]


def test_what_was_sent_waits_and_what_may_be_asked_besides_is_next(case):
    sent(case)
    found = states(case)
    assert (found["appeal"], found["human_review"]) == ("now", "next")
    assert row(case, "appeal")["clock_en"] == "Sent on 2026-03-03; waiting for 2 days."


def test_a_rejection_leaves_the_attempts_that_are_left(case):
    sent(case)
    answered(case)
    assert states(case)["appeal"] == "now"
    assert "Attempts left: 1." in row(case, "appeal")["clock_en"]
    sent(case, attempt=2, at=datetime(2026, 3, 4, 10))
    answered(case, attempt=2, at=datetime(2026, 3, 5, 9))
    found = states(case)
    assert (found["appeal"], found["human_review"]) == ("done", "now")


def test_an_accepted_appeal_ends_the_ladder(case):
    sent(case)
    answered(case, "accepted")
    found = states(case)
    assert found.pop("appeal") == "done"
    assert set(found.values()) == {"closed"}
    assert row(case, "suit")["clock_en"] == "Not needed: the platform accepted the appeal."


def test_an_appeal_accepted_in_part_goes_on(case):
    sent(case)
    answered(case, "partly")
    assert states(case)["appeal"] == "now"


def test_what_was_asked_for_waits_until_somebody_says_that_it_is_over(case):
    told = notice(attempts_allowed=1)
    sent(case)
    answered(case)
    asked(case, "human_review")
    asked(case, "regulator_complaint")
    found = states(case, told)
    assert (found["appeal"], found["human_review"], found["dispute_mechanism"]) == (
        "done",
        "now",
        "next",
    )
    assert (found["mediation"], found["regulator_complaint"]) == ("later", "now")
    waiting = row(case, "human_review", told)
    assert waiting["clock_en"] == "Asked for on 2026-03-04; waiting for 1 days."
    assert waiting["asked_at"] == pd.Timestamp("2026-03-04 10:00")
    answer_step(case, "human_review", "no", "没有回音", who="李")
    answer_step(case, "dispute_mechanism", "not_applicable", "平台没有", who="李")
    answer_step(case, "regulator_complaint", "yes", who="李")
    found = states(case, told)
    assert (found["human_review"], found["dispute_mechanism"]) == ("done", "closed")
    assert (found["mediation"], found["regulator_complaint"]) == ("now", "done")
    assert found["preservation"] == "next"


def test_a_human_decision_is_done_when_a_person_decided(case):
    sent(case)
    answered(case, human="yes")
    assert states(case)["human_review"] == "done"


def test_a_human_decision_is_a_duty_only_while_order_116_is_in_force(tmp_path):
    case = make_case(tmp_path, datetime(2026, 1, 31, 12))
    told = notice(
        decided_at=datetime(2026, 1, 28), issued_at=datetime(2026, 1, 29), appeal_deadline=None
    )
    before = row(case, "human_review", told, datetime(2026, 1, 31, 23, 59))
    after = row(case, "human_review", told, datetime(2026, 2, 1))
    assert before["source"] == "EC.59"
    assert "no duty of a human decision was in force yet" in before["en"]
    assert "尚未施行" in before["zh"]
    assert after["source"] == "O116.human; O116.review; EC.59"
    assert after["en"].endswith("ask in writing that a person decides")


def test_limitation_runs_three_years_from_the_notice(case):
    one = row(case, "suit")
    assert one["clock"] == pd.Timestamp("2029-03-02 23:59:59")
    assert one["clock_en"].startswith("Until 2029-03-02: three years from 2026-03-02")
    assert states(case, now=datetime(2029, 3, 2, 23, 59, 59))["suit"] != "closed"
    late = datetime(2029, 3, 3)
    assert states(case, now=late)["suit"] == "closed"
    assert "unless something interrupted them" in row(case, "suit", now=late)["clock_en"]
    undated = row(case, "suit", notice(issued_at=None, decided_at=None))
    assert pd.isna(undated["clock"])
    assert "no day to count from" in undated["clock_en"]


def test_without_a_notice_the_ladder_still_stands(case):
    frame = ladder(None, case, NOW)
    assert list(frame["step"]) == list(STEPS)
    assert frame["clock"].isna().all()


def test_an_earlier_day_is_shown_as_it_stood(case):
    asked(case, "human_review")
    from workbench.case import events

    before = events(case.database)["at"].iloc[0] - pd.Timedelta(seconds=1)
    frame = ladder(notice(), case, NOW, until=before.to_pydatetime())
    assert frame["asked_at"].isna().all()


@pytest.mark.parametrize("step", ["appeal", "F05", ""])
def test_only_a_step_that_a_person_takes_is_answered(case, step):
    with pytest.raises(BadInput, match="There is no step"):
        answer_step(case, step, "yes", who="李")


def test_three_years_from_a_leap_day():
    assert years_after(date(2024, 2, 29), 3) == date(2027, 3, 1)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert years_after(date(2026, 3, 2), 3) == date(2029, 3, 2)
