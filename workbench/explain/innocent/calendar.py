"""The campaigns on record, and which groups' orders they cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.explain.innocent.outcome import Outcome, failed, passed, percent, undecided
from workbench.explain.plain import plain
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = [
    "CAMPAIGN_NEEDS",
    "KINDS",
    "Cover",
    "campaign_calendar",
    "covers",
    "no_record",
    "recorded",
]

CAMPAIGN_NEEDS = ("campaigns.name", "campaigns.starts_at", "campaigns.ends_at")
KINDS: dict[str, tuple[str, ...]] = {
    "livestream": ("livestream", "influencer"),
    "flash_sale": ("flash_sale",),
    "group_buy": ("group_buy",),
    "new_product": ("new_product",),
}
"""Kinds of record by the explanation that they speak for; any other kind is a promotion."""


@dataclass(frozen=True)
class Cover:
    """What a calendar covers of a group: the share of its lines, and the name that covers most."""

    share: float = 0.0
    name: str = ""

    @property
    def enough(self) -> bool:
        """Whether nearly all of the group is covered."""
        return self.share >= CUTS["campaign_share"]


def campaign_calendar(tables: Tables) -> pd.DataFrame | None:
    """Campaigns on record: name, starts_at, ends_at, product_id (empty: all), kind, sold, short.

    `kind` is the explanation a record speaks for, `sold` whether the shop's orders know the item
    by that number at all, `short` whether it is short enough to explain an hour (a launch: its
    first weeks). None where no campaigns are on record.
    """
    table = tables.get("campaigns")
    needed = [need.split(".")[1] for need in CAMPAIGN_NEEDS]
    if table is None or not set(needed) <= set(table.columns):
        return None
    calendar = table.to_pandas()
    for column in ("product_id", "kind"):
        calendar[column] = calendar[column].fillna("") if column in calendar else ""
    names = {kind: name for name, kinds in KINDS.items() for kind in kinds}
    calendar["kind"] = calendar.kind.map(names).fillna("promotion")
    calendar["sold"] = (calendar.product_id == "") | calendar.product_id.isin(_items(tables))
    hours = (calendar.ends_at - calendar.starts_at).dt.total_seconds() / 3600
    # A launch is not a matter of hours: the item is new for weeks.
    longest = np.where(
        calendar.kind == "new_product", 24 * CUTS["launch_days"], CUTS["campaign_hours"]
    )
    calendar["short"] = hours <= longest
    calendar = calendar[[*needed, "product_id", "kind", "sold", "short"]]
    return calendar.sort_values(["starts_at", "name", "product_id"], ignore_index=True)


def covers(lines: pd.DataFrame, calendar: pd.DataFrame) -> dict[int, Cover]:
    """What the records cover of each group: item and time of the order must lie in one."""
    lines = lines.sort_values("created_at", kind="stable")
    times, groups = lines.created_at.to_numpy(), lines.group.to_numpy()
    items = lines.product_id.to_numpy(dtype=object) if "product_id" in lines else None
    covered = np.zeros(len(lines), dtype=bool)
    most: dict[int, tuple[int, str]] = {}
    columns = (calendar.starts_at, calendar.ends_at, calendar.product_id, calendar["name"])
    for start, end, item, name in zip(*columns, strict=True):
        left = np.searchsorted(times, np.datetime64(start), side="left")
        right = np.searchsorted(times, np.datetime64(end), side="right")
        places = np.arange(left, right)
        if item:
            places = places[items[left:right] == item] if items is not None else places[:0]
        covered[places] = True
        for group, count in zip(*np.unique(groups[places], return_counts=True), strict=True):
            if count > most.get(int(group), (0, ""))[0]:
                most[int(group)] = (int(count), str(name))
    shares = pd.Series(covered).groupby(groups).mean()
    return {
        group: Cover(share, most.get(group, (0, ""))[1])
        for group, share in zip(shares.index.tolist(), shares.tolist(), strict=True)
    }


def recorded(
    lines: pd.DataFrame, calendar: pd.DataFrame | None, kind: str
) -> dict[int, Outcome | None]:
    """What the records of one kind say of each group; None where they say nothing.

    Passed when short records cover nearly all of the orders. A record of several weeks says
    nothing of one hour, and an item number that no order carries cannot be compared: they leave
    the question open.
    """
    groups = [int(group) for group in lines.group.unique()]
    own = None if calendar is None else calendar[calendar.kind == kind]
    if own is None or own.empty:
        return dict.fromkeys(groups)
    short = covers(lines, own[own.short])
    long = covers(lines, own)
    strange = covers(lines, own[own.short & ~own.sold].assign(product_id=""))
    return {group: _record(short[group], long[group], strange[group]) for group in groups}


def _record(short: Cover, long: Cover, strange: Cover) -> Outcome | None:
    if short.enough:
        return passed(
            lambda say: say(
                "Campaign “{name}” on record covers item and hours of {share} of the orders.",
                name=plain(short.name),
                share=percent(short.share),
            )
        )
    if long.enough:
        return undecided(
            lambda say: say(
                "Campaign “{name}” covers the orders but is too long to explain these hours.",
                name=plain(long.name),
            )
        )
    if strange.enough:
        return undecided(
            lambda say: say(
                "Campaign “{name}” covers these hours, for an item number that no order carries.",
                name=plain(strange.name),
            )
        )
    return None


def no_record() -> Outcome:
    """No campaign of the kind covers the orders."""
    return failed(lambda say: say("No such campaign on record covers this item in these hours."))


def _items(tables: Tables) -> Sequence[str] | set[str]:
    orders = tables["orders"]
    if "product_id" not in orders.columns:
        return set()
    return set(orders.product_id.to_pyarrow().unique().to_pylist())
