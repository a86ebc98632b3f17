import pytest

from workbench.case import events
from workbench.notice import notices
from workbench.widgets.notice_form import NoticeForm

from .conftest import HOSTILE, Shop

TEXT = f"""通知编号：WG12345
违规类型：虚假交易
涉及订单：o2
订单号：１２３４５６７８９０１２３４５６７８
通知时间：2026-01-02 08:30
申诉截止时间：2026-01-09 18:00
情况说明：{HOSTILE}
"""


@pytest.fixture
def form(shop: Shop) -> NoticeForm:
    return NoticeForm(shop.case, shop.tables, "en")


def test_what_was_read_is_shown_with_its_words_and_written_nowhere(form: NoticeForm, shop: Shop):
    before = len(events(shop.case.database))
    # There is nothing to put right before a notice was read.
    assert form.form.layout.display == "none"
    form.text.value = TEXT
    form.read.click()
    assert form.form.layout.display is None
    assert form.fields["notice_id"].value == "WG12345"
    assert form.fields["appeal_deadline"].value == "2026-01-09 18:00"
    assert "<mark>WG12345</mark>" in form.shown.value
    assert "123456789012345678 is not in the loaded data" in form.shown.value
    assert HOSTILE not in form.shown.value
    assert len(events(shop.case.database)) == before


def test_a_person_puts_a_field_right_and_records_it(form: NoticeForm, shop: Shop):
    form.text.value = TEXT
    form.read.click()
    form.fields["attempts_allowed"].value = "2"
    form.fields["violation"].value = ""
    form.who.value = "Li"
    form.save.click()
    notice = next(one for one in notices(shop.tables, shop.case) if one.notice_id == "WG12345")
    assert (notice.attempts_allowed, notice.violation, notice.text) == (2, None, TEXT)
    assert notice.confirmed_by == "Li"
    assert form.saved == 1
    assert "2 fields put right" in form.result.value
    assert "WG12345" in form.told()


def test_a_day_of_receipt_is_counted_from(form: NoticeForm):
    form.text.value = "通知时间：2026-01-02\n请在收到通知之日起7日内申诉。"
    form.fields["received_at"].value = "2026-01-05"
    form.read.click()
    assert form.fields["appeal_deadline"].value == "2026-01-12 23:59:59"
    assert form.fields["received_at"].value == "2026-01-05"


def test_all_that_is_wrong_is_told_in_the_form(form: NoticeForm, shop: Shop):
    before = len(events(shop.case.database))
    form.read.click()
    assert "holds no text" in form.result.value
    assert form.save.disabled
    form.text.value = TEXT
    form.read.click()
    form.fields["attempts_allowed"].value = "two"
    form.fields["issued_at"].value = "soon"
    form.save.click()
    assert "attempts_allowed" in form.result.value
    assert "issued_at" in form.result.value
    form.fields["attempts_allowed"].value = form.fields["issued_at"].value = ""
    form.save.click()
    assert "needs a name" in form.result.value
    form.text.value += "more"
    form.save.click()
    assert "Read the notice first" in form.result.value
    assert len(events(shop.case.database)) == before
