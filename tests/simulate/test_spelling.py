"""Ways to write one door."""

from __future__ import annotations

import pytest

from workbench.simulate.ordinary import HONEST_SPELLINGS
from workbench.simulate.spelling import DISGUISES, FIRST_DISGUISE, disguised, hurried, respelled

DOORS = (
    "望春路12号3幢501室",
    "麦浪新村20号楼4单元1805室",
    "听雨街5弄7号302室",
    "上麦村3组12号",
)


@pytest.mark.parametrize("door", DOORS)
def test_all_disguises_of_a_door_differ(door: str):
    assert DISGUISES == 144
    assert len({disguised(door, number) for number in range(DISGUISES)}) == DISGUISES


@pytest.mark.parametrize("door", DOORS)
def test_every_hurried_spelling_changes_something(door: str):
    for number in range(1, HONEST_SPELLINGS + 1):
        assert hurried(door, number) != door


def test_examples():
    assert respelled(DOORS[0], 0) == DOORS[0]
    assert respelled(DOORS[0], 1) == "望春路12号3幢501"
    assert respelled(DOORS[0], 4) == "望春路１２号３幢５０１室"
    assert respelled(DOORS[0], FIRST_DISGUISE) == DOORS[0]
    assert respelled(DOORS[0], FIRST_DISGUISE + 2) == "望春路12号3幢501室转交"
    assert respelled(DOORS[0], FIRST_DISGUISE + 36) == "望春路12#3栋501"
    assert respelled(DOORS[1], FIRST_DISGUISE + 72 + 24) == "麦浪新村二零-四-一八零五"
