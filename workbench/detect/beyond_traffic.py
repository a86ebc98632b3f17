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

    def tails(self, buyers: np.ndarray, visitors: np.ndarray, rate: np.ndarray) -> np.ndarray:
        """P(at least so many buyers among the visitors), for many windows."""
        visitors, rate = np.maximum(visitors, buyers), np.clip(rate, 1e-12, 1 - 1e-12)
        if self.spread <= 0:
            return np.asarray(stats.binom.sf(buyers - 1, visitors, rate))
        weight = 1 / self.spread - 1
        tails = stats.betabinom.sf(buyers - 1, visitors, rate * weight, (1 - rate) * weight)
        return np.clip(tails, 0.0, 1.0)

    def more_than_usual(self, buyers: np.ndarray, usual: np.ndarray) -> np.ndarray:
        """P(at least so many buyers in so many days), for many windows."""
        return np.array(
            [
                count_tail(int(n), float(mean), self.dispersion)
                for n, mean in zip(buyers, usual, strict=True)
            ]
        )


def find(tables: Tables) -> pd.DataFrame:
    """Windows of an item with more buyers than its visitors explain; see docs/detectors.md."""
    days = _days(tables)
    if days.buyers.sum() == 0 or days.item.nunique() < 2:
        return no_findings(reviewed=0, reason="no_traffic")
    shop = Conversions.of(days)
    windows = _windows(days)
    tried = len(days) * len(TRAFFIC_DAYS)
    odd = windows[(windows.buyers >= MIN_FLAGGED) & (windows.buyers > windows.expected)]
    figures = (odd[name].to_numpy("float64") for name in ("buyers", "visitors", "rate"))
    odd = odd.assign(p2=shop.tails(*figures))
    odd = odd[odd.p2 * tried < LEAD]
    odd = odd.assign(p1=shop.more_than_usual(odd.buyers.to_numpy(), odd.usual.to_numpy()))
    odd = odd[odd.p1 <= ALPHA].sort_values(["p2", "first", "last", "buyers", "visitors"])
    return _told(tables, _apart(odd), shop, len(windows), tried)


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
    overall = max(float(days.buyers.sum() / days.visitors.sum()), 1e-9)
    item = days.groupby("item", sort=False)
    due = days.visitors * item.buyers.transform("sum") / item.visitors.transform("sum")
    # What the shop's other items sold on the same day, and what they should have.
    by_day = pd.DataFrame({"day": days.day, "got": days.buyers, "due": due}).groupby("day")
    figures = np.stack(
        [
            days.buyers.to_numpy("float64"),
            days.visitors.to_numpy("float64"),
            (by_day.got.transform("sum") - days.buyers).to_numpy("float64"),
            (by_day.due.transform("sum") - due).to_numpy("float64"),
        ]
    )
    made = [
        _item_windows(days.day.to_numpy("int64")[own], figures[:, own], overall)
        for own in item.indices.values()
    ]
    items = [key for key, own in item.indices.items() for _ in range(len(own) * len(TRAFFIC_DAYS))]
    names = ["first", "last", "buyers", "visitors", "rate", "expected", "usual"]
    windows = pd.DataFrame(np.concatenate(made, axis=1).T, columns=names)
    windows["item"] = np.asarray(items, dtype="int64")
    return windows.drop_duplicates(["item", "first", "last"])


def _item_windows(day: np.ndarray, figures: np.ndarray, overall: float) -> np.ndarray:
    """The windows of one item, one column each (see _windows)."""
    upto = np.concatenate([np.zeros((len(figures), 1)), np.cumsum(figures, axis=1)], axis=1)
    first = np.arange(len(day))
    made = []
    for length in TRAFFIC_DAYS:
        end = np.searchsorted(day, day + length, side="left")
        buyers, visitors, got, due = upto[:, end] - upto[:, first]
        raised = np.maximum((got + 1) / (due + 1), 1.0)
        left = upto[0, -1] - buyers + 1
        rate = np.minimum(left / (upto[1, -1] - visitors + 1 / overall) * raised, 1.0)
        others = np.maximum(len(day) - (end - first), 1)
        usual = left / others * (end - first) * raised
        made.append(np.stack([day, day[end - 1], buyers, visitors, rate, visitors * rate, usual]))
    return np.concatenate(made, axis=1)


def _apart(odd: pd.DataFrame) -> pd.DataFrame:
    """The best windows of each item that share no day with a better one."""
    kept: list[int] = []
    for n, (item, first, last) in enumerate(
        zip(odd["item"], odd["first"], odd["last"], strict=True)
    ):
        taken = odd.iloc[kept]
        meets = (taken["item"] == item) & (taken["first"] <= last) & (taken["last"] >= first)
        if not meets.any():
            kept.append(n)
    return odd.iloc[kept]


def _told(
    tables: Tables, best: pd.DataFrame, shop: Conversions, reviewed: int, tried: int
) -> pd.DataFrame:
    trade = tables["trade"]
    found: list[Suspects] = []
    figures: dict[tuple[str, ...], dict[str, object]] = {}
    for one in best.to_dict("records"):
        start, end = int(one["first"] * DAY), int((one["last"] + 1) * DAY)
        inside = (trade.item == int(one["item"])) & (trade.second >= start) & (trade.second < end)
        rows = trade.filter(inside).select("order_id").distinct().to_pandas()
        orders = tuple(sorted(rows.order_id))
        if len(orders) >= MIN_FLAGGED:
            counts = int(one["visitors"]), int(one["buyers"])
            found.append(Suspects(orders, rows, *counts, one["rate"], one["p2"], tried))
            figures[orders] = {
                "p1": one["p1"],
                "usual_buyers": one["usual"],
                "spread": shop.spread,
                "days": int(one["last"] - one["first"]) + 1,
            }
    return report(NAME, tables, found, lambda one: figures[one.orders], reviewed=reviewed)


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
