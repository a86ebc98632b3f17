"""Groups of flagged orders: own ones, and the share of flags in groups that others proposed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.constants import FLAG_SHARES, LEAD, MIN_FLAGGED
from workbench.detect.flag_runs import maximal_runs, run_score
from workbench.detect.flagged import Flagged
from workbench.detect.group import Group, findings
from workbench.detect.group_facts import group_facts
from workbench.detect.shop import rows_of, shop_figures, titles
from workbench.detect.tails import at_least
from workbench.tables import Tables

__all__ = ["More", "Suspects", "crowded", "dearer", "flag_shares", "linked", "report"]

More = Callable[["Suspects"], dict[str, object]]


@dataclass(frozen=True)
class Suspects:
    """Orders of which too many are flagged.

    `rows` are the group's orders of Flagged.table, `known` how many orders of the sequence or
    the candidate were looked at, `rate` the mean usual rate; p1 is that rate (one flag is one
    oddity), p2 the chance of so many, `tried` what p2 is multiplied with.
    """

    orders: tuple[str, ...]
    rows: pd.DataFrame
    known: int
    flags: int
    rate: float
    p2: float
    tried: int

    @property
    def p_value(self) -> float:
        """Corrected for what was tried."""
        return min(1.0, self.p2 * self.tried)


def dearer(one: Suspects, times: int) -> Suspects | None:
    """The same where several searches were made; None when it is no lead any more."""
    paid = replace(one, tried=one.tried * times)
    return paid if paid.p_value < LEAD else None


def crowded(known: Flagged) -> list[Suspects]:
    """Flagged orders of one item that crowd in time (see workbench.detect.flag_runs)."""
    table = known.table
    along = ibis.window(group_by=table.item, order_by=[table.second, table.flag])
    placed = table.mutate(place=ibis.row_number().over(along))
    rows = placed.filter(placed.flag).to_pandas()
    if len(rows) < MIN_FLAGGED:
        return []
    # Orders of one second are alike: their names, not the engine, say which comes first.
    rows = rows.sort_values(["second", "order_id"], ignore_index=True)
    rows["place"] = rows.groupby("item", dropna=False).place.transform(np.sort)
    rates = rows.stratum.map(known.usual.of_strata()).to_numpy("float64")
    sequences = rows.groupby("item", dropna=False, sort=False).indices
    found = [
        suspects
        for own in sequences.values()
        if len(own) >= MIN_FLAGGED
        for suspects in _runs(rows.iloc[own], rates[own], known)
    ]
    return [one for one in found if one.p_value < LEAD]


def linked(known: Flagged, rows: pd.DataFrame, by: str) -> list[Suspects]:
    """Flagged orders that share what contradicts (one payee): at least MIN_FLAGGED of them.

    `rows` are flagged orders with a column `by`; p2 is what it takes for all of them to be
    flagged, paid for with the flagged orders it could have begun at.
    """
    found = []
    for _, own in rows.dropna(subset=[by]).groupby(by):
        if len(own) >= MIN_FLAGGED:
            rates = _rates(own, known)
            p2 = float(np.exp(np.log(rates).sum() - np.log(rates).max()))
            found.append(_suspects(own, len(own), rates, p2, len(rows)))
    return [one for one in found if one.p_value < LEAD]


def flag_shares(
    candidates: Table, known: Flagged, own: Sequence[str]
) -> tuple[list[Suspects], int]:
    """Candidates of which too many orders are flagged, and how many were looked at.

    Groups that only detectors named in `own` proposed are left out: these chose them by the
    very flag, and would be surprised by their own choice.

    The number of flags of a group is a sum of unequal chances; the binomial with their mean has
    a heavier tail beyond it (Hoeffding 1956).
    """
    finders = candidates.found_by
    for name in own:
        finders = finders.replace(f",{name},", ",")
    others = candidates.filter(finders.length() > 1)
    orders = others.filter(others.line == 0).select("candidate", "order")
    rows = orders.join(known.table, "order").to_pandas()
    if rows.empty:
        return [], 0
    rows = rows.sort_values(["candidate", "second", "order_id"], ignore_index=True)
    sizes = rows.groupby("candidate").flag.agg(["size", "sum"])
    tried = sizes[sizes["size"] >= MIN_FLAGGED]
    odd = tried.index[tried["sum"] >= 2]
    places = rows.groupby("candidate").indices
    found = []
    for candidate in odd:
        group = rows.iloc[places[candidate]]
        rates = _rates(group, known)
        flags = int(group.flag.sum())
        p2 = at_least(flags, len(group), float(rates.mean()))
        if p2 * len(tried) < LEAD:
            found.append((candidate, _suspects(group, len(group), rates, p2, len(tried))))
    return _with_all_orders(candidates, found), len(tried)


def report(
    name: str,
    tables: Tables,
    found: Sequence[Suspects],
    more: More = lambda suspects: {},
    **review: object,
) -> pd.DataFrame:
    """Findings of the suspects, with the facts that all groups have."""
    if not found:
        return findings(name, [], **review)
    shop = shop_figures(tables)
    ids = pd.DataFrame({"order_id": sorted({order for one in found for order in one.orders})})
    wanted = ibis.memtable(ids.astype("object"), schema={"order_id": "string"})
    trade = tables["trade"]
    hashes = trade.semi_join(wanted, "order_id").select("order").distinct().to_pandas().order
    lines = rows_of(trade, "order", hashes.tolist())
    names = titles(tables, sorted({int(i) for i in lines["item"].dropna()}))
    members = pd.DataFrame(
        [(order, n) for n, one in enumerate(found) for order in one.orders],
        columns=["order_id", "group"],
    )
    told = group_facts(members.merge(lines, on="order_id"), shop, names)
    groups = [
        _group(one, facts | _facts(one) | more(one) | {"reviewed": review.get("reviewed")})
        for one, facts in zip(found, told, strict=True)
    ]
    return findings(name, groups, **review)


def _group(one: Suspects, facts: dict[str, object]) -> Group:
    return Group(
        orders=one.orders,
        statistic="orders with a contradiction",
        observed=one.flags,
        expected=one.rate * one.known,
        p_value=one.p_value,
        start=pd.Timestamp(str(facts["window_start"])),
        end=pd.Timestamp(str(facts["window_end"])),
        facts=facts,
    )


def _facts(one: Suspects) -> dict[str, object]:
    return {
        "flagged": one.flags,
        "known": one.known,
        "usual_rate": one.rate,
        "p1": one.rate,
        "p2": one.p2,
        "tried1": 1,
        "tried2": one.tried,
    }


def _runs(rows: pd.DataFrame, rates: np.ndarray, known: Flagged) -> list[Suspects]:
    """The runs of one sequence: for each share of flags that a run may have, the best first.

    A run that overlaps a better one is left out.
    """
    places, taken = rows.place.to_numpy(), np.zeros(len(rows), dtype=bool)
    candidates = []
    for share in FLAG_SHARES:
        for first, last in maximal_runs(places, rates, share):
            if last - first + 1 >= MIN_FLAGGED:
                own = rows.iloc[first : last + 1]
                usual = _rates(own, known)
                count = int(places[last] - places[first]) + 1
                score = run_score(usual, count, share)
                candidates.append((-score, first, last, count, usual))
    found = []
    for score, first, last, count, usual in sorted(candidates, key=lambda one: one[:3]):
        if not taken[first : last + 1].any():
            taken[first : last + 1] = True
            own = rows.iloc[first : last + 1]
            p2 = float(np.exp(min(score, 0.0)))
            found.append(_suspects(own, count, usual, p2, known.usual.orders * len(FLAG_SHARES)))
    return found


def _suspects(own: pd.DataFrame, known: int, rates: np.ndarray, p2: float, tried: int) -> Suspects:
    flags = int(own.flag.sum())
    return Suspects(tuple(own.order_id), own, known, flags, float(rates.mean()), p2, tried)


def _rates(own: pd.DataFrame, known: Flagged) -> np.ndarray:
    return known.usual.rates(
        own.stratum.tolist(), own.flag.to_numpy("float64"), own.day.to_numpy("int64")
    )


def _with_all_orders(candidates: Table, found: list[tuple[int, Suspects]]) -> list[Suspects]:
    """The suspects with every order of their candidate, also those nothing is known of."""
    if not found:
        return []
    frame = pd.DataFrame({"candidate": [int(candidate) for candidate, _ in found]})
    members = (
        candidates.semi_join(ibis.memtable(frame), "candidate")
        .filter(lambda t: t.line == 0)
        .select("candidate", "order_id")
        .to_pandas()
        .groupby("candidate")
        .order_id.agg(lambda ids: tuple(sorted(ids)))
    )
    return [replace(one, orders=members[candidate]) for candidate, one in found]
