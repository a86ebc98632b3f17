"""Whether one place took the goods of a group buy, as a group leader's home does."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.explain.innocent.calendar import campaign_calendar, recorded
from workbench.explain.innocent.outcome import InnocentTest, Outcome, each, failed, undecided
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["TEST", "group_buys", "judge_group_buy"]


def group_buys(tables: Tables, members: pd.DataFrame) -> pd.DataFrame | None:
    """The campaigns on record; see `workbench.explain.innocent.calendar`."""
    return campaign_calendar(tables)


def judge_group_buy(lines: pd.DataFrame, calendar: pd.DataFrame | None) -> dict[int, Outcome]:
    """Passed when a group buy on record covers the orders; failed when accounts share phones.

    Leaders often keep their lists outside the platform, so no record settles nothing: then the
    leader's contract and list have to. A leader may put the one own phone on every order, with
    the one own address, within a few days.
    """
    rows = lines.dropna(subset=["phone", "buyer_id"])
    known = rows.assign(place=rows.address if "address" in rows else None).groupby("group")
    figures = pd.DataFrame(
        {
            "accounts": known.buyer_id.nunique(),
            "phones": known.phone.nunique(),
            "places": known.place.nunique(),
            "days": (known.created_at.max() - known.created_at.min()).dt.total_seconds() / 86400,
        }
    )
    figures = figures.reindex(lines.group.unique(), fill_value=0)
    by_phone = each(figures, _by_phone)
    said = recorded(lines, calendar, "group_buy")
    return {group: record or by_phone[group] for group, record in said.items()}


def _by_phone(row: Any) -> Outcome:
    leader = row.phones == 1 and row.places == 1 and row.days <= CUTS["leader_days"]
    if row.phones < CUTS["own_phones"] * row.accounts and not leader:
        return failed(
            lambda say: say(
                "Unlike a group buy: {accounts} accounts have only {phones} phones.",
                accounts=row.accounts,
                phones=row.phones,
            )
        )
    return undecided(
        lambda say: say("No group buy on record; a group leader's list could still show one.")
    )


TEST = InnocentTest("group_buy", ("orders.buyer_id", "orders.phone"), group_buys, judge_group_buy)
