"""Whether a live stream or an influencer's post brought the orders, at whatever price."""

from __future__ import annotations

import pandas as pd

from workbench.explain.innocent.calendar import CAMPAIGN_NEEDS, no_record, recorded
from workbench.explain.innocent.offers import Offers, offers
from workbench.explain.innocent.outcome import InnocentTest, Outcome, percent, undecided
from workbench.explain.rules import CUTS

__all__ = ["TEST", "judge_livestream"]


def judge_livestream(lines: pd.DataFrame, known: Offers) -> dict[int, Outcome]:
    """Passed when a stream or post on record covers the orders.

    Where nearly all orders carry one influencer's number and no record covers them the question
    stays open: an influencer can bring real buyers and bought ones.
    """
    said = recorded(lines, known.calendar, "livestream")
    through = _one_influencer(lines)
    return {group: record or _open_or_none(through[group]) for group, record in said.items()}


def _open_or_none(share: float) -> Outcome:
    if share < CUTS["campaign_share"]:
        return no_record()
    return undecided(
        lambda say: say(
            "{share} of the orders came through one influencer, but no stream or post of that "
            "time is on record.",
            share=percent(share),
        )
    )


def _one_influencer(lines: pd.DataFrame) -> dict[int, float]:
    """Share of each group's lines that carry its commonest influencer."""
    groups = [int(group) for group in lines.group.unique()]
    if "influencer_id" not in lines:
        return dict.fromkeys(groups, 0.0)
    named = lines[lines.influencer_id.fillna("") != ""]
    most = named.groupby(["group", "influencer_id"]).size().groupby("group").max()
    shares = (most / lines.groupby("group").size()).fillna(0.0)
    return dict(zip(shares.index.tolist(), shares.tolist(), strict=True))


TEST = InnocentTest("livestream", CAMPAIGN_NEEDS, offers, judge_livestream)
