"""Proposed groups that review too often, and all after the same time (detection.md, section 5 #16).

Test 1: reviews among the group's completed orders, against the share in the shop's others of the
same days; it decides which groups are looked at (independent filtering). Test 2: how close most of
their delays from receipt to review lie, among the delays of the shop's other reviews: four of
five inside a stretch that holds few of those. Reviews that a platform posts by itself after some
days are part of these. One review counts per buyer: who reviews all his orders in one go is one.
"""

from __future__ import annotations

import math
from dataclasses import replace

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table
from scipy import stats

from workbench.detect.candidates import candidate_orders
from workbench.detect.constants import CROWDED_REVIEWS, FILTER, LEAD, MIN_REVIEWED
from workbench.detect.finding import Detector, no_findings
from workbench.detect.flag_groups import Suspects, report
from workbench.detect.flagged import Usual, flagged
from workbench.detect.opening import on_trade
from workbench.detect.tails import at_least
from workbench.engine import keeping
from workbench.tables import Tables

__all__ = ["DETECTOR", "crowded_delays"]

NAME = "review_lockstep"
_HOUR = 3600.0


def find(tables: Tables) -> pd.DataFrame:
    """Proposed groups whose reviews come too often and together; see docs/detectors.md."""
    if "candidates" not in tables:
        return no_findings(reviewed=0)
    trade, candidates = tables["trade"], tables["candidates"]
    with keeping(trade.get_backend()) as keep:
        own = trade.filter(trade.line == 0)
        person = ibis.coalesce(own.buyer, own.order) if "buyer" in own.columns else own.order
        own = own.select("order", "order_id", "item", "second", person=person)
        both = own.join(_received(tables), "order_id").left_join(_posted(tables), "order_id")
        rows = keep(
            both.select(
                "order",
                "order_id",
                "item",
                "second",
                "person",
                stratum=ibis.literal(""),
                flag=both.posted.notnull(),
                delay=both.posted - both.received,
            )
        )
        known = flagged(rows, keep)
        if not known.usual.flagged_orders:
            return no_findings(reviewed=0, reason="no_reviews")
        held = candidates.filter(candidates.line == 0).select("candidate", "order")
        frame = held.join(known.table, "order").to_pandas()
        delays = known.table.filter(known.table.flag).select("delay").to_pandas().delay
        found, facts = _tested(frame, np.sort(delays.to_numpy("float64")), known.usual)
        members = candidate_orders(candidates, [one[0] for one in found])
        suspects = [replace(one, orders=members[candidate]) for candidate, one in found]
        told = {
            s.orders: facts[candidate] for s, (candidate, _) in zip(suspects, found, strict=True)
        }
        reviewed = int(frame.candidate.nunique()) if len(frame) else 0
        answer = report(NAME, tables, suspects, lambda s: told[s.orders], reviewed=reviewed)
        if len(answer):
            answer["statistic"] = "reviews of one delay"
        return answer


def crowded_delays(own: np.ndarray, others: np.ndarray) -> tuple[float, float, float]:
    """Chance that so many delays lie so close, and the stretch: first and last delay.

    Both sorted. Of n delays the closest j = CROWDED_REVIEWS n span a share of the shop's other
    delays; under chance the span of j given neighbours of n is Beta(j - 1, n - j + 2), and there
    are n - j + 1 places to look at.
    """
    n = len(own)
    j = max(MIN_REVIEWED - 1, math.ceil(CROWDED_REVIEWS * n))
    low, high = own[: n - j + 1], own[j - 1 :]
    inside = np.searchsorted(others, high, "right") - np.searchsorted(others, low, "left")
    share = (inside + 1) / (len(others) + 1)
    best = int(np.argmin(share))
    p = (n - j + 1) * float(stats.beta.cdf(min(share[best], 1.0), j - 1, n - j + 2))
    return min(1.0, p), float(low[best]), float(high[best])


def _tested(
    frame: pd.DataFrame, delays: np.ndarray, usual: Usual
) -> tuple[list[tuple[int, Suspects]], dict[int, dict[str, object]]]:
    """Candidates with many reviews whose delays crowd, with their facts."""
    passed = [
        (int(str(candidate)), group, *often)
        for candidate, group in frame.sort_values(["second", "order_id"]).groupby("candidate")
        if (often := _often(group, usual)) is not None
    ]
    found: list[tuple[int, Suspects]] = []
    facts: dict[int, dict[str, object]] = {}
    for candidate, group, people, rate, p1 in passed:
        given = people[people.flag]
        own = np.sort(given.delay.to_numpy("float64"))
        others = _without(delays, np.sort(group[group.flag].delay.to_numpy("float64")))
        p2, first, last = crowded_delays(own, others)
        one = Suspects((), given, len(people), len(given), rate, p2, len(passed))
        if one.p_value < LEAD:
            found.append((candidate, one))
            facts[candidate] = {
                "p1": p1,
                "from_hours": first / _HOUR,
                "to_hours": last / _HOUR,
                "crowded": int(((own >= first) & (own <= last)).sum()),
                "usual_crowded": _share(others, first, last),
            }
    return found, facts


def _often(group: pd.DataFrame, usual: Usual) -> tuple[pd.DataFrame, float, float] | None:
    """One order per buyer, the usual share of reviews, and p1; None where that is ordinary."""
    people = group.sort_values("flag", ascending=False, kind="stable").drop_duplicates("person")
    if people.flag.sum() < MIN_REVIEWED:
        return None
    rates = usual.rates(
        people.stratum.tolist(), people.flag.to_numpy("float64"), people.day.to_numpy("int64")
    )
    rate = float(rates.mean())
    p1 = at_least(int(people.flag.sum()), len(people), rate)
    return (people, rate, p1) if p1 <= FILTER else None


def _share(delays: np.ndarray, first: float, last: float) -> float | None:
    return float(((delays >= first) & (delays <= last)).mean()) if len(delays) else None


def _without(delays: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """Sorted delays less those taken out."""
    values, counts = np.unique(taken, return_counts=True)
    first = np.searchsorted(delays, values, "left")
    gone = np.concatenate([np.arange(f, f + c) for f, c in zip(first, counts, strict=True)])
    return np.delete(delays, gone)


def _received(tables: Tables) -> Table:
    """When orders were received: order_id, received (seconds)."""
    orders = tables["orders"]
    done = orders.filter(orders.completed_at.notnull(), orders.order_id.notnull())
    return done.group_by("order_id").aggregate(
        received=done.completed_at.max().epoch_seconds().cast("int64")
    )


def _posted(tables: Tables) -> Table:
    """First review of each order: order_id, posted (seconds)."""
    reviews = tables["reviews"]
    told = reviews.filter(reviews.order_id.notnull(), reviews.posted_at.notnull())
    return told.group_by("order_id").aggregate(
        posted=told.posted_at.min().epoch_seconds().cast("int64")
    )


DETECTOR = Detector(
    name=NAME,
    family="proof",
    needs=(
        "orders.order_id",
        "orders.created_at",
        "orders.completed_at",
        "reviews.order_id",
        "reviews.posted_at",
    ),
    find=on_trade(find, buyers=False),
    stage="test",
)
