"""From the evidence of a case to the files to hand in."""

from __future__ import annotations

import pytest

from workbench.case import attach, create_case
from workbench.proof.files_to_send import requirements, smallest_set_told
from workbench.proof.smallest_set import Exhibit, Limits, More, SmallestSet, smallest_set
from workbench.proof.strength import order_strength


@pytest.fixture
def case(tmp_path):
    return create_case(tmp_path / "case")


def given(case, content, system, subject, subject_id=""):
    file = attach(
        case, content, "f.pdf", subject=subject, subject_id=subject_id, system=system, who="Li"
    )
    return file.sha256


def test_what_speaks_for_order_group_and_case_counts(case):
    scans = given(case, b"scans", "carrier", "group", "G-1")
    ledger = given(case, b"ledger!", "shop", "case")
    stock = given(case, b"stock", "warehouse", "order", "1")
    unsaid = given(case, b"what", "", "order", "1")
    members = {"G-1": ["1", "2"]}
    needs = requirements(case, ["1", "2", "3"], members)
    assert set(needs["1"]) == {
        Exhibit(scans, "carrier", True, 5),
        # The shop and its warehouse are one hand.
        Exhibit(ledger, "own", False, 7),
        Exhibit(stock, "own", False, 5),
        Exhibit(unsaid, "", False, 4),
    }
    assert needs["3"] == [Exhibit(ledger, "own", False, 7)]
    found = smallest_set(needs)
    assert found.chosen == tuple(sorted([scans, ledger]))
    assert found.covered == ("1", "2")
    assert found.lacking == ("3",)
    # Both say the same of each order.
    strength = order_strength(case, ["1", "2", "3"], members)
    assert strength["sufficient"].tolist() == [True, True, False]


FOUND = SmallestSet(
    chosen=("a" * 64, "b" * 64),
    total_bytes=12345,
    covered=("1", "2"),
    lacking=("3", "4", "5", "6", "7", "8"),
    oversized=("9",),
    too_large=("c" * 64,),
    left_out=("10",),
    more=More(files=1, total_bytes=2000, characters=3),
    proven=False,
)


def test_in_words():
    told = smallest_set_told(FOUND, Limits(files=2, file_bytes=5_000_000), "en")
    assert told == [
        "2 files (12,345 bytes) prove 2 orders, each by two independent sources, one of them "
        "neutral.",
        "The search ran out of time: there may be a smaller set.",
        "Not proven even by all files there are: 3, 4, 5, 6, 7 and others (6 in all).",
        "Proven only by files larger than 5,000,000 bytes, which the platform does not take: 9. "
        "Shorten or split: cccccccccccc.",
        "Left out, because the limits do not hold the files for all: 10.",
        "For all of them the limits would have to give by no less than: 1 files more, 2,000 bytes "
        "more, 3 characters more.",
    ]
    assert len(smallest_set_told(FOUND, Limits(file_bytes=5), "zh")) == len(told)
    assert len(smallest_set_told(SmallestSet(), Limits(), "zh")) == 1
