"""Join keys of addresses that are one place written with slips: same numbers, near road text."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from workbench.detect.constants import BUCKET_CAP, VARIANT_DISTANCE

__all__ = ["edit_distance", "joined_places"]


def joined_places(places: Table) -> tuple[pd.DataFrame, int]:
    """Keys of `places` (see workbench.detect.trade) that are joined with another, by place.

    Gives a frame address, place (the least address hash of those joined), and how many buckets
    were skipped because they are too large to compare. Keys are compared only within a bucket:
    same city and same sequence of numbers, so that neighbours never meet.
    """
    keys = places.filter(places.address.notnull() & (places.marks != ""))
    keys = keys.group_by("address").aggregate(
        road=keys.road.min(), marks=keys.marks.min(), town=keys.town.min()
    )
    buckets = keys.group_by(["town", "marks"]).aggregate(n=keys.count())
    skipped = int(
        buckets.aggregate(n=(buckets.n > BUCKET_CAP).sum()).to_pandas().n.fillna(0).iloc[0]
    )
    small = buckets.filter((buckets.n > 1) & (buckets.n <= BUCKET_CAP)).drop("n")
    left = keys.semi_join(small, ["town", "marks"])
    right = left.select("town", "marks", other="address", other_road="road")
    pairs = left.join(right, ["town", "marks"]).filter(lambda t: t.address < t.other)
    longer = ibis.greatest(pairs.road.length(), pairs.other_road.length())
    shorter = ibis.least(pairs.road.length(), pairs.other_road.length())
    # Some engines count this distance in bytes, of which a character has up to four: enough to
    # leave out most pairs, the rest is measured below.
    bytes_apart = pairs.road.levenshtein(pairs.other_road)
    near = pairs.filter(
        (shorter >= longer * (1 - VARIANT_DISTANCE))
        & (bytes_apart <= longer * VARIANT_DISTANCE * 4)
    )
    found = near.select("road", "other_road", "other", one="address").to_pandas()
    kept = [
        edit_distance(road, other) <= VARIANT_DISTANCE * max(len(road), len(other))
        for road, other in zip(found.road, found.other_road, strict=True)
    ]
    return _components(found.loc[kept, ["one", "other"]]), skipped


def edit_distance(one: str, other: str) -> int:
    """Characters to insert, delete or replace to make one text the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for done, mine in enumerate(one, start=1):
        last, row[0] = row[0], done
        for place, theirs in enumerate(other, start=1):
            cost = min(row[place] + 1, row[place - 1] + 1, last + (mine != theirs))
            last, row[place] = row[place], cost
    return row[-1]


def _components(pairs: pd.DataFrame) -> pd.DataFrame:
    """Connected keys: address, place (the least address of the component)."""
    nodes = np.unique(pairs.to_numpy(dtype="int64").ravel())
    if not len(nodes):
        return pd.DataFrame({"address": nodes, "place": nodes})
    one, other = np.searchsorted(nodes, pairs.one), np.searchsorted(nodes, pairs.other)
    graph = coo_array((np.ones(len(pairs)), (one, other)), shape=(len(nodes), len(nodes)))
    _, label = connected_components(graph, directed=False)
    frame = pd.DataFrame({"address": nodes, "label": label})
    frame["place"] = frame.groupby("label").address.transform("min")
    return frame[["address", "place"]]
