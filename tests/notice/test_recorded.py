import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from workbench.case import Case, create_case, events, evidence_files, read_evidence, undo
from workbench.engine import connect
from workbench.errors import BadInput
from workbench.notice import FIELDS, Notice, notices, record_notice
from workbench.tables import Tables, memory_tables

AT = datetime(2026, 1, 2, 8, 30)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case", shop="店", platform="taobao")


@pytest.fixture(scope="module")
def tables() -> Tables:
    frame = pd.DataFrame(
        {
            "notice_id": ["N-1", "N-1"],
            "platform": ["淘宝"] * 2,
            "violation": ["虚假交易"] * 2,
            "issued_at": [pd.Timestamp(AT)] * 2,
            "attempts_allowed": [1, 1],
            "order_id": ["1001", "1002"],
        }
    )
    orders = pd.DataFrame({"order_id": ["1001", "1002", "1003", "240728699116526468"]})
    return memory_tables(connect(), {"notices": frame, "orders": orders})


def only(tables: Tables, case: Case) -> Notice:
    (notice,) = notices(tables, case)
    return notice


def test_without_a_record_the_table_stands(tables: Tables, case: Case):
    notice = only(tables, case)
    assert notice == only(tables, None)
    assert (notice.order_ids, notice.confirmed, notice.text) == (("1001", "1002"), (), None)


def test_what_a_person_confirmed_wins_field_by_field(tables: Tables, case: Case):
    fields = {"notice_id": "N-1", "attempts_allowed": 2, "attempts_used": 0, "points": Decimal(12)}
    record_notice(case, fields, who="Li")
    notice = only(tables, case)
    assert (notice.attempts_allowed, notice.attempts_used, notice.points) == (2, 0, Decimal(12))
    assert (notice.violation, notice.issued_at) == ("虚假交易", AT)
    assert notice.order_ids == ("1001", "1002")
    assert (set(notice.confirmed), notice.confirmed_by) == (set(fields), "Li")


def test_a_later_record_adds_and_replaces(tables: Tables, case: Case):
    record_notice(case, {"notice_id": "N-1", "attempts_allowed": 2, "channel": "网页"}, who="Li")
    record_notice(case, {"notice_id": "N-1", "attempts_allowed": 3}, who="Wu")
    notice = only(tables, case)
    assert (notice.attempts_allowed, notice.channel, notice.confirmed_by) == (3, "网页", "Wu")


def test_a_person_may_say_that_the_notice_is_silent(tables: Tables, case: Case):
    record_notice(case, {"notice_id": "N-1", "attempts_allowed": None, "order_ids": ()}, who="Li")
    notice = only(tables, case)
    assert (notice.attempts_allowed, notice.order_ids) == (None, ())


def test_an_undone_record_counts_no_more(tables: Tables, case: Case):
    event = record_notice(case, {"notice_id": "N-1", "attempts_allowed": 2}, who="Li")
    undo(case, [event.seq], who="Li", reason="misread")
    assert only(tables, case).attempts_allowed == 1


def test_another_notice_stands_beside_it_newest_first(tables: Tables, case: Case):
    newer = {"notice_id": "N-2", "issued_at": datetime(2026, 2, 1), "order_ids": ("1003",)}
    record_notice(case, newer, who="Li")
    assert [one.notice_id for one in notices(tables, case)] == ["N-2", "N-1"]


def test_a_notice_without_a_number_is_known_by_its_text_and_never_taken_for_another(
    tables: Tables, case: Case
):
    record_notice(case, {"violation": "炒信"}, who="Li", text="通知全文")
    record_notice(case, {"channel": "网页"}, who="Li", text="通知全文")
    known, own = notices(tables, case)
    assert (known.notice_id, known.channel) == ("N-1", None)
    assert (own.notice_id, own.violation, own.channel, own.text) == (
        None,
        "炒信",
        "网页",
        "通知全文",
    )


def test_orders_are_given_as_the_data_write_them(tables: Tables, case: Case):
    ids = ("１００３", "'240728699116526468", "1009", "999999")
    fields = {"notice_id": "N-3", "order_ids": ids, "orders_corrected": (("1009", "1002"),)}
    record_notice(case, fields, who="Li")
    notice = next(one for one in notices(tables, case) if one.notice_id == "N-3")
    assert notice.order_ids == ("1002", "1003", "240728699116526468", "999999")


def test_the_text_is_kept_and_speaks_for_no_order(case: Case, tables: Tables):
    record_notice(case, {"notice_id": "N-1"}, who="Li", text="全文", original=b"<p>whole</p>")
    notice = only(tables, case)
    assert notice.text == "全文"
    assert read_evidence(case, notice.sha256) == b"<p>whole</p>"
    # What accuses an order is no neutral source for it.
    assert evidence_files(case).empty


def test_a_text_that_is_gone_is_none(case: Case, tables: Tables):
    record_notice(case, {"notice_id": "N-1"}, who="Li", text="全文")
    for file in case.evidence_dir.iterdir():
        file.unlink()
    assert only(tables, case).text is None


def test_every_type_of_field_comes_back_as_it_was(case: Case, tables: Tables):
    values = {
        "notice_id": "N-9", "rule_version_date": date(2025, 10, 1), "measures": ("降权", "扣分"),
        "measure_end": datetime(2026, 2, 1, 0, 0, 1), "money_withheld": Decimal("1200.50"),
        "money_currency": "CNY", "pending_appeal": False, "orders_stated": 12,
        "evidence_shown_by_platform": ("物流异常",),
    }  # fmt: skip
    record_notice(case, values, who="Li")
    notice = next(one for one in notices(tables, case) if one.notice_id == "N-9")
    assert {name: getattr(notice, name) for name in values} == values
    assert notice.measure == "降权；扣分"


def test_the_event_says_what_a_purge_takes_out(case: Case):
    record_notice(case, {"notice_id": "N-1", "facts_stated": "张三"}, who="Li", text="张三")
    body = json.loads(events(case.database).iloc[-1]["body"])
    assert body["fields"] == {"notice_id": "N-1", "facts_stated": "张三"}
    assert "张三" not in json.dumps(
        {k: v for k, v in body.items() if k != "fields"}, ensure_ascii=False
    )


@pytest.mark.parametrize(
    ("fields", "who", "told"),
    [
        ({}, "Li", "Nothing of the notice"),
        ({"notice_id": "N"}, " ", "needs a name"),
        ({"colour": "red"}, "Li", "no field colour"),
        ({"attempts_allowed": "two"}, "Li", "no value of attempts_allowed"),
        ({"issued_at": "yesterday"}, "Li", "no value of issued_at"),
        ({"issued_at": AT, "appeal_deadline": datetime(2026, 1, 1)}, "Li", "lies before"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_nothing_is_written(
    case: Case, fields: dict[str, object], who: str, told: str
):
    with pytest.raises(BadInput, match=told):
        record_notice(case, fields, who=who, text="x")
    assert events(case.database).empty
    assert not case.evidence_dir.exists()


def test_every_field_but_two_is_one_of_the_notice():
    own = set(Notice.__dataclass_fields__)
    assert set(FIELDS) - own == {"orders_corrected"}
