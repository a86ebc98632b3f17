"""How unusual it is that so many accounts hold one value, against the shop's shared values."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
from scipy import stats

from workbench.detect.baseline import sharing_tail
from workbench.detect.constants import HUB_QUANTILE, MIN_SHARED
from workbench.detect.shared_rows import SharedRows

__all__ = ["sharing_tests", "tail_of"]


def sharing_tests(shared: SharedRows) -> pd.DataFrame:
    """Test 1 of every value with enough accounts: how far out in the shop's own sharing tail.

    The columns of SharedRows.values and: shared_values (others with two or more accounts),
    q_third and q (chance of a third, and of each further account), match_chance (that two
    accounts match on a masked value by chance; 0 for whole values), p1 (that a shared value has
    so many accounts), hub_cut, above_hub_cut.
    """
    values = shared.values
    tests = values[values.accounts >= MIN_SHARED].copy()
    if tests.empty:
        return tests.assign(p1=pd.Series(dtype="float64"))
    tests["shared_values"] = len(values) - 1
    tests["q_third"], tests["q"], tail = tail_of(tests.accounts, shared.sizes)
    tests["match_chance"] = _match_chance(tests, values, shared.masked_accounts)
    crowd = _crowd_chance(tests, shared.masked_accounts) / len(values)
    tests["p1"] = (tail + crowd).clip(upper=1)
    tests["hub_cut"] = float(values.accounts.quantile(HUB_QUANTILE))
    tests["above_hub_cut"] = tests.accounts > tests.hub_cut
    return tests


def tail_of(accounts: pd.Series, sizes: Counter[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Chance of a third account, of each further one, and of so many, each left out of `sizes`."""
    steps = {n: sharing_tail(sizes - Counter([n])) for n in set(accounts.tolist())}
    third = np.array([steps[n][0] for n in accounts])
    more = np.array([steps[n][1] for n in accounts])
    return third, more, third * more ** (accounts.to_numpy() - MIN_SHARED)


def _match_chance(tests: pd.DataFrame, values: pd.DataFrame, accounts: int) -> pd.Series:
    """Chance that two accounts with a masked value have the same one; 0 for a whole value.

    Matching pairs among the shop's other masked values, and one more, of all pairs.
    """
    pairs = values.accounts * (values.accounts - 1) / 2
    others = pairs[values.masked].sum() - pairs[tests.index]
    chance = ((others + 1) / max(accounts * (accounts - 1) / 2, 1)).clip(upper=1.0)
    return chance.where(tests.masked, 0.0)


def _crowd_chance(tests: pd.DataFrame, accounts: int) -> pd.Series:
    """Masked values of so many accounts to be expected among strangers; 0 for a whole value.

    For each account with a masked value, Poisson over the others.
    """
    mean = tests.match_chance * (accounts - 1)
    crowd = pd.Series(stats.poisson.sf(tests.accounts - 2, mean), index=tests.index) * accounts
    return crowd.where(tests.masked, 0.0)
