from datetime import UTC, datetime

import pandas as pd
import pytest

from workbench.case import create_case, events
from workbench.case.submissions import (
    attempts_left,
    attempts_used,
    next_attempt,
    reply,
    submissions,
    submit,
)
from workbench.errors import BadInput

PACK, SEAL = "a" * 64, "b" * 64


@pytest.fixture
def case(tmp_path):
    return create_case(tmp_path / "case", zone="Asia/Shanghai")


def send(case, attempt=1, at=datetime(2026, 1, 6, 9, 30), **more):
    given = {"channel": "online form", "who": "li", **more}
    return submit(case, attempt=attempt, sent_at=at, **given)


def answered(case, attempt=1, result="rejected", at=datetime(2026, 1, 8, 10, 0), **more):
    return reply(case, attempt=attempt, result=result, replied_at=at, **{"who": "li", **more})


def test_a_submission_is_told_in_utc_and_waits_for_its_answer(case):
    send(case, reference=" R-1 ", pack=PACK, seal=SEAL)
    row = submissions(case).iloc[0]
    # Half past nine in Shanghai is half past one in UTC.
    assert row["sent_at"] == pd.Timestamp("2026-01-06 01:30", tz="UTC")
    told = row[["attempt", "channel", "reference", "pack", "seal", "who", "result"]].tolist()
    assert told == [1, "online form", "R-1", PACK, SEAL, "li", ""]
    assert pd.isna(row["replied_at"])
    assert pd.isna(row["reply_seq"])


def test_an_answer_belongs_to_its_attempt_and_the_last_one_counts(case):
    send(case)
    answered(case, reason="R15: same text")
    send(case, 2, datetime(2026, 1, 9, 9, 0))
    answered(case, result="partly", human_review="yes", reason="two orders")
    found = submissions(case)
    assert found["attempt"].tolist() == [1, 2]
    assert found["result"].tolist() == ["partly", ""]
    assert found.loc[0, ["reason", "human_review"]].tolist() == ["two orders", "yes"]
    assert found["reply_seq"].tolist()[0] == 4


def test_a_moment_with_a_zone_is_taken_as_it_is(case):
    send(case, at=datetime(2026, 1, 6, 9, 30, tzinfo=UTC))
    assert submissions(case)["sent_at"].iloc[0] == pd.Timestamp("2026-01-06 09:30", tz="UTC")


def test_no_submission_gives_the_columns_and_no_rows(case):
    frame = submissions(case)
    assert frame.empty
    assert list(frame)[:3] == ["attempt", "sent_at", "channel"]


def test_an_earlier_day_can_be_shown(case):
    send(case)
    before = events(case.database)["at"].iloc[-1].to_pydatetime()
    answered(case)
    assert submissions(case, until=before)["result"].tolist() == [""]


def test_all_that_is_wrong_with_a_submission_is_said_at_once(case):
    send(case)
    with pytest.raises(BadInput) as caught:
        send(case, 1, datetime(2999, 1, 1), channel=" ", who="", pack="abc")
    told = " ".join(problem.what for problem in caught.value.problems)
    for part in ("Attempt 1 has been recorded", "2999-01-01", "How it was sent", "name", "'abc'"):
        assert part in told
    assert len(events(case.database)) == 1


def test_attempts_are_counted_from_one(case):
    with pytest.raises(BadInput, match="counted from 1"):
        send(case, 0)


def test_only_what_was_sent_can_be_answered_and_not_before(case):
    with pytest.raises(BadInput, match="No attempt 1"):
        answered(case)
    send(case)
    with pytest.raises(BadInput) as caught:
        answered(case, result="lost", at=datetime(2026, 1, 6, 9, 29), human_review="maybe")
    assert [p.what for p in caught.value.problems] == [
        "The answer stands before the appeal itself was sent",
        "Unknown result 'lost'",
        "Whether a person decided is not 'maybe'",
    ]


def test_the_clock_of_a_sample_stands_still(tmp_path):
    sample = create_case(tmp_path / "s", as_of=datetime(2026, 1, 5, 9, 0))
    send(sample, at=datetime(2026, 1, 6, 9, 0))
    assert len(submissions(sample)) == 1


@pytest.mark.parametrize(
    ("allowed", "used", "sent", "left"),
    [
        (3, 0, [], 3),
        (3, 1, [], 2),
        (3, 1, [1], 2),  # the notice counts the attempt that was recorded here
        (3, 1, [1, 2], 1),
        (3, 0, [2], 1),  # the first was sent before the case was opened
        (2, 1, [2, 3], 0),  # more were sent than the notice allows
        (None, 1, [1], None),
        (3, None, [1], None),
    ],
)
def test_attempts_left_follow_from_the_notice_and_what_was_sent(allowed, used, sent, left):
    frame = pd.DataFrame({"attempt": sent})
    assert attempts_left(allowed, used, frame) == left
    if allowed is not None and used is not None:
        assert next_attempt(used, frame) == attempts_used(used, frame) + 1
    assert attempts_used(used, frame) == (None if used is None else max([used, len(sent), *sent]))


def test_without_a_count_in_the_notice_what_was_recorded_counts():
    assert next_attempt(None, pd.DataFrame({"attempt": []})) == 1
    assert next_attempt(None, pd.DataFrame({"attempt": [1, 2]})) == 3
