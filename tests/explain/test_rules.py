import pytest

from workbench.explain.catalogue import PAPERS, missing_evidence
from workbench.explain.innocent import INNOCENT_TESTS
from workbench.explain.rules import _RAW, TESTS, WEIGHING, signal
from workbench.tables import TABLES


def test_every_rule_has_a_test_and_every_test_a_rule():
    assert set(TESTS) == set(INNOCENT_TESTS)


def test_every_factor_discounts_and_says_why():
    assert all(0 < rule.factor <= 1 and rule.reason and rule.source for rule in TESTS.values())


def test_an_explanation_that_fits_brings_the_strongest_evidence_near_the_line():
    strongest = WEIGHING["cap_digits"]
    assert all(r.factor * strongest < 2.5 for r in TESTS.values() if r.explains)


def test_every_paper_named_is_in_the_catalogue():
    named = {code for rule in TESTS.values() for code in rule.papers}
    named |= {code for entry in _RAW["signals"].values() for code in entry["papers"]}
    assert named <= set(PAPERS)
    assert all(rule.papers for rule in TESTS.values())


def test_every_signal_names_known_tests_and_its_decisive_ones_among_them():
    for entry in _RAW["signals"].values():
        assert set(entry["tests"]) <= set(TESTS)
        assert set(entry["decisive"]) <= set(entry["tests"])
        assert entry["papers"]


def test_every_figure_of_the_rules_has_a_source():
    for table in ("weighing", "merging", "cuts"):
        assert all(entry["source"] for entry in _RAW[table].values())


def test_the_most_specific_signal_counts():
    assert "promotion" in signal("same_offer_burst", "time").tests
    assert signal("shared_address", "identity").decisive == (
        "dormitory",
        "parcel_station",
        "group_buy",
    )
    assert signal("shared_phone", "identity").decisive == ("group_buy",)
    assert signal("of_a_third_party", "proof") == signal("another", "proof")
    with pytest.raises(KeyError):
        signal("of_a_third_party", "no_family")


def test_every_need_of_a_test_is_a_canonical_column():
    for test in INNOCENT_TESTS.values():
        for need in test.needs:
            table, column = need.split(".")
            assert TABLES[table].column(column)


def test_catalogue_runs_from_e01_to_e30_in_two_languages():
    assert list(PAPERS) == [f"E{n:02d}" for n in range(1, 31)]
    for paper in PAPERS.values():
        assert paper.zh != paper.en
        assert paper.who_zh
        assert paper.who_en
        assert paper.confidence in "VP"


def test_missing_evidence_names_each_paper_once():
    assert [p["code"] for p in missing_evidence(["E10", "E01", "E10"])] == ["E10", "E01"]
    assert set(missing_evidence(["E10"])[0]) == {"code", "zh", "en", "who_zh", "who_en"}
