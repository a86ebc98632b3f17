"""Proposed groups whose orders come in a beat that people do not keep.

Buyers who do not know of each other come at random, and by day more often than by night. Test 1:
gaps between orders more alike than chance alone makes them (nights only scatter them more), by
Moran's statistic, the sum of -log gap (Moran 1951), with the chi-square approximation of Cheng &
Stephens (1989). Test 2: one second of the minute again and again, against its share in the shop.
The smaller counts, times two. Where most of the shop's own times share a second (they were
imported by a machine, or have no seconds) test 2 cannot speak; where times are days only, neither
can.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from workbench.detect.candidate_rows import candidate_groups, candidate_orders
from workbench.detect.constants import ALPHA, RHYTHM_ORDERS
from workbench.detect.finding import Detector, no_findings
from workbench.detect.group import findings
from workbench.detect.opening import on_trade
from workbench.detect.sales import sales_of
from workbench.tables import Tables

__all__ = ["DETECTOR", "moran_tail"]

NAME = "machine_rhythm"
DAY = 86400
MINUTE = 60


def find(tables: Tables) -> pd.DataFrame:
    """Candidates in a beat; see Detector.find and docs/detectors.md."""
    shop = sales_of(tables["trade"]).seconds
    orders = candidate_orders(tables)
    sizes = orders.groupby("candidate").size()
    asked = sizes.index[sizes >= RHYTHM_ORDERS]
    orders = orders[orders.candidate.isin(asked)]
    if orders.empty or _share_of_one(shop % DAY) > 0.5:
        return no_findings(reviewed=0)
    told = _gaps(orders).join(_seconds(orders, shop))
    told["p1"] = np.minimum(told[["p_gaps", "p_second"]].min(axis=1) * 2, 1.0)
    told["p_value"] = np.minimum(told.p1 * len(told), 1.0)
    kept = told[told.p_value <= ALPHA].assign(observed=lambda t: t.cv, expected=1.0)
    facts = kept[["cv", "mean_gap_minutes", "p_gaps", "p_second", "same_second", "p1"]]
    facts = facts.assign(tried1=len(told))
    groups = candidate_groups(tables, kept, facts, "spread of the gaps between orders")
    return findings(NAME, groups, reviewed=len(told))


def moran_tail(statistic: np.ndarray, gaps: np.ndarray) -> np.ndarray:
    """P(M <= statistic) for M = sum of -log(share of each of `gaps` random gaps).

    Cheng & Stephens (1989), Biometrika 76, 385-392: (M - c1) / c2 is nearly chi-square.
    """
    gaps = np.asarray(gaps, dtype="float64")
    mean = gaps * (np.log(gaps) + np.euler_gamma) - 0.5 - 1 / (12 * gaps)
    spread = np.sqrt(gaps * (np.pi**2 / 6 - 1) - 0.5 - 1 / (6 * gaps))
    degrees = gaps - 1
    c2 = spread / np.sqrt(2 * degrees)
    c1 = mean - spread * np.sqrt(degrees / 2)
    return stats.chi2.cdf((statistic - c1) / c2, degrees)


def _gaps(orders: pd.DataFrame) -> pd.DataFrame:
    """By candidate: spread of its gaps (cv; random gaps have about 1) and Moran's tail."""
    same = orders.candidate.to_numpy()[1:] == orders.candidate.to_numpy()[:-1]
    gap = np.diff(orders.second.to_numpy("int64")).astype("float64")[same]
    candidate = orders.candidate.to_numpy()[1:][same]
    gaps = pd.DataFrame({"candidate": candidate, "gap": np.maximum(gap, 1.0)})
    by = gaps.groupby("candidate")
    share = gaps.gap / by.gap.transform("sum")
    gaps["moran"] = -np.log(share)
    moran = by.moran.sum()
    number = by.size()
    return pd.DataFrame(
        {
            "cv": by.gap.std(ddof=0) / by.gap.mean(),
            "mean_gap_minutes": by.gap.mean() / MINUTE,
            "p_gaps": moran_tail(moran.to_numpy(), number.to_numpy()),
        },
        index=number.index,
    )


def _seconds(orders: pd.DataFrame, shop: np.ndarray) -> pd.DataFrame:
    """By candidate: orders on its commonest second of the minute, against the shop's."""
    usual = np.bincount(shop % MINUTE, minlength=MINUTE)
    held = orders.assign(mark=orders.second % MINUTE).groupby(["candidate", "mark"]).size()
    most = held.rename("same").reset_index()
    most = most.sort_values(["candidate", "same", "mark"], ascending=[True, False, True])
    most = most.drop_duplicates("candidate").set_index("candidate")
    size = orders.groupby("candidate").size()
    share = (usual[most.mark] + 1) / (len(shop) + MINUTE)
    tail = stats.binom.sf(most.same - 1, size.loc[most.index], share) * MINUTE
    speaks = _share_of_one(shop % MINUTE) <= 0.5
    p = np.minimum(tail, 1.0) if speaks else np.ones(len(most))
    return pd.DataFrame({"same_second": most.same, "p_second": p}, index=most.index)


def _share_of_one(values: np.ndarray) -> float:
    """Share of the commonest value."""
    _, counts = np.unique(values, return_counts=True)
    return float(counts.max() / len(values)) if len(values) else 0.0


DETECTOR = Detector(
    name=NAME,
    family="behaviour",
    needs=("orders.order_id", "orders.created_at"),
    find=on_trade(find, buyers=False),
    stage="test",
)
