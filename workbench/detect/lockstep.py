"""Accounts that buy the same things at the same times, again and again.

They share nothing but the timetable. Accounts meet where they buy one item within one or three
days (both grids of windows, so that no boundary parts them); sets of three or more that met two
or three times, on different items, are held against Poisson with the number of accounts that the
crowds at these places let expect there (workbench.detect.meetings), bundles reckoned with. That is
paid for with all combinations of places of all accounts. Sets that share accounts are one group.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.components import components
from workbench.detect.constants import LEAD, MEETING_DAYS, MEETING_ROUNDS
from workbench.detect.finding import Detector, no_findings
from workbench.detect.group import Group, findings
from workbench.detect.group_facts import group_facts
from workbench.detect.meetings import Meetings, meetings, places_of
from workbench.detect.opening import on_trade
from workbench.detect.reporting import of_orders
from workbench.detect.shared_rows import integers
from workbench.detect.shop import DAY, shop_figures, titles
from workbench.detect.trade import BUYER_COLUMNS, ITEM_COLUMNS
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "lockstep"


def find(tables: Tables) -> pd.DataFrame:
    """Teams of accounts in lockstep; see Detector.find and docs/detectors.md."""
    rows = _several_items(tables["trade"])
    if rows.empty:
        return no_findings(reviewed=0)
    searched = list(_searched(rows))
    tried = sum(met.tried for _, met in searched)
    about = {"reviewed": tried, "skipped": sum(met.skipped for _, met in searched)}
    sets, visits = _odd(searched, tried)
    if sets.empty:
        return no_findings(**about)
    members = _members(rows, sets, visits)
    full = of_orders(tables, members)
    names = titles(tables, np.unique(members["item"]).tolist())
    common = group_facts(full, shop_figures(tables), names)
    spans = members.groupby("group").span.nunique()
    by = ["group", "p", "rounds", "accounts", "days", "expected"]
    best = sets.sort_values(by).drop_duplicates("group").to_dict("records")
    told = zip(full.groupby("group"), best, common, strict=True)
    groups = [
        _group(one, own, facts | {"meetings": int(spans[number]), "tried1": tried}, names)
        for (number, own), one, facts in told
    ]
    return findings(NAME, groups, **about)


def _group(one: dict, own: pd.DataFrame, facts: dict, names: pd.DataFrame) -> Group:
    told = {
        "rounds": one["rounds"],
        "met_accounts": one["accounts"],
        "window_days": one["days"],
        "expected": one["expected"],
        "meeting_items": sorted(names["item"].reindex(own["key"].unique()).dropna()),
        "p1": one["p"],
        "p2": None,
        "tried2": None,
        "reviewed": facts["tried1"],
    }
    return Group(
        orders=tuple(own.order_id.unique()),
        statistic="accounts that met again and again",
        observed=int(own.buyer.nunique()),
        expected=1 + float(one["expected"]),
        p_value=min(1.0, one["p"] * facts["tried1"]),
        start=own.created_at.min(),
        end=own.created_at.max(),
        facts=facts | told,
    )


def _several_items(trade: Table) -> pd.DataFrame:
    """Rows of the accounts with two or more items: account, buyer, order, item, known, second."""
    sold = trade.filter(trade.buyer.notnull() & trade.item.notnull())
    ends = sold.group_by("buyer").aggregate(low=sold.item.min(), high=sold.item.max())
    several = sold.semi_join(ends.filter(ends.low < ends.high), "buyer")
    rows = integers(several.select("buyer", "order", "item", "second"))
    rows["account"] = pd.factorize(rows.buyer)[0]
    return rows.assign(known=True)


def _searched(rows: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, Meetings]]:
    """Who was where, with days (length of the windows), and who met, in each way looked."""
    for days in MEETING_DAYS:
        for shift in (0, int(days * DAY / 2)):
            at = places_of(rows, int(days * DAY), shift).assign(days=days, shift=shift)
            for rounds in MEETING_ROUNDS:
                yield at, meetings(at, rounds)


def _odd(
    searched: list[tuple[pd.DataFrame, Meetings]], tried: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sets whose p-value makes a lead, with group; and the visits of their accounts at them."""
    sets, visits = [], []
    for way, (at, met) in enumerate(searched):
        odd = met.sets[met.sets.p * tried < LEAD]
        if odd.empty:
            continue
        days = int(at.days.iloc[0])
        sets.append(odd.assign(days=days, key=[f"{way} {n}" for n in odd.index]))
        held = met.held[met.held.set.isin(odd.index)].merge(
            met.sets.loc[odd.index, ["places"]], left_on="set", right_index=True
        )
        held = held.explode("places").rename(columns={"places": "place"})
        held = held.astype({"place": "int64"}).merge(at, on=["account", "place"])
        visits.append(held.assign(key=[f"{way} {n}" for n in held.set]))
    if not sets:
        return pd.DataFrame(), pd.DataFrame()
    every, been = pd.concat(sets, ignore_index=True), pd.concat(visits, ignore_index=True)
    number = {key: n for n, key in enumerate(every.key)}
    account, _ = pd.factorize(been.account)
    edges = np.column_stack([been.key.map(number), account + len(every)])
    label = components(edges, int(edges.max()) + 1)
    every["group"] = pd.factorize(label[: len(every)])[0]
    been["group"] = been.key.map(dict(zip(every.key, every.group, strict=True)))
    return every, been


def _members(rows: pd.DataFrame, sets: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    """Rows of trade of each group's accounts, of the items and in the spans in which they met.

    Windows of one item that touch or overlap are one span.
    """
    length = (visits.days * DAY).astype("int64")
    starts = visits.window * length + visits["shift"]
    spans = pd.DataFrame(
        {"group": visits.group, "item": visits["item"], "start": starts, "end": starts + length}
    ).drop_duplicates()
    spans = spans.sort_values(["group", "item", "start", "end"], ignore_index=True)
    by = spans.groupby(["group", "item"])
    reached = by.end.cummax().groupby([spans.group, spans["item"]]).shift()
    spans["span"] = (~(spans.start <= reached)).cumsum()
    spans = spans.groupby(["group", "item", "span"]).agg(start=("start", "min"), end=("end", "max"))
    accounts = visits[["group", "account"]].drop_duplicates()
    own = accounts.merge(rows, on="account").merge(spans.reset_index(), on=["group", "item"])
    own = own[(own.second >= own.start) & (own.second < own.end)]
    together = own.groupby(["group", "span"]).account.transform("nunique") > 1
    return own[together].drop_duplicates(["group", "order", "item"])


DETECTOR = Detector(
    name=NAME,
    family="coordination",
    needs=("orders.order_id", "orders.created_at"),
    needs_any=(
        tuple(f"orders.{column}" for column in BUYER_COLUMNS),
        tuple(f"orders.{column}" for column in ITEM_COLUMNS),
    ),
    find=on_trade(find),
)
