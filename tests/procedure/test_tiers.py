import pytest

from workbench.errors import BadInput
from workbench.procedure.tiers import tier_of, tiers

OWN = """
zh = "苏宁"
en = "Suning"
names = ["suning"]

[[tier]]
orders_from = 1
finding_from = 1
points = 6
zh = "扣6分"
en = "6 points"
source_zh = "规则页"
source_en = "rule page"
as_of = 2026-05-01
confidence = "V"
"""


@pytest.mark.parametrize(
    ("orders", "finding", "points"),
    [
        (29, 1, 0), (30, 1, 4), (29, 2, 4), (30, 2, 8), (1, 3, 8), (500, 3, 12), (1, 4, 24),
        (500, 9, 24),
    ],
)  # fmt: skip
def test_a_ladder_by_count_and_repetition(case, orders, finding, points):
    found = tier_of(tiers("suning", case), orders, finding)
    assert found is not None
    assert found.points == points
    # Ten years old: to be asked about, not to be relied on.
    assert not found.verified


def test_no_orders_and_no_platform_have_no_tier(case):
    assert tier_of(tiers("suning", case), 0, 1) is None
    assert tiers("taobao", case) == ()


def test_the_firms_own_table_takes_the_place_of_the_shipped_one(case):
    folder = case.path / "rule_packs"
    folder.mkdir()
    (folder / "suning.toml").write_text(OWN, "utf-8")
    (found,) = tiers("suning", case)
    assert (found.points, found.as_of, found.own, found.verified) == (6, "2026-05-01", True, True)
    (folder / "1688.toml").write_text("zh = '1688'", "utf-8")
    assert tier_of(tiers("1688", case), 3, 2).points == 4


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("points = 6", "points = -6"), "points is no whole number: -6"),
        (("points = 6", "score = 6"), "The tier lacks points"),
        (("points = 6", "points = 6\nscore = 6"), "A tier has no score"),
        (('"V"', '"sure"'), "Unknown confidence 'sure'"),
        (("[[tier]]", "[[tier"), "The rule pack cannot be read"),
    ],
)
def test_an_own_table_that_is_wrong_is_told(case, change, says):
    folder = case.path / "rule_packs"
    folder.mkdir()
    (folder / "suning.toml").write_text(OWN.replace(*change), "utf-8")
    with pytest.raises(BadInput, match=says):
        tiers("suning", case)
