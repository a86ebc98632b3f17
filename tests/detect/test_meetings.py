"""Who met whom, by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from workbench.detect.meetings import _lift, combinations_of, meetings, places_of

DAY = 86400


def shop(*visits: tuple[int, str, float]) -> pd.DataFrame:
    """Accounts, items and days of purchases."""
    rows = pd.DataFrame(visits, columns=["account", "item", "day"])
    item = rows["item"].map({name: n for n, name in enumerate(sorted(set(rows["item"])))})
    return rows.assign(item=item, second=(rows.day * DAY).astype("int64"))


TEAM = [(n, item, day) for n in range(4) for item, day in (("a", 1.2), ("b", 9.5), ("c", 17.3))]
CROWD = [(10 + n, "abc"[n % 3], 0.5 + n % 20) for n in range(60)]


def test_windows_and_their_second_grid() -> None:
    rows = shop((0, "a", 0.9), (1, "a", 1.1))
    assert places_of(rows, DAY, 0).place.nunique() == 2
    assert places_of(rows, DAY, DAY // 2).place.nunique() == 1
    assert len(places_of(shop((0, "a", 0.1), (0, "a", 0.2)), DAY, 0)) == 1


def test_team_that_met_three_times_by_hand() -> None:
    at = places_of(shop(*TEAM, *CROWD), DAY, 0)
    met = meetings(at, 3)
    (one,) = met.sets.itertuples()
    assert (one.accounts, one.rounds, met.tried) == (4, 3, 4)
    assert sorted(met.held.account) == [0, 1, 2, 3]
    # 72 visits; four accounts with three each: 4 x 3 x 2 x 1 ways to be at three places;
    # at each place one visit is left without the other three (day 1: crowd of item b)
    crowds = [at[(at.window == day)].groupby("item").account.nunique() for day in (1, 9, 17)]
    left = [max(int(c[item]) - 3, 1) for item, c in enumerate(crowds)]
    expected = 24 * np.prod(left) / 72**3
    # each two items: all four who bought both are of the team, 0 + 5 of 576 / 64 + 5, below 1
    assert one.expected == pytest.approx(expected)
    assert one.p == pytest.approx(stats.poisson.sf(2, expected))


def test_bundles_are_reckoned_with() -> None:
    """Of 1000 buyers, 30 buy each item of a bundle, 20 of them both; 0.9 would by chance."""
    one = [(n, 1) for n in range(30)]
    other = [(n, 2) for n in range(10, 40)]
    rest = [(n, 3) for n in range(1000)]
    bought = pd.DataFrame(one + other + rest, columns=["account", "item"])
    pairs = pd.DataFrame({"one": [1, 2], "other": [2, 3], "own": [4, 4]})
    # without the four of the set themselves
    assert _lift(bought, pairs) == pytest.approx([(16 + 5) / (0.9 + 5), (26 + 5) / (30 + 5)])


def test_one_trip_to_the_shop_is_one_meeting() -> None:
    trip = [(n, item, 5.2) for n in range(5) for item in "abc"]
    assert meetings(places_of(shop(*trip, *CROWD), DAY, 0), 2).sets.empty
    days = [(n, item, 5.2 + k) for n in range(5) for k, item in enumerate("ab")]
    assert meetings(places_of(shop(*days, *CROWD), DAY, 0), 2).sets.empty


def test_the_same_item_each_month_is_a_habit() -> None:
    habit = [(n, "a", 30 * k + 0.5) for n in range(5) for k in range(6)]
    assert meetings(places_of(shop(*habit, *CROWD), DAY, 0), 2).sets.empty


def test_crowded_places_are_skipped_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.detect.meetings.BUCKET_CAP", 3)
    met = meetings(places_of(shop(*TEAM), DAY, 0), 2)
    assert (len(met.sets), met.skipped) == (0, 3)


def test_accounts_with_too_many_places_are_skipped_and_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("workbench.detect.meetings.COMBINATION_CAP", 5)
    at = places_of(shop(*[(0, "abcdefgh"[n], 3 * n) for n in range(8)], *TEAM[3:6]), DAY, 0)
    combined, skipped = combinations_of(at, 3)
    assert (combined.account.tolist(), skipped) == ([1], 1)
