"""The automatic tests by the name that `checks.toml` gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from workbench.language import Say
from workbench.procedure import appeal_tests, measure_tests, notice_tests, rule_tests
from workbench.procedure.facts import Facts
from workbench.procedure.outcome import Outcome

__all__ = ["TESTS", "Test"]

Test = Callable[[Facts, Say], Outcome]

TESTS: Mapping[str, Test] = MappingProxyType(
    {
        test.__name__: test
        for test in (
            notice_tests.clause_cited,
            notice_tests.facts_stated,
            notice_tests.reasons_given,
            notice_tests.appeal_open,
            notice_tests.limits_known,
            notice_tests.punished_once,
            measure_tests.measure_ended,
            measure_tests.blacklist_told,
            rule_tests.rule_published,
            rule_tests.version_on_conduct,
            rule_tests.change_notice,
            rule_tests.tier_matches,
            rule_tests.proportion,
            rule_tests.damages_explained,
            appeal_tests.answered_in_time,
            appeal_tests.decided_by_a_person,
            appeal_tests.records_asked,
            appeal_tests.victim_heard,
        )
    }
)
