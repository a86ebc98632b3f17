"""The groups that detectors proposed, as a table that further detectors can look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import ibis
import pandas as pd
from ibis.expr.types import Table

from workbench.engine import keeping
from workbench.tables import Tables

__all__ = ["candidate_orders", "candidate_sets", "with_candidates"]


def candidate_sets(rows: pd.DataFrame) -> pd.DataFrame:
    """The different sets of orders among findings: candidate, order_id, found_by.

    Two findings on the same orders are one candidate; `found_by` names the detectors that
    proposed it, with commas between and around: ",lockstep,shared_phone,". Candidates are
    numbered from 0, in the order of their names, so that the same findings (rows of the
    contract) always give the same numbers.
    """
    named = rows[["group_id", "order_id"]].assign(key=rows.group_id.str.rsplit(":", n=1).str[-1])
    once = named.drop_duplicates(["key", "order_id"]).sort_values(["key", "order_id"])
    numbers = once.groupby("key", sort=True).ngroup()
    sets = pd.DataFrame({"candidate": numbers, "order_id": once.order_id, "key": once.key})
    return (
        sets.assign(found_by=sets.key.map(_finders(rows)))
        .drop(columns="key")
        .reset_index(drop=True)
    )


def _finders(rows: pd.DataFrame) -> dict[str, str]:
    """The detectors that proposed each set, by the key of the set."""
    parts = rows.group_id.drop_duplicates().str.rsplit(":", n=1, expand=True)
    if parts.empty:
        return {}
    by_key = parts.groupby(1)[0].agg(lambda names: f",{','.join(sorted(set(names)))},")
    return {str(key): str(names) for key, names in by_key.items()}


@contextmanager
def with_candidates(tables: Tables, rows: pd.DataFrame) -> Iterator[Tables]:
    """Prepared tables with `candidates`: the columns of trade, once per candidate that holds it.

    A first column `candidate` tells which, `found_by` who proposed it; empty when nothing was
    proposed.
    """
    if "trade" not in tables:
        yield tables
        return
    sets = candidate_sets(rows)
    schema = ibis.schema({"candidate": "int64", "order_id": "string", "found_by": "string"})
    wanted = ibis.memtable(sets.astype({"order_id": "object", "found_by": "object"}), schema=schema)
    trade = tables["trade"]
    with keeping(trade.get_backend()) as keep:
        yield {**tables, "candidates": keep(wanted.join(trade, "order_id"))}


def candidate_orders(candidates: Table, wanted: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The orders of some candidates, sorted."""
    frame = pd.DataFrame({"candidate": sorted(set(wanted))}, dtype="int64")
    rows = candidates.filter(candidates.line == 0).semi_join(ibis.memtable(frame), "candidate")
    ids = rows.select("candidate", "order_id").to_pandas()
    return {int(str(one)): tuple(sorted(own)) for one, own in ids.groupby("candidate").order_id}
