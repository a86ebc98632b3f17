from datetime import datetime
from decimal import Decimal

import pytest

from workbench.case import append, events
from workbench.errors import BadInput
from workbench.procedure import (
    Deduction,
    RuleVersion,
    deductions,
    record_deduction,
    record_request,
    record_rule_version,
    requests,
    rule_versions,
)

from .invented import day

SHA = "ab" * 32


def test_a_version_is_read_as_it_was_recorded(case):
    record_rule_version(
        case,
        rule=" 市场管理规则 ",
        clause="第十二条",
        effective_from=day("2025-06-01"),
        effective_until=day("2026-01-31"),
        published_at=day("2025-05-20"),
        captured_at=day("2025-07-01"),
        cited=False,
        sha256=SHA,
        source="规则频道",
        who="李",
    )
    (found,) = rule_versions(case)
    assert found == RuleVersion(
        rule="市场管理规则",
        clause="第十二条",
        effective_from=day("2025-06-01"),
        effective_until=day("2026-01-31"),
        published_at=day("2025-05-20"),
        captured_at=day("2025-07-01"),
        cited=False,
        sha256=SHA,
        source="规则频道",
    )
    held = [day(one) for one in ("2025-05-31", "2025-06-01", "2026-01-31", "2026-02-01")]
    assert [found.held_on(one) for one in held] == [False, True, True, False]


def test_a_version_without_an_end_is_still_in_force(case):
    record_rule_version(case, rule="规则", effective_from=day("2025-06-01"), who="李")
    (found,) = rule_versions(case)
    assert found.effective_until is None
    assert found.published_at is None
    assert found.cited
    assert found.held_on(day("2099-01-01"))


def test_money_is_kept_to_the_cent(case):
    record_deduction(
        case, amount=Decimal("1234.10"), charged_at=day("2026-03-03"), basis="每单5元", who="李"
    )
    record_deduction(case, amount=" 1e3 ", charged_at=day("2026-03-04"), currency="USD", who="李")
    assert deductions(case) == [
        Deduction(Decimal("1234.10"), "CNY", day("2026-03-03"), "damages", "每单5元"),
        Deduction(Decimal("1000"), "USD", day("2026-03-04"), "damages", ""),
    ]


def test_a_request_is_told_in_local_time_whatever_zone_it_was_written_in(case):
    record_request(case, request="data", to="平台", sent_at=datetime(2026, 3, 1, 9), who="李")
    # Another tool may write the moment in UTC.
    body = {"request": "mediation", "to": "协会", "sent_at": "2026-03-01T02:00:00+00:00"}
    append(case.database, who="李", kind="request", subject_kind="case", body=body | {"text": ""})
    assert [(one.request, one.sent_at) for one in requests(case)] == [
        ("data", datetime(2026, 3, 1, 9)),
        ("mediation", datetime(2026, 3, 1, 10)),
    ]


@pytest.mark.parametrize(
    ("record", "says"),
    [
        (lambda case: version(case, rule=" "), "The rule has no name"),
        (lambda case: version(case, who=""), "A record needs a name"),
        (lambda case: version(case, effective_until=day("2025-05-31")), "ends before it takes"),
        (lambda case: version(case, sha256="xyz"), "This is no SHA-256: 'xyz'"),
        (lambda case: charge(case, amount="-5"), "This is no amount: '-5'"),
        (lambda case: charge(case, amount="five"), "This is no amount: 'five'"),
        (lambda case: charge(case, amount="NaN"), "This is no amount"),
        (lambda case: charge(case, currency="yuan"), "This is no currency: 'yuan'"),
        (lambda case: charge(case, what="tax"), "Unknown charge 'tax'"),
        (lambda case: ask(case, request=""), "not said what was asked for"),
        (lambda case: ask(case, to=" "), "not said who was asked"),
    ],
)
def test_what_cannot_be_right_is_refused_and_leaves_nothing(case, record, says):
    with pytest.raises(BadInput, match=says):
        record(case)
    assert len(events(case.database)) == 0


def test_all_problems_are_told_at_once(case):
    with pytest.raises(BadInput) as error:
        charge(case, amount="0", currency="", what="tax", who="")
    # The currency is the case's where none is given.
    assert len(error.value.problems) == 3


def version(case, **told):
    given = {"rule": "规则", "effective_from": day("2025-06-01"), "who": "李"}
    record_rule_version(case, **(given | told))


def charge(case, **told):
    given = {"amount": "5", "charged_at": day("2026-03-03"), "who": "李"}
    record_deduction(case, **(given | told))


def ask(case, **told):
    given = {"request": "data", "to": "平台", "sent_at": datetime(2026, 3, 1), "who": "李"}
    record_request(case, **(given | told))
