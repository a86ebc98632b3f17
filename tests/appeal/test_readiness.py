from dataclasses import replace
from datetime import datetime

import pytest
from invented_matter import Example

from workbench.appeal.matter import Matter, gather
from workbench.notice import Notice
from workbench.appeal.readiness import lacking
from workbench.language import words

EN = words("appeal", "en")


@pytest.fixture(scope="module")
def matter(example: Example) -> Matter:
    return gather(example.case, example.tables, example.assessment)


def with_notice(matter: Matter, **changes: object) -> Matter:
    assert isinstance(matter.notice, Notice)
    return replace(matter, notice=replace(matter.notice, **changes))


def test_every_gap_of_the_example_is_told(matter: Matter):
    assert lacking(matter, EN) == [
        "Orders that the notice names and the loaded data lack: 1.",
        "Orders that nobody has decided on yet: 1.",
        "Defended orders that rest on fewer than two pieces of evidence: 1.",
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"appeal_deadline": None}, "The notice as loaded states no deadline for the appeal."),
        ({"appeal_deadline": datetime(2026, 1, 9, 8)}, "The deadline for the appeal has passed."),
        ({"attempts_used": 3}, "All appeals that the notice allows have been used."),
        ({"attempts_used": None}, "It is not known how many appeals are left."),
        ({"order_ids": ()}, "The notice as loaded names no orders."),
        ({"rule_clause": None}, "The notice as loaded names no rule or clause."),
    ],
)
def test_gaps_of_the_notice(matter: Matter, changes: dict[str, object], sentence: str):
    assert sentence not in lacking(matter, EN)
    assert sentence in lacking(with_notice(matter, **changes), EN)


def test_without_a_notice(matter: Matter):
    told = lacking(replace(matter, notice=None), EN)
    assert told[0] == "No notice of the platform has been loaded."


def test_nothing_is_lacking_once_all_is_decided_and_proven(matter: Matter):
    orders = matter.orders[matter.orders["order_id"] == "1001"].copy()
    orders["exhibits"] = [[1, 2]]
    assert lacking(replace(matter, orders=orders), EN) == []
    conceded = orders.assign(decision="concede")
    assert lacking(replace(matter, orders=conceded), EN) == [
        "No order has been decided to be defended: there is nothing to ask for."
    ]
