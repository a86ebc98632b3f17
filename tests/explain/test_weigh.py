import math

import pytest

from tests.explain.made import finding, group, outcome
from workbench.explain.innocent import tests_of as names_of_tests
from workbench.explain.weigh import weigh

RAN = {"time": 1, "identity": 2, "behaviour": 1}


def weighed(*findings, ran=RAN, **results):
    of = group(*findings)
    outcomes = {name: outcome(results.get(name, "failed")) for name in names_of_tests(of)}
    return weigh(of, outcomes, ran)


def test_one_family_pays_for_the_families_that_ran():
    # 8 digits, one detector in the family, three families: p = 3e-8.
    result = weighed(finding(p_value=1e-8))
    assert result.p_value == pytest.approx(3e-8, rel=1e-6)
    assert dict(result.by_family) == {"time": pytest.approx(8)}
    assert result.unexplained == pytest.approx(8)
    assert result.explained == 0


def test_a_family_pays_for_its_detectors():
    # Two identity detectors ran: 1e-8 · 2 = 2e-8, then three families: 6e-8.
    result = weighed(finding("shared_phone", p_value=1e-8))
    assert result.p_value == pytest.approx(6e-8, rel=1e-6)


def test_further_findings_of_a_detector_cost_nothing_more():
    # The detector paid for every candidate it tried; the family pays for its two detectors.
    four = [finding("shared_phone", orders=f"ab{n}", p_value=1e-8) for n in range(4)]
    assert weighed(*four).p_value == pytest.approx(2e-8 * 3, rel=1e-6)


def test_an_ambiguous_signal_is_capped_at_four_digits_and_then_discounted():
    part = weighed(finding(p_value=1e-40, ambiguous=True)).contributions[0]
    assert (part.found, part.capped, part.left) == (pytest.approx(40), 4, 4)
    part = weighed(finding(p_value=1e-40, ambiguous=True), livestream="passed").contributions[0]
    assert part.left == pytest.approx(0.4)


def test_an_echo_counts_with_what_it_echoes():
    # A burst of one offer has one price: two sights of one thing, so one family, at its best.
    burst = finding(p_value=1e-8)
    price = finding("price_uniformity", p_value=1e-4, family="behaviour", ambiguous=True)
    result = weighed(burst, price)
    # two detectors of the family spoke: 8 digits less log10(2)
    assert dict(result.by_family) == {"time": pytest.approx(8 - math.log10(2))}
    assert [part.family for part in result.contributions] == ["time", "time"]


def test_an_echo_of_what_is_no_more_than_a_lead_speaks_for_itself():
    price = finding("price_uniformity", p_value=1e-4, family="behaviour", ambiguous=True)
    result = weighed(finding(p_value=0.3), price)
    assert set(result.by_family) == {"time", "behaviour"}


def test_forty_digits_with_an_innocent_explanation_fall_below_the_line():
    result = weighed(finding(p_value=1e-40), livestream="passed")
    part = result.contributions[0]
    assert (part.found, part.capped, part.factor) == (pytest.approx(40), 12, 0.1)
    assert part.left == pytest.approx(1.2)
    assert part.explained
    assert result.p_value > 0.05
    assert (result.unexplained, result.explained) == (0, pytest.approx(1.2))


def test_an_explanation_discounts_only_the_signals_it_speaks_to():
    result = weighed(
        finding(p_value=1e-9), finding("shared_phone", p_value=1e-6), livestream="passed"
    )
    left = {part.finding.detector: part.left for part in result.contributions}
    assert left == {"same_offer_burst": pytest.approx(0.9), "shared_phone": pytest.approx(6)}
    assert result.contributions[0].finding.detector == "shared_phone"


def test_factors_of_several_explanations_multiply():
    result = weighed(finding(p_value=1e-10), livestream="passed", promotion="passed")
    assert result.contributions[0].left == pytest.approx(10 * 0.1 * 0.15)
    assert result.contributions[0].discounts == ("promotion", "livestream")


def test_what_only_speaks_for_the_shop_does_not_explain():
    part = weighed(finding(p_value=1e-10), courier="passed").contributions[0]
    assert part.left == pytest.approx(9)
    assert not part.explained


def test_a_decisive_test_that_cannot_be_made_is_named():
    part = weighed(finding(), livestream="not_available", courier="not_available").contributions[0]
    assert part.untold == ("livestream",)
    assert part.factor == 1
