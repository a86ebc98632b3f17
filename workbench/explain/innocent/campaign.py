"""Whether a campaign on record covers the item in the very hours."""

from __future__ import annotations

import pandas as pd

from workbench.explain.innocent.outcome import (
    InnocentTest,
    Outcome,
    failed,
    passed,
    percent,
    undecided,
)
from workbench.explain.plain import plain
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["TEST", "campaign_calendar", "covered_share", "judge_campaign"]


def campaign_calendar(tables: Tables, members: pd.DataFrame) -> pd.DataFrame:
    """The campaigns on record: name, starts_at, ends_at, product_id (empty: the whole shop), sold.

    `sold` says whether the shop's orders know the item by that number at all.
    """
    calendar = tables["campaigns"].to_pandas()
    if "product_id" not in calendar:
        calendar["product_id"] = ""
    calendar["product_id"] = calendar.product_id.fillna("")
    calendar["sold"] = (calendar.product_id == "") | calendar.product_id.isin(_items(tables))
    calendar = calendar[["name", "starts_at", "ends_at", "product_id", "sold"]]
    return calendar.sort_values(["starts_at", "name", "product_id"]).reset_index(drop=True)


def judge_campaign(lines: pd.DataFrame, calendar: pd.DataFrame) -> Outcome:
    """Passed when short campaigns on record cover nearly all of the group's orders.

    A record of several weeks says nothing about one hour and leaves the question open.
    """
    hours = (calendar.ends_at - calendar.starts_at).dt.total_seconds() / 3600
    short = calendar[hours <= CUTS["campaign_hours"]]
    if (share := covered_share(lines, short)) >= CUTS["campaign_share"]:
        name = plain(_first_covering(lines, short))
        return passed(
            lambda say: say(
                "Campaign “{name}” on record covers item and hours of {share} of the orders.",
                name=name,
                share=percent(share),
            )
        )
    if covered_share(lines, calendar) >= CUTS["campaign_share"]:
        name = plain(_first_covering(lines, calendar))
        return undecided(
            lambda say: say(
                "Campaign “{name}” covers the orders but is too long to explain these hours.",
                name=name,
            )
        )
    # An export that names items by title cannot be compared with a calendar of item numbers.
    strange = short[~short.sold].assign(product_id="")
    if covered_share(lines, strange) >= CUTS["campaign_share"]:
        name = plain(_first_covering(lines, strange))
        return undecided(
            lambda say: say(
                "Campaign “{name}” covers these hours, for an item number that no order carries.",
                name=name,
            )
        )
    return failed(lambda say: say("No campaign on record covers this item in these hours."))


def _items(tables: Tables) -> set[str]:
    orders = tables["orders"]
    if "product_id" not in orders.columns:
        return set()
    return set(orders.product_id.to_pyarrow().unique().to_pylist())


def _covering(lines: pd.DataFrame, calendar: pd.DataFrame) -> list[pd.Series]:
    items = lines.product_id if "product_id" in lines else pd.Series("", index=lines.index)
    columns = (calendar.starts_at, calendar.ends_at, calendar.product_id)
    return [
        lines.created_at.between(start, end) & ((items == item) | (item == ""))
        for start, end, item in zip(*columns, strict=True)
    ]


def covered_share(lines: pd.DataFrame, calendar: pd.DataFrame) -> float:
    """Share of the lines whose item and time some entry of the calendar covers."""
    if calendar.empty:
        return 0.0
    near = calendar[
        (calendar.starts_at <= lines.created_at.max())
        & (calendar.ends_at >= lines.created_at.min())
    ]
    if near.empty:
        return 0.0
    return float(pd.concat(_covering(lines, near), axis=1).any(axis=1).mean())


def _first_covering(lines: pd.DataFrame, calendar: pd.DataFrame) -> str:
    shares = [covering.mean() for covering in _covering(lines, calendar)]
    return str(calendar["name"].iloc[shares.index(max(shares))])


TEST = InnocentTest(
    "campaign",
    ("campaigns.name", "campaigns.starts_at", "campaigns.ends_at"),
    campaign_calendar,
    judge_campaign,
)
