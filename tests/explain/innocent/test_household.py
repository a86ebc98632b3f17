import pytest

from tests.explain.innocent.one_group import one
from tests.explain.made import orders
from workbench.explain.innocent.household import judge_household


@pytest.mark.parametrize(
    ("buyers", "items", "result"),
    [
        ("aabbcc", "123412", "passed"),
        ("aabbcd", "123412", "failed"),  # four accounts
        ("aabb", "1111", "failed"),  # one item
        ("aaabbbccca", "1111111234", "failed"),  # 7 of 10
        ("aaabbbccca", "1111112345", "passed"),  # 6 of 10
    ],
)
def test_up_to_three_accounts_with_different_wishes_are_a_home(buyers, items, result):
    lines = orders([{"buyer_id": b, "product_id": i} for b, i in zip(buyers, items, strict=True)])
    assert one(judge_household, lines, None).result == result
