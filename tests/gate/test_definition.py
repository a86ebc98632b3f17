from workbench.explain import PAPERS
from workbench.gate.definition import CHECKS

# The starred ones of the readiness gate.
STARRED = {1, 3, 4, 5, 6, 7, 8, 9, 12, 13}


def test_the_gate_has_its_sixteen_checks_and_three_more():
    assert list(CHECKS) == list(range(1, 20))
    assert {n for n, one in CHECKS.items() if one.blocking and n <= 16} == STARRED
    assert all(CHECKS[n].blocking for n in (17, 18, 19))


def test_every_check_says_what_it_is_and_what_to_do_in_both_languages():
    for check in CHECKS.values():
        assert check.kind in ("computed", "asked", "both")
        assert all((check.zh, check.en, check.do_zh, check.do_en))
        assert check.zh != check.en
        assert check.confidence in ("V", "V-sec", "P")


def test_every_known_cause_of_rejection_but_one_is_prevented_by_a_check():
    causes = {cause for check in CHECKS.values() for cause in check.causes}
    # R11 is of platforms that ask for a plan of action: the letter's corrective steps.
    assert causes == {f"R{n:02d}" for n in range(1, 18)} - {"R11"}


def test_papers_that_explain_a_group_are_in_the_catalogue():
    assert set(CHECKS[10].codes) <= set(PAPERS)
    assert CHECKS[9].least_pixels == 300
