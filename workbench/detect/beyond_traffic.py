"""More buyers of an item than its visitors can have become.

Within one, three and seven days the item's buyers are compared with its visitors times its own
conversion on all other days, raised by as much as the shop's other items converted better in
those days (a sale converts everything). Test 1: buyers against the item's buyers on other days
(negative binomial): no more than usual is no oddity. Test 2: buyers against visitors
(beta-binomial; Skellam 1948), spread fitted on the shop's items and days (red flags T7).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from workbench.detect.constants import ALPHA, LEAD, MIN_FLAGGED, TRAFFIC_DAYS
from workbench.detect.finding import Detector, no_findings
from workbench.detect.flag_groups import Suspects, report
from workbench.detect.opening import on_trade
from workbench.detect.shop import DAY
from workbench.detect.tails import count_tail
from workbench.detect.trade import ITEM_COLUMNS
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "beyond_traffic"


@dataclass(frozen=True)
class Conversions:
    """Visitors and buyers by item and day (columns item, day, visitors, buyers), and the shop's.

    `spread` is the share of the variance of a day's conversion that is not chance (rho of the
    beta-binomial), `dispersion` variance / mean of an item's buyers per day.
    """

    days: pd.DataFrame
    spread: float
    dispersion: float

    @classmethod
    def of(cls, days: pd.DataFrame) -> Conversions:
        """Fitted by moments over all items and days."""
        item = days.groupby("item")
        rate = (item.buyers.transform("sum") / item.visitors.transform("sum")).clip(upper=1.0)
        visitors, buyers = days.visitors.to_numpy(float), days.buyers.to_numpy(float)
        chance = visitors * rate * (1 - rate)
        beyond = ((buyers - visitors * rate) ** 2 - chance).sum()
        spread = beyond / max(float(((visitors - 1) * chance).sum()), 1.0)
        mean = item.buyers.transform("mean")
        lively = mean > 0
        dispersion = ((buyers - mean) ** 2)[lively].sum() / max(float(mean[lively].sum()), 1.0)
        return cls(days, float(np.clip(spread, 0.0, 0.5)), float(max(dispersion, 1.0)))

    def tail(self, buyers: int, visitors: float, rate: float) -> float:
        """P(at least so many buyers among the visitors)."""
        visitors = max(visitors, buyers)
        if self.spread <= 0 or rate >= 1:
            return float(stats.binom.sf(buyers - 1, visitors, min(rate, 1.0)))
        weight = 1 / self.spread - 1
        return float(stats.betabinom.sf(buyers - 1, visitors, rate * weight, (1 - rate) * weight))


def find(tables: Tables) -> pd.DataFrame:
    """Windows of an item with more buyers than its visitors explain; see docs/detectors.md."""
    days = _days(tables)
    if days.buyers.sum() == 0 or days.item.nunique() < 2:
        return no_findings(reviewed=0, reason="no_traffic")
    shop = Conversions.of(days)
    windows = _windows(days)
    tried = len(days) * len(TRAFFIC_DAYS)
    odd = windows[(windows.buyers >= MIN_FLAGGED) & (windows.buyers > windows.expected)]
    judged = []
    names = ["buyers", "visitors", "rate", "usual", "item", "first", "last"]
    columns = [odd[name].to_numpy() for name in names]
    for buyers, visitors, rate, usual, item, first, last in zip(*columns, strict=True):
        p1 = count_tail(int(buyers), float(usual), shop.dispersion)
        if p1 <= ALPHA:
            p2 = shop.tail(int(buyers), float(visitors), float(rate))
            if p2 * tried < LEAD:
                judged.append((p2, item, first, last, buyers, visitors, p1))
    best = _apart(sorted(judged, key=lambda one: (one[0], one[2], one[3], -one[4])))
    return _told(tables, best, shop, windows, tried)


def _days(tables: Tables) -> pd.DataFrame:
    """Visitors and buyers of each item and day that the table of traffic has visitors for."""
    traffic, trade = tables["traffic"], tables["trade"]
    seen = traffic.filter(traffic.date.notnull(), traffic.visitors > 0).select(
        "visitors",
        item=traffic.product_id.strip().nullif("").hash(),
        day=(traffic.date.cast("timestamp").epoch_seconds() / DAY).floor().cast("int64"),
    )
    visits = seen.group_by(["item", "day"]).aggregate(visitors=seen.visitors.sum())
    who = trade.buyer if "buyer" in trade.columns else trade.order
    lines = trade.filter(trade.item.notnull()).select(
        "item", day=(trade.second / DAY).floor().cast("int64"), who=who.fill_null(trade.order)
    )
    bought = lines.group_by(["item", "day"]).aggregate(buyers=lines.who.nunique())
    both = visits.left_join(bought, ["item", "day"]).select(
        "item", "day", "visitors", buyers=lambda t: t.buyers.fill_null(0)
    )
    frame = both.to_pandas()
    # Items by what they sold, not by their hash, which differs between engines.
    total = frame.groupby("item")[["buyers", "visitors"]].transform("sum")
    frame["sold"], frame["came"] = total.buyers, total.visitors
    ordered = frame.sort_values(["sold", "came", "item", "day"], ignore_index=True)
    return ordered.drop(columns=["sold", "came"])


def _windows(days: pd.DataFrame) -> pd.DataFrame:
    """Every window of every item: buyers, visitors, the rate without it, usual buyers."""
    made = []
    shop = days.groupby("day")[["buyers", "visitors"]].sum()
    overall = days.buyers.sum() / days.visitors.sum()
    expected = days.visitors * days.groupby("item").buyers.transform("sum")
    expected = expected / days.groupby("item").visitors.transform("sum")
    shop["expected"] = expected.groupby(days.day).sum()
    for item, own in days.groupby("item", sort=False):
        day = own.day.to_numpy("int64")
        own_expected = expected[own.index].to_numpy()
        for length in TRAFFIC_DAYS:
            last = np.searchsorted(day, day + length, side="left")
            first = np.arange(len(day))
            sums = {
                name: np.concatenate([[0.0], np.cumsum(own[name].to_numpy(float))])
                for name in ("buyers", "visitors")
            }
            buyers, visitors = (sums[n][last] - sums[n][first] for n in sums)
            left = sums["buyers"][-1] - buyers, sums["visitors"][-1] - visitors
            rate = (left[0] + 1) / (left[1] + 1 / max(overall, 1e-9))
            raised = _raised(shop, day, last, own, own_expected)
            others = np.maximum(len(day) - (last - first), 1)
            made.append(
                pd.DataFrame(
                    {
                        "item": item,
                        "first": day,
                        "last": day[last - 1],
                        "buyers": buyers,
                        "visitors": visitors,
                        "rate": np.minimum(rate * raised, 1.0),
                        "expected": visitors * np.minimum(rate * raised, 1.0),
                        "usual": (left[0] + 1) / others * (last - first) * raised,
                    }
                )
            )
    return pd.concat(made, ignore_index=True).drop_duplicates(["item", "first", "last"])


def _raised(
    shop: pd.DataFrame, day: np.ndarray, last: np.ndarray, own: pd.DataFrame, expected: np.ndarray
) -> np.ndarray:
    """How much better the shop's other items converted in each window than usual, at least 1."""
    here = shop.reindex(day)
    got = np.concatenate([[0.0], np.cumsum(here.buyers.to_numpy() - own.buyers.to_numpy(float))])
    due = np.concatenate([[0.0], np.cumsum(here.expected.to_numpy() - expected)])
    first = np.arange(len(day))
    ratio = (got[last] - got[first] + 1) / (due[last] - due[first] + 1)
    return np.asarray(np.maximum(ratio, 1.0))


