"""The figures behind the readings of a group, beside those of the shop's other orders."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table as Expression
from scipy.stats import binom

from workbench.detect.text_values import text_hash
from workbench.explain.found import Group
from workbench.explain.innocent.runner import by_group
from workbench.tables import Tables

__all__ = ["reading_figures"]


def reading_figures(tables: Tables, groups: Sequence[Group], lines: pd.DataFrame) -> pd.DataFrame:
    """One row per group, in their order.

    orders, lost (cancelled or refunded), lost_usual, lost_p; influencer (the commonest) with
    influencer_share, _usual, _p; discount_share, _usual, _p; once_share (accounts with a single
    order in the shop), _usual, _p; named (orders in a notice) and notice (its first time). A
    share is not a number where the data lack the column. `_p` is the binomial chance of at least
    as many at the usual share of the shop's other lines (or accounts).
    """
    numbered = by_group(groups, lines)
    known = tables["orders"].mutate(lost=_lost(tables), cut=_cut(tables["orders"]))
    own = numbered.merge(_flags(known, lines), on="order_id", how="left")
    rest = known.anti_join(_ids(lines), "order_id")
    usual = rest.aggregate(
        lost=rest.lost.cast("int64").sum(), cut=rest.cut.cast("int64").sum(), lines=rest.count()
    ).to_pandas()
    total = int(usual.lines[0])
    orders = own.drop_duplicates(["group", "order_id"]).groupby("group")
    figures = pd.DataFrame(index=pd.RangeIndex(len(groups)))
    figures["orders"] = orders.size().reindex(figures.index, fill_value=0)
    figures["lost"] = orders.lost.sum().reindex(figures.index, fill_value=0).astype("int64")
    figures["lost_usual"] = _share(usual.lost[0], total)
    figures["lost_p"] = binom.sf(figures.lost - 1, figures.orders, figures.lost_usual)
    figures["discount_share"] = np.nan
    figures["discount_usual"] = _share(usual.cut[0], total)
    if "discount_amount" in tables["orders"].columns:
        figures["discount_share"] = orders.cut.mean().reindex(figures.index)
    figures["discount_p"] = _tail(figures.discount_share, figures.orders, figures.discount_usual)
    figures = figures.join(_influencers(own, rest, total)).join(_once(tables, own, rest))
    for name in ("influencer", "once"):
        count = figures["orders"] if name == "influencer" else figures["accounts"].fillna(0)
        figures[f"{name}_p"] = _tail(figures[f"{name}_share"], count, figures[f"{name}_usual"])
    return figures.join(_notices(tables, own)).assign(named=lambda t: t.named.fillna(0).astype(int))


def _share(some: float, of: int) -> float:
    """The share, with one case more than was seen: a shop without any has a chance of one."""
    return ((0 if pd.isna(some) else float(some)) + 1) / (of + 2)


def _tail(share: pd.Series, count: pd.Series, usual: pd.Series) -> np.ndarray:
    seen = (share.fillna(0.0) * count).round()
    return np.asarray(binom.sf(seen - 1, count, usual.fillna(1.0)))


def _lost(tables: Tables) -> ibis.expr.types.BooleanValue:
    """Whether an order line was cancelled or paid back."""
    orders = tables["orders"]
    lost = (orders.status == "closed").fill_null(False)
    if "refund_amount" in orders.columns:
        lost = lost | (orders.refund_amount > 0).fill_null(False)
    refunds = tables.get("refunds")
    if refunds is not None:
        done = refunds
        if "state" in refunds.columns:
            done = refunds.filter(~refunds.state.fill_null("").isin(["refused", "withdrawn"]))
        lost = lost | orders.order_id.isin(done.order_id).fill_null(False)
    return lost


def _cut(orders: Expression) -> ibis.expr.types.BooleanValue:
    if "discount_amount" not in orders.columns:
        return ibis.literal(False)
    return (orders.discount_amount > 0).fill_null(False)


def _flags(known: Expression, lines: pd.DataFrame) -> pd.DataFrame:
    own = known.semi_join(_ids(lines), "order_id")
    flags = own.group_by("order_id").aggregate(lost=own.lost.any(), cut=own.cut.any()).to_pandas()
    return flags.astype({"lost": "int64", "cut": "int64"})


def _influencers(own: pd.DataFrame, rest: Expression, total: int) -> pd.DataFrame:
    """Per group: influencer, influencer_share, influencer_usual."""
    columns = ["influencer", "influencer_share", "influencer_usual"]
    if "influencer_id" not in own:
        return pd.DataFrame(np.nan, index=own.group.unique(), columns=columns)
    named = own[own.influencer_id.fillna("") != ""]
    counts = named.groupby(["group", "influencer_id"]).order_id.nunique().rename("n").reset_index()
    by = ["group", "n", "influencer_id"]
    top = counts.sort_values(by, ascending=[True, False, True]).drop_duplicates("group")
    elsewhere = rest.filter(rest.influencer_id.isin(sorted(set(top.influencer_id))))
    usual = elsewhere.group_by("influencer_id").aggregate(n=elsewhere.count()).to_pandas()
    usual_by = {name: int(n) for name, n in zip(usual.influencer_id, usual.n, strict=True)}
    found = pd.DataFrame(index=np.sort(own.group.unique()))
    found = found.join(top.set_index("group"))
    size = own.groupby("group").order_id.nunique()
    return pd.DataFrame(
        {
            "influencer": found.influencer_id.fillna(""),
            "influencer_share": found.n.fillna(0) / size,
            "influencer_usual": [
                _share(usual_by.get(name, 0), total) for name in found.influencer_id
            ],
        }
    )


def _once(tables: Tables, own: pd.DataFrame, rest: Expression) -> pd.DataFrame:
    """Per group: accounts, once_share (with one order in the shop), once_usual (of the others)."""
    if "buyer_id" not in own:
        columns = ["accounts", "once_share", "once_usual"]
        return pd.DataFrame(np.nan, index=own.group.unique(), columns=columns)
    orders = tables["orders"]
    buyers = pd.DataFrame({"buyer_id": sorted(set(own.buyer_id.dropna()))}, dtype="str")
    wanted = ibis.memtable(buyers, schema={"buyer_id": "string"})
    theirs = orders.semi_join(wanted, "buyer_id").group_by("buyer_id")
    often = (
        theirs.aggregate(n=lambda t: text_hash(t.order_id).nunique())
        .to_pandas()
        .set_index("buyer_id")
        .n
    )
    per_buyer = rest.group_by("buyer_id").aggregate(n=lambda t: text_hash(t.order_id).nunique())
    counted = per_buyer.aggregate(
        once=(per_buyer.n == 1).cast("int64").sum(), buyers=per_buyer.count()
    ).to_pandas()
    pairs = own[["group", "buyer_id"]].dropna().drop_duplicates()
    once = (pairs.buyer_id.map(often) == 1).groupby(pairs.group)
    figures = pd.DataFrame({"accounts": once.size(), "once_share": once.mean()})
    return figures.assign(once_usual=_share(counted.once[0], int(counted.buyers[0])))


def _notices(tables: Tables, own: pd.DataFrame) -> pd.DataFrame:
    """Per group: named (orders that a notice names), notice (when the first of these came)."""
    notices = tables.get("notices")
    if notices is None or "order_id" not in notices.columns:
        return pd.DataFrame({"named": 0, "notice": pd.NaT}, index=own.group.unique())
    issued = notices.issued_at if "issued_at" in notices.columns else ibis.null("timestamp")
    told = notices.select("order_id", at=issued).to_pandas().dropna(subset=["order_id"])
    both = own[["group", "order_id"]].drop_duplicates().merge(told, on="order_id")
    grouped = both.groupby("group")
    return pd.DataFrame({"named": grouped.order_id.nunique(), "notice": grouped["at"].min()})


def _ids(lines: pd.DataFrame) -> Expression:
    unique = pd.DataFrame({"order_id": pd.Series(sorted(set(lines.order_id)), dtype="str")})
    return ibis.memtable(unique, schema={"order_id": "string"})
