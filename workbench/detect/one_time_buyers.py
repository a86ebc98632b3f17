"""Proposed groups whose buyers have no other order in a shop to which buyers return.

Buyers with an order outside of the group against Binom(buyers, rho), rho the share of the shop's
other orders of the same months that come from a buyer with more than one. New accounts are made
for one task, but a campaign for new customers brings the same: it supports an accusation and never
makes one. The last weeks of the data are in rho: whoever bought then had no time to come back.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from workbench.detect.candidate_rows import candidate_groups, candidate_rows
from workbench.detect.constants import ALPHA, BURST_BUYERS
from workbench.detect.finding import Detector, no_findings
from workbench.detect.group import findings
from workbench.detect.newcomers import returning_buyers
from workbench.detect.opening import on_trade
from workbench.detect.sales import sales_of
from workbench.detect.trade import BUYER_COLUMNS, ITEM_COLUMNS
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "one_time_buyers"


def find(tables: Tables) -> pd.DataFrame:
    """Candidates of too few returning buyers; see Detector.find and docs/detectors.md."""
    rows = candidate_rows(tables)
    sold = sales_of(tables["trade"]).rows
    inside = sold.reset_index().merge(rows[["candidate", "order", "item"]], on=["order", "item"])
    if inside.empty:
        return no_findings(reviewed=0)
    told = returning_buyers(inside.set_index("index").rename(columns={"candidate": "group"}), sold)
    told = told[told.known >= BURST_BUYERS]
    told["p1"] = stats.binom.cdf(told.returning, told.known, told.rho)
    told["p_value"] = np.minimum(told.p1 * len(told), 1.0)
    kept = told[told.p_value <= ALPHA].assign(
        observed=lambda t: t.known - t.returning, expected=lambda t: t.known * (1 - t.rho)
    )
    facts = kept[["known", "returning", "rho", "p1"]].assign(tried1=len(told))
    facts = facts.rename(columns={"known": "known_buyers"})
    groups = candidate_groups(tables, kept, facts, "buyers without another order")
    return findings(NAME, groups, reviewed=len(told))


DETECTOR = Detector(
    name=NAME,
    family="time",
    needs=("orders.order_id", "orders.created_at"),
    needs_any=(
        tuple(f"orders.{column}" for column in BUYER_COLUMNS),
        tuple(f"orders.{column}" for column in ITEM_COLUMNS),
    ),
    find=on_trade(find),
    stage="test",
    ambiguous=True,
)
