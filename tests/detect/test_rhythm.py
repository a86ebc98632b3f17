"""The rhythm of the shop's repeat buyers, each account left out of its own baseline."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from workbench.detect.rhythm import Rhythm
from workbench.detect.running_total import RunningTotal


def test_an_account_is_left_out_of_what_its_gap_is_compared_with() -> None:
    accounts = pd.DataFrame(
        {"purchases": 3, "median_gap": [np.e, np.e**5, np.e**7], "top": 1}, index=[1, 2, 3]
    )
    rhythm = Rhythm(accounts, RunningTotal.of(pd.Series([1]), pd.Series([6])))
    # the others' logarithms are 5 and 7: median 6, deviations 1, standard deviation root of 2
    expected = stats.norm.cdf((1 - 6) / max(2**0.5, 1.4826))
    assert rhythm.shorter_than(pd.Index([1])) == pytest.approx([expected])