def _apart(judged: list[tuple]) -> list[tuple]:
    """The best windows of each item that share no day with a better one."""
    kept: list[tuple] = []
    for one in judged:
        if not any(k[1] == one[1] and k[2] <= one[3] and one[2] <= k[3] for k in kept):
            kept.append(one)
    return kept


def _told(
    tables: Tables, best: list[tuple], shop: Conversions, windows: pd.DataFrame, tried: int
) -> pd.DataFrame:
    if not best:
        return no_findings(reviewed=len(windows))
    trade = tables["trade"]
    seconds = [((trade.second >= b[2] * DAY) & (trade.second < (b[3] + 1) * DAY)) for b in best]
    found: list[Suspects] = []
    figures: dict[tuple[str, ...], dict[str, object]] = {}
    for one, inside in zip(best, seconds, strict=True):
        p2, item, first, last, buyers, visitors, p1 = one
        rows = trade.filter(trade.item == int(item), inside).select("order_id").to_pandas()
        orders = tuple(sorted(set(rows.order_id)))
        if len(orders) >= MIN_FLAGGED:
            here = windows[(windows["item"] == item) & (windows["first"] == first)]
            row = here[here["last"] == last].iloc[0]
            rate = float(row.rate)
            suspects = Suspects(orders, rows, int(visitors), int(buyers), rate, float(p2), tried)
            found.append(suspects)
            figures[orders] = {
                "p1": p1,
                "usual_buyers": float(row.usual),
                "spread": shop.spread,
                "days": int(last - first) + 1,
            }
    return report(NAME, tables, found, lambda one: figures[one.orders], reviewed=len(windows))


DETECTOR = Detector(
    name=NAME,
    family="proof",
    needs=(
        "orders.order_id",
        "orders.created_at",
        "traffic.date",
        "traffic.product_id",
        "traffic.visitors",
    ),
    needs_any=(tuple(f"orders.{column}" for column in ITEM_COLUMNS),),
    find=on_trade(find, buyers=False),
    # Buyers who come by a link that the platform does not count are ordinary (private traffic).
    ambiguous=True,
)
