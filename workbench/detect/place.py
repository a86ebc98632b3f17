"""Join keys of addresses that are one place written with slips: same numbers, near road text."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from workbench.detect.constants import BUCKET_CAP, VARIANT_DISTANCE

__all__ = ["joined_places"]


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
    right = left.view()
    pairs = left.join(
        right,
        [left.town == right.town, left.marks == right.marks, left.address < right.address],
    ).select(one=left.address, other=right.address, road=left.road, other_road=right.road)
    longer = ibis.greatest(pairs.road.length(), pairs.other_road.length())
    shorter = ibis.least(pairs.road.length(), pairs.other_road.length())
    near = pairs.filter(shorter >= longer * (1 - VARIANT_DISTANCE)).filter(
        lambda t: (
            t.road.levenshtein(t.other_road)
            <= ibis.greatest(t.road.length(), t.other_road.length()) * VARIANT_DISTANCE
        )
    )
    return _components(near.select("one", "other").to_pandas()), skipped


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
