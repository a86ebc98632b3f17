"""The interval of a share, from few trials."""

from __future__ import annotations

from math import sqrt

__all__ = ["interval"]

_Z = 1.959963984540054


def interval(share: float, trials: int) -> tuple[float, float]:
    """The 95 % score interval of a share seen in so many trials (Wilson 1927, JASA 22:209)."""
    if trials < 1:
        return 0.0, 1.0
    weight = _Z**2 / trials
    middle = (share + weight / 2) / (1 + weight)
    half = _Z / (1 + weight) * sqrt(share * (1 - share) / trials + weight / (4 * trials))
    return max(0.0, middle - half), min(1.0, middle + half)
