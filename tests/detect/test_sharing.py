"""How unusual a shared value is, from counts of which every one is left out of its own baseline."""

from collections import Counter

import pandas as pd
import pytest

from workbench.detect.shared_rows import SharedRows
from workbench.detect.sharing import sharing_tests, tail_of


def shared(accounts: list[int]) -> SharedRows:
    """Values with so many accounts, one order each."""
    rows = [(v, 1000 * v + n) for v, size in enumerate(accounts) for n in range(size)]
    frame = pd.DataFrame(rows, columns=["value", "buyer"]).assign(masked=False)
    return SharedRows("phone", frame.assign(order=range(len(frame))), 1000, 0)


def test_a_value_is_left_out_of_the_tail_it_is_compared_with() -> None:
    (q_third,) = sharing_tests(shared([2, 2, 2, 2, 2, 3])).q_third
    assert q_third == pytest.approx((0 + 0.2 * 5) / (5 + 5))


def test_tail_by_hand() -> None:
    sizes = Counter({2: 95, 3: 20, 4: 6, 7: 1})
    third, more, tail = tail_of(pd.Series([3, 7]), sizes)
    # of 95 with two, 20 have a third, or 19 without the one that is asked for; 0.2 x 5 more of 5
    assert third.tolist() == pytest.approx([20 / 100, 21 / 100])
    assert more.tolist() == pytest.approx([7 / 24, 7 / 25])
    assert tail.tolist() == pytest.approx([0.2, 0.21 * 0.28**4])
