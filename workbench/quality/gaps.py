"""Days without orders, held against the shop's own usual rhythm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import ibis
import numpy as np
import pandas as pd

from workbench.language import words
from workbench.quality.bounds import ERA, first_plausible_day
from workbench.quality.headings import small_text
from workbench.rows import each
from workbench.tables import Tables

__all__ = ["days_data", "gaps_data", "gaps_table"]

_NEAR = 8
"""The rate of a day is taken from the same weekday of so many weeks before and after it."""
_CHANCE = 0.01
"""A run is told when chance gives one like it in fewer than this share of such shops."""
_MONTH = 28


def days_data(tables: Tables, now: datetime) -> pd.DataFrame:
    """Every day from the first to the last order, per shop.

    Columns: shop (empty where none is named), day, orders, expected (mean of the days with the
    same weekday within eight weeks, itself and the runs of empty days left out), p_zero (chance
    of an empty day at that rate: negative binomial with the dispersion of this shop's days about
    their expectation, so that a shop of uneven days is not accused), gap (number of the run in
    `gaps_data`, 0 for none). Orders before the first plausible day or after `now` are left out.
    """
    columns = ["shop", "day", "orders", "expected", "p_zero", "gap"]
    if "orders" not in tables:
        return pd.DataFrame(columns=columns)
    counted = _counted(tables, now)
    parts = [_one_shop(str(shop), part) for shop, part in counted.groupby("shop", sort=True)]
    if not parts:
        return pd.DataFrame(columns=columns)
    days = pd.concat(parts, ignore_index=True)
    numbers = (
        days[days.gap > 0]
        .drop_duplicates(["shop", "gap"])
        .assign(number=lambda frame: range(1, len(frame) + 1))
    )
    together = days.merge(numbers[["shop", "gap", "number"]], "left", ["shop", "gap"])
    return days.assign(gap=together.number.fillna(0).astype("int64"))[columns]


def gaps_data(days: pd.DataFrame) -> pd.DataFrame:
    """The runs of empty days that the shop's rhythm does not explain, the longest first.

    Columns: gap, shop, first, last (days), days (empty ones), expected (orders at the usual
    rate), chance (product of the days' p_zero times the days looked at, at most 1), months (whole
    calendar months inside, comma-separated), kind: month (a whole month or at least 28 days: an
    export may be missing), long (at least 3 days), short.
    """
    columns = ["gap", "shop", "first", "last", "days", "expected", "chance", "months", "kind"]
    found = days[days.gap > 0]
    rows = []
    for gap, run in found.groupby("gap", sort=True):
        first, last, empty = run.day.min(), run.day.max(), run[run.expected > 0]
        looked = int((days.shop == run.shop.iloc[0]).sum())
        months = _whole_months(first, last)
        length = (last - first).days + 1
        rows.append(
            {
                "gap": gap,
                "shop": run.shop.iloc[0],
                "first": first,
                "last": last,
                "days": length,
                "expected": float(empty.expected.sum()),
                "chance": _chance(run, looked),
                "months": ", ".join(months),
                "kind": "month"
                if months or length >= _MONTH
                else "long"
                if length > 2
                else "short",
            }
        )
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["days", "gap"], ascending=[False, True], ignore_index=True)


def gaps_table(gaps: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """The runs of empty days as a reader sees them."""
    say = words("quality", language)
    kinds: Mapping[str, str] = {
        "month": say("a month of the export may be missing: export it again, or note the closure"),
        "long": say("was the shop closed (holiday, stock-taking)? If not, export these days again"),
        "short": say("a day off, or a day missing in the export"),
    }
    records = [
        {
            say("Shop"): row.shop,
            say("From"): f"{row.first:%Y-%m-%d}",
            say("To"): f"{row.last:%Y-%m-%d}",
            say("Days without orders"): row.days,
            say("Orders usual in such days"): round(row.expected, 1),
            say("Chance of such a run somewhere in the span"): small_text(row.chance),
            say("What to do"): kinds[row.kind],
        }
        for row in each(gaps)
    ]
    table = pd.DataFrame(records)
    return table if (gaps.shop != "").any() else table.drop(columns=say("Shop"), errors="ignore")


def _counted(tables: Tables, now: datetime) -> pd.DataFrame:
    orders = tables["orders"]
    first = max(first_plausible_day(orders, now), ERA)
    kept = orders.filter((orders.created_at >= first) & (orders.created_at <= now))
    shop = kept.shop.fill_null("") if "shop" in kept.columns else ibis.literal("")
    kept = kept.mutate(quality_shop=shop, quality_day=kept.created_at.date())
    counted = kept.group_by(["quality_shop", "quality_day"]).aggregate(
        orders=kept.order_id.nunique()
    )
    frame = counted.to_pandas().rename(columns={"quality_shop": "shop", "quality_day": "day"})
    frame["day"] = pd.to_datetime(frame.day).astype("datetime64[us]")
    return frame.sort_values(["shop", "day"], ignore_index=True)


def _one_shop(shop: str, counted: pd.DataFrame) -> pd.DataFrame:
    span = pd.date_range(counted.day.min(), counted.day.max(), freq="D", unit="us")
    orders = counted.set_index("day").orders.reindex(span, fill_value=0)
    days = pd.DataFrame({"shop": shop, "day": span, "orders": orders.to_numpy("int64")})
    weekday, empty = days.day.dt.day_of_week.to_numpy(), (days.orders == 0).to_numpy()
    days["expected"] = _expected(days.orders.to_numpy("float64"), weekday, empty)
    size = _size(days.orders.to_numpy("float64"), days.expected.to_numpy(), empty)
    days["p_zero"] = _zero_chance(days.expected.to_numpy(), size)
    days["gap"] = _runs(days)
    return days


def _expected(orders: np.ndarray, weekday: np.ndarray, empty: np.ndarray) -> np.ndarray:
    """The usual orders of each day: the same weekdays around it.

    An empty day counts for the rate of its weekday only when the days before and after it are not
    empty too, or when the weekday is empty most weeks (the shop's day off): a hole must not hide
    itself.
    """
    off = np.array(
        [empty[weekday == d].mean() > 0.5 if (weekday == d).any() else 1 for d in range(7)]
    )
    before, after = np.r_[False, empty[:-1]], np.r_[empty[1:], False]
    usable = ~empty | off[weekday] | ~(before | after)
    expected = np.zeros(len(orders))
    for day in range(len(orders)):
        near = np.arange(day - 7 * _NEAR, day + 7 * _NEAR + 1, 7)
        near = near[(near >= 0) & (near < len(orders)) & (near != day)]
        near = near[usable[near]]
        if not len(near):
            same = np.flatnonzero((weekday == weekday[day]) & usable)
            near = same[same != day]
        expected[day] = orders[near].mean() if len(near) else 0.0
    return expected


def _size(orders: np.ndarray, expected: np.ndarray, empty: np.ndarray) -> float:
    """The size k of a negative binomial (variance m + m²/k) of the days that are not empty.

    By moments: Σ((x − m)² − m) / Σ m² = 1/k. Infinite (Poisson) where days vary no more than that.
    """
    used = ~empty & (expected > 0)
    x, m = orders[used], expected[used]
    excess = float(((x - m) ** 2 - m).sum() / (m**2).sum()) if used.any() else 0.0
    return 1 / excess if excess > 1e-9 else float("inf")


def _zero_chance(expected: np.ndarray, size: float) -> np.ndarray:
    if np.isinf(size):
        return np.exp(-expected)
    return (1 + expected / size) ** -size


def _runs(days: pd.DataFrame) -> np.ndarray:
    """Number of the telling run that each empty day lies in, 0 for none."""
    empty = (days.orders == 0).to_numpy()
    start = empty & ~np.r_[False, empty[:-1]]
    number = np.where(empty, np.cumsum(start), 0)
    told = np.zeros(len(days), dtype="int64")
    kept = 0
    for run in range(1, int(start.sum()) + 1):
        inside = number == run
        if _chance(days[inside], len(days)) < _CHANCE:
            kept += 1
            told[inside] = kept
    return told


def _chance(run: pd.DataFrame, looked: int) -> float:
    """Chance of such a run anywhere among the days looked at, if days were independent."""
    return float(min(1.0, looked * np.prod(run.p_zero.to_numpy("float64"))))


def _whole_months(first: pd.Timestamp, last: pd.Timestamp) -> list[str]:
    months = pd.period_range(first, last, freq="M")
    return [str(m) for m in months if m.start_time >= first and m.end_time.normalize() <= last]
