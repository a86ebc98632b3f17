from datetime import datetime
from decimal import Decimal

import pytest

from workbench.procedure import record_deduction, record_rule_version
from workbench.procedure.rule_tests import (
    change_notice,
    damages_explained,
    proportion,
    rule_published,
    tier_matches,
    version_on_conduct,
)
from workbench.procedure.tiers import Tier

from .invented import day, make_facts, make_tables, notice, orders


def version(case, **told):
    record_rule_version(case, rule="市场管理规则", who="李", **told)


@pytest.mark.parametrize(
    ("copied", "state", "says"),
    [
        (None, "needs_answer", "no archived copy"),
        ("2026-02-03", "passed", "before the first order of 2026-02-03"),
        ("2026-02-04", "needs_answer", "after the first order of 2026-02-03"),
    ],
)
def test_a_copy_of_the_rule_shows_that_it_was_public(case, say, copied, state, says):
    taken = {"captured_at": day(copied)} if copied else {}
    version(case, effective_from=day("2025-01-01"), **taken)
    found = rule_published(make_facts(case), say)
    assert found.state == state
    assert says in found.told


def test_without_a_record_nothing_is_assumed_of_the_rule(case, say):
    facts = make_facts(case)
    for test in (rule_published, version_on_conduct, change_notice, tier_matches):
        assert test(facts, say).state == "needs_answer"


@pytest.mark.parametrize(
    ("began", "ended", "state", "says"),
    [
        # Three named orders: 3, 4 and 5 February.
        ("2026-02-03", "2026-02-05", "passed", "all 3 orders"),
        ("2026-02-04", None, "failed", "but 1 of 3 orders were placed before that day"),
        ("2026-02-06", None, "failed", "but 3 of 3 orders were placed before that day"),
        ("2026-01-01", "2026-02-03", "failed", "but 2 of 3 orders were placed after that day"),
    ],
)
def test_the_cited_version_has_to_cover_the_days_of_the_orders(
    case, say, began, ended, state, says
):
    until = {"effective_until": day(ended)} if ended else {}
    version(case, effective_from=day(began), **until)
    found = version_on_conduct(make_facts(case), say)
    assert found.state == state
    assert says in found.told


def test_the_version_recorded_last_as_cited_counts(case, say):
    version(case, effective_from=day("2026-02-04"))
    version(case, effective_from=day("2026-01-01"))
    version(case, effective_from=day("2026-02-06"), cited=False)
    assert version_on_conduct(make_facts(case), say).state == "passed"


@pytest.mark.parametrize(
    ("published", "began", "state", "says"),
    [
        ("2025-12-26", "2026-01-01", "failed", "6 days, where at least 7 are due"),
        ("2025-12-25", "2026-01-01", "passed", "7 days"),
        # Order 116 is in force from 2026-02-01.
        ("2026-01-24", "2026-01-31", "passed", "7 days"),
        ("2026-01-25", "2026-02-01", "needs_answer", "7 days"),
        ("2026-01-18", "2026-02-01", "needs_answer", "14 days"),
        ("2026-01-17", "2026-02-01", "passed", "15 days"),
        ("2026-02-03", "2026-02-01", "failed", "-2 days"),
    ],
)
def test_days_from_the_announcement_to_the_effect(case, say, published, began, state, says):
    version(case, effective_from=day(began), published_at=day(published))
    found = change_notice(make_facts(case), say)
    assert found.state == state
    assert says in found.told


def test_proportion_tells_shares_and_leaves_the_judgement_to_a_person(case, say):
    # Four orders of 100, and a second line of 50 on 1002: named are 350 of 450.
    found = proportion(make_facts(case), say)
    assert found.state == "needs_answer"
    assert found.told == (
        "3 of the shop's 4 orders are listed (75.0%), worth 350.00 CNY (77.8% of what was paid). "
        "No money charged is known."
    )
    record_deduction(case, amount="700", charged_at=day("2026-03-02"), who="李")
    record_deduction(case, amount="7", currency="USD", charged_at=day("2026-03-02"), who="李")
    told = proportion(make_facts(case), say).told
    assert told.endswith("Charged or withheld: 700.00 CNY, 200.0% of that worth.")


def test_proportion_without_the_orders(case, say):
    found = proportion(make_facts(case, notice(order_ids=("7",))), say)
    assert (found.state, found.told) == (
        "needs_answer",
        "None of the listed orders is in the loaded data.",
    )


def test_a_charge_needs_its_basis(case, say):
    assert damages_explained(make_facts(case), say).state == "not_applicable"
    money = notice(measure="扣除违约金500元")
    assert damages_explained(make_facts(case, money), say).state == "needs_answer"
    record_deduction(case, amount="5", charged_at=day("2026-03-02"), what="withheld", who="李")
    assert damages_explained(make_facts(case, money), say).state == "needs_answer"
    record_deduction(
        case, amount="500", charged_at=day("2026-03-02"), basis="协议第5条，每单5元", who="李"
    )
    assert damages_explained(make_facts(case, money), say).state == "passed"
    record_deduction(case, amount="80", charged_at=day("2026-03-04"), what="deposit", who="李")
    found = damages_explained(make_facts(case, money), say)
    assert (found.state, found.told[:28]) == ("failed", "80.00 CNY were charged on 20")


def test_orders_without_a_day_or_outside_the_data(case, say):
    version(case, effective_from=day("2026-01-01"), captured_at=day("2026-01-01"))
    nowhere = make_facts(case, notice(order_ids=("7",)))
    assert nowhere.conduct == []
    assert rule_published(nowhere, say).state == "needs_answer"
    assert version_on_conduct(nowhere, say).state == "needs_answer"
    unknown = make_tables(orders=orders(created_at=[None] * 5))
    assert version_on_conduct(make_facts(case, tables=unknown), say).state == "needs_answer"


def tier(**told):
    given = {"orders_from": 1, "finding_from": 1, "points": 4, "zh": "4分", "en": "4 points"}
    given |= {"source_zh": "规则", "source_en": "rule", "as_of": "2026-01-01", "confidence": "V"}
    return Tier(**(given | told))


@pytest.mark.parametrize(
    ("points", "confidence", "state", "says"),
    [
        (None, "V", "needs_answer", "has 4 points; the notice as loaded tells no points"),
        (Decimal("4"), "V", "passed", "has 4 points; the notice gives 4."),
        (Decimal("2"), "V", "passed", "the notice gives 2."),
        (Decimal("12"), "V", "failed", "has 4 points; the notice gives 12."),
        # An old table is told and asked about; it makes no flaw by itself.
        (Decimal("12"), "V-sec", "needs_answer", "which is not confirmed, has 4 points"),
    ],
)
def test_points_are_held_against_the_tier(case, say, points, confidence, state, says):
    table = (tier(orders_from=30, points=8), tier(orders_to=29, confidence=confidence))
    found = tier_matches(make_facts(case, notice(points=points), tiers=table), say)
    assert found.state == state
    assert says in found.told


def test_earlier_findings_count_and_later_ones_do_not(case, say):
    table = (tier(finding_to=1), tier(finding_from=2, points=12))
    earlier = notice(notice_id="N-0", decided_at=datetime(2026, 1, 1))
    later = notice(notice_id="N-9", decided_at=datetime(2026, 3, 2))
    told = notice(points=Decimal("12"))
    first = make_facts(case, told, tiers=table, others=(later,))
    second = make_facts(case, told, tiers=table, others=(earlier, later))
    assert tier_matches(first, say).state == "failed"
    assert tier_matches(second, say).state == "passed"
    assert "finding no. 2" in tier_matches(second, say).told
