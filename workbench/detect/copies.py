"""The same words from several buyers, crowded among one item's orders.

Copies by themselves are ordinary: courtesy, a platform's suggested questions, its prompts for a
review. The first oddity is that words so long are seldom said by three buyers here; the second
that they crowd in time among the item's texts, against how often they are said about other items
and about this one at other times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.detect.alike import alike
from workbench.detect.constants import (
    COPY_BUYERS,
    FILTER,
    FLAG_FLOOR,
    FLAG_SHARES,
    FLAG_WEIGHT,
    LEAD,
    MIN_FLAGGED,
)
from workbench.detect.flag_groups import Suspects, report
from workbench.detect.flag_runs import maximal_runs, run_score
from workbench.detect.phrases import normal_text
from workbench.tables import Tables

__all__ = ["Copies", "as_texts", "copied", "copies"]

_MARKS = str.maketrans("", "", " ,.;!?:'#")
_PIECE = 4


@dataclass(frozen=True)
class Copies:
    """Runs of copies: the suspects, and what is told of each (by its orders)."""

    found: list[Suspects]
    facts: dict[tuple[str, ...], dict[str, object]]
    reviewed: int

    def more(self, one: Suspects) -> dict[str, object]:
        """The facts of docs/detectors.md that copies have beside those of all flags."""
        told = self.facts[one.orders]
        return {
            "copied_by": told["buyers"],
            "length": told["length"],
            "kind": told["kind"],
            "p1": told["p1"],
        }


def copied(
    name: str, tables: Tables, told: Copies, *, statistic: str, texts: int, read: int
) -> pd.DataFrame:
    """The findings of detector `name` in runs of copies; `read` of all `texts` were looked at."""
    frame = report(
        name,
        tables,
        told.found,
        told.more,
        reviewed=told.reviewed,
        texts=texts,
        skipped=texts - read,
    )
    if len(frame):
        frame["statistic"] = statistic
    return frame


def as_texts(rows: pd.DataFrame, least: int) -> pd.DataFrame:
    """Rows with `cluster` (the same for copies) and `length`; those too short are left out.

    The length is that of the different pieces, so that a repeated character is short.
    """
    plain = {text: normal_text(text).translate(_MARKS) for text in rows.text.unique().tolist()}
    length = {
        text: len({text[n : n + _PIECE] for n in range(len(text) - _PIECE + 1)}) + _PIECE - 1
        for text in set(plain.values())
    }
    written = rows.assign(plain=rows.text.map(plain))
    written = written.assign(length=written.plain.map(length))
    written = written[written.length >= least].reset_index(drop=True)
    different = sorted(set(written.plain))
    number = dict(zip(different, alike(different).tolist(), strict=True))
    return written.assign(cluster=written.plain.map(number)).drop(columns="plain")


def copies(rows: pd.DataFrame) -> Copies:
    """Runs of copies among texts: order_id, item, second, buyer, kind, cluster, length.

    `kind` parts texts of different nature (words, pictures): each is compared with its own.
    """
    rows = rows.drop_duplicates(["kind", "cluster", "order_id"])
    rows = rows.sort_values(["second", "order_id", "kind", "cluster"], ignore_index=True)
    odd = _odd(rows)
    found: list[Suspects] = []
    facts: dict[tuple[str, ...], dict[str, object]] = {}
    for told in odd.reset_index().to_dict("records"):
        same = rows[rows.kind == told["kind"]]
        for one in _runs(same, int(told["cluster"]), len(odd)):
            best = facts.get(one.orders)
            if best is None or one.p_value < float(str(best["p"])):
                facts[one.orders] = {**{str(k): v for k, v in told.items()}, "p": one.p_value}
            found.append(one)
    return Copies(found, facts, len(odd))


def _odd(rows: pd.DataFrame) -> pd.DataFrame:
    """Clusters of copies that are rare for their length: buyers, length, p1, by kind, cluster."""
    by = rows.groupby(["kind", "cluster"])
    counts = by.agg(buyers=("buyer", "nunique"), length=("length", "min"), said=("length", "size"))
    counts["copied"] = np.where(counts.buyers >= COPY_BUYERS, counts.said, 0)
    parts = []
    for _, own in counts.groupby(level="kind"):
        own = own.sort_values("length", ascending=False, kind="stable")
        # All texts of at least this length, ties included.
        last = np.searchsorted(-own.length.to_numpy(), -own.length.to_numpy(), side="right") - 1
        said, copied = np.cumsum(own.said.to_numpy()), np.cumsum(own.copied.to_numpy())
        others = said[last] - own.said.to_numpy()
        p1 = (copied[last] - own.copied.to_numpy() + 1) / (others + 2)
        parts.append(own.assign(p1=p1))
    told = pd.concat(parts) if parts else counts.assign(p1=1.0)
    odd = told[(told.copied > 0) & (told.p1 <= FILTER)]
    return odd[["buyers", "length", "p1"]].sort_index()


def _runs(rows: pd.DataFrame, cluster: int, tried: int) -> Iterator[Suspects]:
    """Where one cluster's texts crowd among those of an item."""
    mine = (rows.cluster == cluster).to_numpy()
    items = rows["item"].to_numpy("int64", na_value=0)
    paid = len(rows) * len(FLAG_SHARES) * tried
    for item in sorted(set(items[mine].tolist()), key=lambda i: int(np.argmax(items == i))):
        own = rows[items == item].reset_index(drop=True)
        flags = (own.cluster == cluster).to_numpy()
        if flags.sum() < MIN_FLAGGED:
            continue
        outside = float(mine.sum() - flags.sum()) + FLAG_WEIGHT * FLAG_FLOOR
        rate = max(outside / (len(rows) - len(own) + FLAG_WEIGHT), FLAG_FLOOR)
        best = _best(own, flags, rate, paid)
        if best is not None:
            yield best


def _best(own: pd.DataFrame, flags: np.ndarray, rate: float, paid: int) -> Suspects | None:
    """The strongest run of an item's texts, its rate raised to that of the item's other texts."""
    places = np.flatnonzero(flags)
    rates = np.full(len(places), rate)
    found = []
    for share in FLAG_SHARES:
        if rate >= share:
            continue
        for first, last in maximal_runs(places, rates, share):
            run = own.iloc[places[first : last + 1]]
            count = int(places[last] - places[first]) + 1
            # What is said all the time is no crowd: without texts around it, a run tells nothing.
            rest = float(flags.sum() - len(run)) + FLAG_WEIGHT * float(flags.mean())
            usual = min(max(rate, rest / (len(own) - count + FLAG_WEIGHT)), 1.0)
            if len(run) < MIN_FLAGGED or run.buyer.nunique() < COPY_BUYERS or usual >= share:
                continue
            score = run_score(np.full(len(run), usual), count, share)
            orders = tuple(dict.fromkeys(run.order_id))
            p2 = float(np.exp(min(-score, 0.0)))
            found.append(Suspects(orders, run, count, len(run), usual, p2, paid))
    leads = [one for one in found if one.p_value < LEAD]
    best = min(leads, key=lambda one: (one.p2, one.orders), default=None)
    return replace(best, orders=tuple(sorted(best.orders))) if best else None
