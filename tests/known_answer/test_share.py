import pytest

from workbench.known_answer import interval


@pytest.mark.parametrize(
    ("share", "trials", "low", "high"),
    [(0.9, 10, 0.596, 0.982), (0.0, 5, 0.0, 0.434), (1.0, 5, 0.566, 1.0), (0.5, 0, 0.0, 1.0)],
)
def test_the_interval_is_that_of_the_textbook(share, trials, low, high):
    assert interval(share, trials) == pytest.approx((low, high), abs=0.001)
