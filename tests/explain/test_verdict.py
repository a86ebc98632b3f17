import pytest

from tests.explain.made import finding, group, outcome
from workbench.explain.innocent import tests_of as names_of_tests
from workbench.explain.verdict import papers, verdict
from workbench.explain.weigh import weigh

BURST = finding(p_value=1e-8)
PHONE = finding("shared_phone", p_value=1e-8)
CONTRADICTION = outcome("failed", p_value=1e-5)


def judged(*findings, q_value=0.01, **special):
    of = group(*findings)
    outcomes = {n: outcome("failed") for n in names_of_tests(of)} | special
    weighed = weigh(of, outcomes, {"time": 1, "identity": 2, "behaviour": 1})
    said = verdict(weighed, q_value, outcomes)
    return said, papers(weighed, said, outcomes)


def test_two_families_that_nothing_explains_are_evidence():
    assert judged(BURST, PHONE) == ("evidence", [])


def test_above_the_line_there_is_nothing():
    assert judged(BURST, PHONE, q_value=0.051) == ("none", [])


def test_one_family_needs_documents_and_names_those_that_settle_it():
    assert judged(BURST) == ("needs_documents", ["E12", "E01", "E30"])


def test_two_findings_of_one_family_are_one_family():
    said, _ = judged(PHONE, finding("address_variants", p_value=1e-8))
    assert said == "needs_documents"


def test_a_contradiction_stands_for_a_second_family():
    assert judged(BURST, courier=CONTRADICTION)[0] == "evidence"


def test_a_failed_test_without_a_contradiction_does_not():
    assert judged(BURST, courier=outcome("failed"))[0] == "needs_documents"


def test_an_explained_signal_does_not_count():
    said, codes = judged(BURST, PHONE, livestream=outcome("passed"))
    assert said == "needs_documents"
    assert codes[:2] == ["E11", "E12"]


def test_a_decisive_test_left_open_keeps_a_group_from_being_evidence():
    said, codes = judged(BURST, PHONE, livestream=outcome("not_available"))
    assert said == "needs_documents"
    assert codes[:2] == ["E11", "E12"]


def test_an_open_test_that_is_not_decisive_asks_for_a_paper_only():
    assert judged(BURST, PHONE, courier=outcome("not_available")) == ("evidence", ["E01", "E04"])


def test_a_weak_second_family_does_not_support():
    # 1 digit after paying for two detectors lies under the 2 digits that a family needs.
    assert judged(BURST, finding("shared_phone", p_value=0.05))[0] == "needs_documents"


def test_an_ambiguous_signal_may_be_the_second_family():
    hours = finding("hour_profile", p_value=1e-6, family="behaviour", ambiguous=True)
    assert judged(PHONE, hours)[0] == "evidence"


def test_ambiguous_signals_alone_ask_nothing_of_anybody():
    several = [
        finding("multi_scale_surge", p_value=1e-9, ambiguous=True),
        finding("hour_profile", p_value=1e-9, family="behaviour", ambiguous=True),
        finding("other", p_value=1e-9, family="coordination", ambiguous=True),
    ]
    assert judged(*several) == ("none", [])
    assert judged(BURST, *several)[0] == "evidence"


def test_an_ambiguous_signal_beside_an_explained_one_does_not_accuse():
    hours = finding("hour_profile", p_value=1e-6, family="behaviour", ambiguous=True)
    odd = finding("other", p_value=1e-9, family="coordination", ambiguous=True)
    assert judged(PHONE, hours, odd, household=outcome("passed"))[0] == "needs_documents"


@pytest.mark.parametrize(
    "found", [BURST, PHONE, finding("rapid_repeat"), finding("x", family="proof")]
)
def test_needs_documents_never_comes_without_papers(found):
    said, codes = judged(found)
    assert said == "needs_documents"
    assert codes
