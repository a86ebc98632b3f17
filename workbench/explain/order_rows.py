"""The row of every order in orders.parquet."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd

from workbench.explain.assessment import ORDER_COLUMNS
from workbench.explain.reasons import order_reasons
from workbench.explain.score import order_scores
from workbench.tables import Tables

__all__ = ["account_orders", "order_rows"]

_ORDINARY = {"score": 0.0, "q_value": 1.0, "assessment": "none", "group_id": None, "reasons": "[]"}


def account_orders(tables: Tables, lines: pd.DataFrame) -> pd.DataFrame | None:
    """order_id and buyer_id of every order of the accounts in `lines`; None without accounts."""
    if "buyer_id" not in lines or lines.empty:
        return None
    buyers = pd.DataFrame({"buyer_id": sorted(set(lines.buyer_id.dropna()))}, dtype="str")
    wanted = ibis.memtable(buyers, schema={"buyer_id": "string"})
    orders = tables["orders"].semi_join(wanted, "buyer_id").select("order_id", "buyer_id")
    return orders.filter(orders.order_id.notnull()).distinct().to_pandas()


def order_rows(tables: Tables, belonging: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """One row per order, sorted by id, with the columns of ORDER_COLUMNS.

    `belonging` is what `workbench.explain.score.memberships` gives, `groups` the group records.
    """
    ids = tables["orders"].select("order_id").distinct().order_by("order_id").to_pandas().order_id
    found = _found(belonging, groups)
    # Few orders are in a group: look them up instead of joining a million rows.
    place = pd.Index(ids).get_indexer(found.index)
    rows = pd.DataFrame({"order_id": ids})
    for name, ordinary in _ORDINARY.items():
        kind = "float64" if isinstance(ordinary, float) else "object"
        values = np.full(len(ids), ordinary, dtype=kind)
        values[place] = found[name].to_numpy(dtype=kind)
        rows[name] = pd.Series(values, dtype="str" if kind == "object" else kind)
    return rows[list(ORDER_COLUMNS)].sort_values("order_id", kind="stable", ignore_index=True)


def _found(belonging: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """score, q_value, assessment, group_id and reasons of the orders that have any."""
    scores = order_scores(belonging)
    verdicts = groups.set_index("group_id")[["q_value", "assessment"]]
    found = scores.join(verdicts, on="group_id")
    reasons = order_reasons(belonging, groups)
    return pd.DataFrame(
        {
            "score": found.score.to_numpy(dtype=np.float64),
            "q_value": found.q_value.fillna(1.0).to_numpy(dtype=np.float64),
            "assessment": found.assessment.astype("object").fillna("none"),
            "group_id": found.group_id.astype("object").where(found.group_id.notna(), None),
            "reasons": [reasons.get(order, "[]") for order in found.index],
        },
        index=found.index,
    )
