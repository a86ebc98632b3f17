"""What is reported of tested groups: their orders, and the facts they have in common."""

from __future__ import annotations

from typing import Any

import ibis
import numpy as np
import pandas as pd

from workbench.detect.constants import LEAD
from workbench.detect.group_facts import group_facts
from workbench.detect.shared_rows import integers
from workbench.detect.shop import DAY, shop_figures, titles
from workbench.detect.value_tests import Tested
from workbench.tables import Tables

__all__ = ["of_orders", "reported"]

_ODD = ("core_accounts", "p_item", "p_span", "p2", "tried1", "tried2")


def of_orders(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows (group, order, item, known) with all columns of trade, in a stable order."""
    trade = tables["trade"]
    wanted = pd.DataFrame({"order": rows.order.unique()})
    full = integers(trade.semi_join(ibis.memtable(wanted), "order"))
    full["key"] = full["item"].fillna(0).astype("int64")
    keys = rows[["group", "order"]].assign(key=rows["item"].where(rows.known, 0))
    both = keys.drop_duplicates().merge(full, on=["order", "key"])
    return both.sort_values(["group", "second", "order_id", "line"], ignore_index=True)


def reported(tables: Tables, tested: Tested) -> list[tuple[pd.DataFrame, dict, dict[str, Any]]]:
    """Members (rows of trade), row of `values`, and facts of each whose p-value makes a lead."""
    leads = tested.values[tested.values.p < LEAD]
    if leads.empty:
        return []
    number = pd.Series(np.arange(len(leads)), index=leads.index)
    mine = tested.rows.group.isin(leads.index)
    members = of_orders(tables, tested.rows[tested.odd.members & mine])
    members["group"] = members.group.map(number)
    chosen = tested.rows[mine]
    names = titles(tables, np.unique(chosen["item"][chosen.known]).tolist())
    cores = tested.rows[tested.odd.core & mine].groupby("group")["item"].unique()
    whole = _whole_values(chosen)
    common = group_facts(members, shop_figures(tables), names)
    parts = [rows for _, rows in members.groupby("group")]
    answer = []
    for n, (index, one) in enumerate(zip(leads.index, leads.to_dict("records"), strict=True)):
        own = sorted(names["item"].reindex(cores.get(index, [])).dropna()) if len(names) else []
        odd = {name: one[name] for name in _ODD} | {"core_expected_share": one["core_share"]}
        answer.append((parts[n], one, common[n] | whole[index] | odd | {"core_items": own}))
    return answer


def _whole_values(rows: pd.DataFrame) -> dict[int, dict[str, object]]:
    """Figures of the whole shared values, by group."""
    by = rows.groupby("group")
    counted = by.agg(orders=("order", "nunique"), first=("second", "min"), last=("second", "max"))
    counted["accounts"] = by.buyer.nunique()
    pairs = rows[rows.known].drop_duplicates(["group", "buyer", "item"])
    takers = pairs.groupby(["group", "item"]).size().groupby("group").agg(["size", "max"])
    counted = counted.join(takers)
    return {
        int(group): {
            "value_accounts": one["accounts"],
            "value_orders": one["orders"],
            "value_span_days": (one["last"] - one["first"]) / DAY,
            "value_items": int(one["size"]) if one["size"] == one["size"] else 0,
            "value_top_item_share": one["max"] / one["accounts"],
        }
        for group, one in zip(counted.index, counted.to_dict("records"), strict=True)
    }
