"""Edit distance counts characters, not bytes."""

import pytest

from workbench.detect.place import edit_distance


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("橘灯国际", "橘灯国标", 1), ("kitten", "sitting", 3), ("", "三室", 2), ("同", "同", 0)],
)
def test_distance(one: str, other: str, distance: int) -> None:
    assert edit_distance(one, other) == distance
    assert edit_distance(other, one) == distance
