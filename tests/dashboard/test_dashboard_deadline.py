"""Days left to appeal, and from which "today" they are counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from invented_snapshot import invented_snapshot, nothing_found

from workbench.dashboard.deadline import Deadline, deadline, today

AT = datetime(2026, 1, 13, 23, 59, 59)


@pytest.mark.parametrize(
    ("now", "expected", "urgent"),
    [
        (datetime(2026, 1, 1), Deadline("open", AT, days=12), False),
        (datetime(2026, 1, 6, 23, 59, 59), Deadline("open", AT, days=7), False),
        (datetime(2026, 1, 7), Deadline("open", AT, days=6), True),
        (datetime(2026, 1, 12, 23, 59, 59), Deadline("open", AT, days=1), True),
        (datetime(2026, 1, 13), Deadline("last_day", AT), True),
        (AT, Deadline("last_day", AT), True),
        (datetime(2026, 1, 14), Deadline("over", AT, days_over=0), False),
        (datetime(2026, 1, 20), Deadline("over", AT, days_over=6), False),
    ],
)
def test_days_left_round_down(now, expected, urgent):
    left = deadline(invented_snapshot(), now)
    assert left == expected
    assert left.urgent is urgent


def test_without_a_notice_or_a_date_nothing_is_promised():
    assert deadline(nothing_found()).state == "no_notice"
    snapshot = invented_snapshot()
    snapshot["notice"]["appeal_deadline"] = None
    assert deadline(snapshot).state == "no_deadline"


def test_a_sample_keeps_its_own_today():
    assert today(invented_snapshot()) == datetime(2026, 1, 9, 9, 0)


def test_a_real_case_counts_from_the_clock_in_the_shops_zone():
    snapshot = invented_snapshot()
    published = datetime.now(UTC) - timedelta(days=3)
    snapshot["made_at"] = published.isoformat()
    local = published.astimezone(ZoneInfo("Asia/Shanghai")).replace(tzinfo=None)
    snapshot["as_of"] = local.isoformat(timespec="seconds")
    assert today(snapshot) - local > timedelta(days=2, hours=23)
