from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from workbench.case import add_note, decide, events, set_tag, undo
from workbench.widgets import HistoryView

from .conftest import HOSTILE, Shop


@pytest.fixture
def view(shop: Shop) -> HistoryView:
    given = {"subject": "order", "subject_id": "o1"}
    decide(shop.case, **given, decision="hold", reason=f"Asked {HOSTILE}", who="Li")
    add_note(shop.case, "called", who="Wang", **given)
    set_tag(shop.case, "urgent", who="Wang", subject="group", subject_id="G-aaaaaaaa")
    decide(shop.case, subject="order", subject_id="o4", decision="defend", reason="r", who="Li")
    undo(shop.case, [1], who="Li", reason="wrong key")
    made = HistoryView(shop.case, shop.assessment)
    made.group_id = "G-aaaaaaaa"
    return made


def test_it_tells_who_did_what_of_the_group_and_its_orders(view: HistoryView):
    html = view.events.value
    for told in ("called", "urgent put on", "took back event 1: wrong key", "(taken back)"):
        assert told in html
    assert "What people did, newest first: 4 events" in html
    assert "o4" not in html
    assert HOSTILE not in html
    assert "<s>Hold · Asked &lt;script&gt;" in html
    assert "Nothing was decided." in view.stood.value


def test_the_whole_case(view: HistoryView):
    view.scope.value = "case"
    assert "5 events" in view.events.value
    assert "Decisions that count: 1" in view.stood.value
    assert view.told() == "o4: Defend, r\n5 events"


def test_any_earlier_day_as_the_shop_s_clock_counts_it(view: HistoryView, shop: Shop):
    today = datetime.now(ZoneInfo(shop.case.zone)).date()
    view.day.value = today - timedelta(days=1)
    assert "What stood at the end of" in view.stood.value
    assert "Nobody has written anything about it yet." in view.events.value
    view.day.value = today
    assert "4 events" in view.events.value
    view.day.value = date(2020, 1, 1)
    assert view.told() == "Nothing has been decided about it yet.\n0 events"
    view.today.click()
    assert view.day.value is None
    assert "What stands now" in view.stood.value


def test_the_end_of_a_day_is_the_shop_s_own(shop: Shop):
    from workbench.widgets.history_view import _end_of

    assert _end_of(None, shop.case.zone) is None
    assert _end_of(date(2026, 1, 5), "Asia/Shanghai") == datetime(
        2026, 1, 5, 15, 59, 59, 999999, tzinfo=UTC
    )


def test_a_conflict_is_told_there_too(view: HistoryView, shop: Shop):
    decide(shop.case, subject="order", subject_id="o4", decision="concede", reason="q", who="Wang")
    view.group_id = "G-bbbbbbbb"
    assert "Two decisions stand against each other" in view.stood.value
    assert len(events(shop.case.database)) == 6
