import pytest

from workbench.case.evidence import SYSTEMS as KNOWN
from workbench.explain import PAPERS
from workbench.proof.missing import ASKED
from workbench.proof.systems import SYSTEMS, independent, system_of


def test_the_case_and_the_proof_know_the_same_systems():
    assert set(KNOWN) == set(SYSTEMS)


def test_every_paper_of_the_catalogue_is_placed():
    assert len(PAPERS) == 30
    for paper in PAPERS.values():
        assert paper.system in SYSTEMS
        assert paper.neutral == SYSTEMS[paper.system].neutral
        assert paper.ask in ASKED
        assert paper.basis_confidence in ("V", "P")
        assert paper.basis in ("90", "94", "115", "study")


def test_every_system_says_in_whose_hand_it_is_and_why():
    for system in SYSTEMS.values():
        assert system.hand in ("own", "neutral", "other")
        assert system.confidence in ("V", "P")
        assert system.zh
        assert system.en
    assert {name for name, one in SYSTEMS.items() if one.hand == "own"} == {"warehouse", "shop"}
    assert not SYSTEMS["buyer"].neutral  # an interested witness


@pytest.mark.parametrize(
    ("codes", "said", "system"),
    [
        (["E01"], "", "carrier"),
        (["E03"], "", "warehouse"),
        (["E03"], "carrier", "carrier"),  # a person says that the carrier printed it
        (["E01", "E06"], "", "carrier"),  # one file is one source: the first thing it shows
        (["E29"], "", "notary"),
        (["E29", "E06"], "", "warehouse"),  # a seal on a film of one's own is no second source
        (["E06", "E29"], "", "warehouse"),
        ([], "", ""),
        (["X99"], "", ""),
        ([], "bank", "bank"),
    ],
)
def test_a_file_counts_for_one_system(codes, said, system):
    assert system_of(codes, said) == system


@pytest.mark.parametrize(
    ("systems", "count"),
    [
        ({"carrier", "bank", "buyer"}, ["bank", "buyer", "carrier"]),
        ({"warehouse", "shop"}, ["shop"]),  # both are the shop's own hands
        ({"warehouse", "shop", "carrier"}, ["carrier", "shop"]),
        ({""}, []),
        (set(), []),
    ],
)
def test_what_counts_as_a_source_of_its_own(systems, count):
    assert independent(systems) == count
