"""Whether one place took the goods of a group buy, as a group leader's home does."""

from __future__ import annotations

import pandas as pd

from workbench.explain.innocent.campaign import covered_share
from workbench.explain.innocent.outcome import InnocentTest, Outcome, failed, passed, undecided
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["TEST", "group_buys", "judge_group_buy"]


def group_buys(tables: Tables, members: pd.DataFrame) -> pd.DataFrame:
    """Group buys on record: starts_at, ends_at, product_id; none where there is no calendar."""
    columns = ["starts_at", "ends_at", "product_id"]
    if "campaigns" not in tables or "kind" not in tables["campaigns"].columns:
        return pd.DataFrame(columns=columns)
    calendar = tables["campaigns"].filter(lambda t: t.kind == "group_buy").to_pandas()
    calendar["product_id"] = calendar.get("product_id", pd.Series("", calendar.index)).fillna("")
    return calendar[columns]


def judge_group_buy(lines: pd.DataFrame, calendar: pd.DataFrame) -> Outcome:
    """Passed when a group buy on record covers the orders; failed when accounts share phones.

    Leaders often keep their lists outside the platform, so no record settles nothing: then the
    leader's contract and list have to.
    """
    if covered_share(lines, calendar) >= CUTS["campaign_share"]:
        return passed(lambda say: say("A group buy on record covers item and hours."))
    known = lines.dropna(subset=["phone", "buyer_id"])
    accounts, phones = known.buyer_id.nunique(), known.phone.nunique()
    if phones < CUTS["own_phones"] * accounts:
        return failed(
            lambda say: say(
                "Unlike a group buy: {accounts} accounts have only {phones} phones.",
                accounts=accounts,
                phones=phones,
            )
        )
    return undecided(
        lambda say: say("No group buy on record; a group leader's list could still show one.")
    )


TEST = InnocentTest("group_buy", ("orders.buyer_id", "orders.phone"), group_buys, judge_group_buy)
