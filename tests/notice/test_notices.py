from datetime import datetime

import pandas as pd
import pytest

from workbench.engine import connect
from workbench.notice import Notice, notices
from workbench.tables import memory_tables

NOTICE = Notice(
    notice_id="N-1",
    platform=None,
    violation=None,
    rule_clause=None,
    issued_at=None,
    decided_at=None,
    appeal_deadline=datetime(2026, 1, 10, 12, 0),
    attempts_allowed=2,
    attempts_used=1,
    measure=None,
    order_ids=(),
)


def read(frame: pd.DataFrame) -> list[Notice]:
    return notices(memory_tables(connect(), {"notices": frame}))


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (datetime(2026, 1, 7, 11, 59), 3),
        (datetime(2026, 1, 7, 12, 1), 2),
        (datetime(2026, 1, 10, 12, 0), 0),
        (datetime(2026, 1, 10, 12, 1), -1),
        (datetime(2026, 1, 12, 12, 0), -2),
    ],
)
def test_days_left_are_whole_days_rounded_down(now: datetime, days: int):
    assert NOTICE.days_left(now) == days


@pytest.mark.parametrize(
    ("allowed", "used", "left"), [(2, 1, 1), (2, 3, 0), (None, 1, None), (3, None, None)]
)
def test_attempts_left(allowed: int | None, used: int | None, left: int | None):
    changed = Notice(**{**vars(NOTICE), "attempts_allowed": allowed, "attempts_used": used})
    assert changed.attempts_left == left


def test_no_deadline_leaves_the_days_unknown():
    silent = Notice(**{**vars(NOTICE), "appeal_deadline": None})
    assert silent.days_left(datetime(2026, 1, 1)) is None


def test_rows_of_one_notice_become_one_newest_first():
    frame = pd.DataFrame(
        {
            "notice_id": ["old", "new", "new"],
            "platform": ["taobao"] * 3,
            "issued_at": pd.to_datetime(["2025-12-01", "2026-01-05", "2026-01-05"]),
            "attempts_allowed": [3, 2, 2],
            "attempts_used": [3, 0, 1],
            "order_id": ["9", "7", "5"],
        }
    )
    newest, oldest = read(frame)
    assert (newest.notice_id, newest.order_ids) == ("new", ("5", "7"))
    assert newest.issued_at == datetime(2026, 1, 5)
    assert newest.attempts_left == 1
    assert (oldest.notice_id, oldest.attempts_left) == ("old", 0)
    assert newest.measure is None
    assert newest.days_left(datetime(2026, 1, 6)) is None


def test_notices_without_an_id_are_told_apart_by_their_moment():
    frame = pd.DataFrame(
        {
            "issued_at": pd.to_datetime(["2026-01-05", "2026-01-06", None]),
            "order_id": ["1", "2", None],
        }
    )
    found = read(frame)
    assert [n.notice_id for n in found] == [None, None, None]
    assert [n.order_ids for n in found] == [("2",), ("1",), ()]


def test_no_table_means_no_notice():
    assert notices({}) == []
