"""The trade of proposed groups in memory, and findings on such groups."""

from __future__ import annotations

from collections.abc import MutableMapping
from weakref import WeakKeyDictionary

import pandas as pd
import pyarrow as pa
from ibis.expr.types import Table

from workbench.detect.constants import HUB_SHARE
from workbench.detect.group import Group
from workbench.detect.group_facts import group_facts
from workbench.detect.sales import sales_of
from workbench.detect.shop import shop_figures, titles
from workbench.tables import Tables

__all__ = ["candidate_groups", "candidate_orders", "candidate_rows"]

_KNOWN: MutableMapping[Table, pd.DataFrame] = WeakKeyDictionary()


def candidate_rows(tables: Tables) -> pd.DataFrame:
    """The rows of trade of the candidates, with `candidate`, in order of candidate and time.

    A candidate of more than half of the shop's orders is left out: too little is left of the
    shop to hold it against.
    """
    candidates = tables["candidates"]
    if candidates not in _KNOWN:
        rows = candidates.to_pyarrow().to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
        rows["candidate"] = rows.candidate.astype("int64")
        rows["second"] = rows.second.astype("int64")
        orders = rows.groupby("candidate").order.transform("nunique")
        rows = rows[orders <= HUB_SHARE * len(sales_of(tables["trade"]).seconds)]
        by = ["candidate", "second", "order_id", "line"]
        _KNOWN[candidates] = rows.sort_values(by, ignore_index=True)
    return _KNOWN[candidates]


def candidate_orders(tables: Tables) -> pd.DataFrame:
    """One row per candidate and order."""
    return candidate_rows(tables).drop_duplicates(["candidate", "order_id"])


def candidate_groups(
    tables: Tables, tested: pd.DataFrame, more: pd.DataFrame, statistic: str
) -> list[Group]:
    """Groups of the candidates in `tested`.

    `tested` is indexed by candidate, with observed, expected and p_value; the columns of `more`
    (same index) become facts.
    """
    if tested.empty:
        return []
    rows = candidate_rows(tables)
    numbers = pd.Series(range(len(tested)), index=tested.index)
    own = rows[rows.candidate.isin(tested.index)]
    own = own.assign(group=own.candidate.map(numbers))
    names = titles(tables, sorted({int(item) for item in own["item"].dropna()}))
    told = group_facts(own, shop_figures(tables), names)
    ids = own.groupby("group").order_id.unique()
    records = zip(
        tested[["observed", "expected", "p_value"]].to_dict("records"),
        more.to_dict("records"),
        told,
        strict=True,
    )
    return [
        Group(
            orders=tuple(ids[n]),
            statistic=statistic,
            observed=float(one["observed"]),
            expected=float(one["expected"]),
            p_value=float(one["p_value"]),
            start=pd.Timestamp(facts["window_start"]),  # type: ignore[arg-type]
            end=pd.Timestamp(facts["window_end"]),  # type: ignore[arg-type]
            facts=facts | {str(name): value for name, value in extra.items()},
        )
        for n, (one, extra, facts) in enumerate(records)
    ]
