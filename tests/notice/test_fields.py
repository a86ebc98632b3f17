from datetime import date, datetime
from decimal import Decimal

import pytest

from workbench.errors import BadInput
from workbench.notice.fields import FIELDS, from_json, to_json, typed, value_text


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("violation", " 虚假交易 ", "虚假交易"),
        ("issued_at", "2026-01-02 08:30", datetime(2026, 1, 2, 8, 30)),
        ("appeal_deadline", "2026-01-09", datetime(2026, 1, 9, 23, 59, 59)),
        ("appeal_deadline", "2026-01-09 12:00", datetime(2026, 1, 9, 12)),
        ("rule_version_date", "2025-10-01", date(2025, 10, 1)),
        ("attempts_allowed", "2", 2),
        ("money_withheld", "1,200.50", Decimal("1200.50")),
        ("pending_appeal", "是", True),
        ("measures", "降权；扣 12 分", ("降权", "扣 12 分")),
        ("order_ids", "1、2，3\n1", ("1", "2", "3")),
        ("orders_corrected", "10=11, 20=21", (("10", "11"), ("20", "21"))),
        ("attempts_used", "-", None),
        ("measures", "", ()),
    ],
)
def test_what_a_person_types_becomes_a_value_and_survives_the_record(name, text, value):
    assert typed(name, text) == value
    assert from_json(name, to_json(value)) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("issued_at", "2026-13-01"),
        ("issued_at", "2026-01-01T00:00:00+08:00"),
        ("attempts_allowed", "1.5"),
        ("attempts_allowed", "-1"),
        ("points", "NaN"),
        ("pending_appeal", "perhaps"),
        ("orders_corrected", "10"),
        ("colour", "red"),
    ],
)
def test_what_is_no_value_is_refused(name: str, text: str):
    with pytest.raises(BadInput):
        typed(name, text)


def test_values_as_a_reader_sees_them():
    assert value_text("pending_appeal", True, "zh") == "是"
    assert value_text("pending_appeal", False, "en") == "no"
    assert value_text("measures", ("a", "b"), "zh") == "a；b"
    assert value_text("orders_corrected", (("1", "2"),), "en") == "1 = 2"
    assert value_text("order_ids", ("1", "2"), "en") == "1 2"
    assert value_text("issued_at", datetime(2026, 1, 2, 8), "en") == "2026-01-02 08:00"
    assert value_text("issued_at", datetime(2026, 1, 2, 8, 0, 9), "en") == "2026-01-02 08:00:09"
    assert value_text("points", None, "en") == ""


def test_every_field_has_a_name_in_both_languages():
    for field in FIELDS.values():
        assert field.title("zh") != field.title("en")
        assert field.several in ("ask", "join", "first")
