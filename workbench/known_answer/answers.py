"""How much of planted brushing is found in a shop's own data, kind by kind and level by level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from workbench.errors import BadInput
from workbench.explain import screen
from workbench.known_answer.levels import LEVELS
from workbench.known_answer.material import ENOUGH, shop_material
from workbench.known_answer.share import interval
from workbench.known_answer.trial import Trial, trials
from workbench.known_answer.visible import KINDS, absent
from workbench.tables import Tables, shop_names, shop_tables

__all__ = ["COLUMNS", "ELSEWHERE", "SEEDS", "known_answers"]

SEEDS = 5
"""Rings of each kind and level that are planted unless said otherwise."""
ELSEWHERE = "elsewhere"
"""The kind under which honest orders are counted that are newly flagged beside no planted ring."""
COLUMNS = {
    "shop": "str",
    "kind": "str",
    "level": "str",
    "state": "str",
    "absent": "str",
    "seeds": "int64",
    "rings": "int64",
    "planted": "int64",
    "evidence": "int64",
    "marked": "int64",
    "recall_evidence": "float64",
    "recall": "float64",
    "low": "float64",
    "high": "float64",
    "false_evidence": "int64",
    "false_marked": "int64",
}
Row = dict[str, Any]
_MARKED = ("evidence", "needs_documents")


def known_answers(
    tables: Tables,
    *,
    seeds: int = SEEDS,
    levels: Sequence[str] = tuple(LEVELS),
    progress: bool = False,
) -> pd.DataFrame:
    """Plant made-up brushing into copies of the shop's tables, screen them, and count.

    One row per kind and level (and shop, "" in a case of one): state is measured or not_visible
    (then `absent` names the columns that would show it, and the counts are 0, the shares null).
    planted orders in `rings` rings over `seeds` seeds; of them `evidence` in a group marked so,
    `marked` in one marked evidence or needs_documents. recall_evidence and recall are their
    shares; low and high the 95 % Wilson interval of recall. Orders of one ring are found together
    or not at all, so the interval counts rings, not orders. false_evidence, false_marked: honest
    orders that are marked with the ring and are not without it, over all seeds; those beside no
    ring stand in the rows of kind "elsewhere".

    The permutation null of the screening is off: it would multiply the time by its shuffles, and it
    can only make a q-value larger. Nothing is written. The same tables
    and seeds give the same rows. Raises BadInput where no shop of the case has enough orders.
    """
    if seeds < 1:
        raise BadInput("At least one seed is needed", f"seeds = {seeds}", "Try --seeds 5")
    shops = shop_names(tables) or [""]
    parts = [
        _of_shop(shop_tables(tables, shop) if shop else tables, shop, seeds, levels, progress)
        for shop in shops
    ]
    rows = [row for part in parts for row in part]
    if not rows:
        raise BadInput(
            f"Too few paid orders to plant anything into: a shop needs {ENOUGH}",
            "orders",
            "Load the orders of a longer time",
        )
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _of_shop(
    tables: Tables, shop: str, seeds: int, levels: Sequence[str], progress: bool
) -> list[Row]:
    material = shop_material(tables)
    if material is None:
        return []
    lacking = {kind: absent(kind, tables, material) for kind in KINDS}
    kinds = [kind for kind, columns in lacking.items() if not columns]
    rows: list[Row] = [
        {**_nothing(shop, kind, level, seeds), "state": "not_visible", "absent": ", ".join(columns)}
        for kind, columns in lacking.items()
        if columns
        for level in levels
    ]
    if kinds:
        runs = trials(tables, material, kinds, seeds, levels=levels, progress=progress)
        before = screen(tables).orders.set_index("order_id").assessment
        told = pd.concat(
            list(_told(runs, before)),
            ignore_index=True,
        )
        rows += [
            {**_nothing(shop, kind, level, seeds), **_counted(told, kind, level)}
            for kind in [*kinds, ELSEWHERE]
            for level in levels
        ]
    order = [*KINDS, ELSEWHERE]
    return sorted(rows, key=lambda row: (order.index(row["kind"]), levels.index(row["level"])))


def _nothing(shop: str, kind: str, level: str, seeds: int) -> Row:
    counts = dict.fromkeys(
        ("rings", "planted", "evidence", "marked", "false_evidence", "false_marked"), 0
    )
    shares = dict.fromkeys(("recall_evidence", "recall", "low", "high"), float("nan"))
    names = {"shop": shop, "kind": kind, "level": level, "absent": "", "state": "measured"}
    return {**names, "seeds": seeds, **counts, **shares}


def _told(runs: Iterator[Trial], before: pd.Series) -> Iterator[pd.DataFrame]:
    """The orders that count of each trial: kind, level, ring, planted, evidence, marked.

    Planted orders, and honest ones that are newly flagged; those get the kind of their group.
    """
    for trial in runs:
        orders = trial.orders.assign(level=trial.level)
        orders["evidence"] = orders.assessment == "evidence"
        orders["marked"] = orders.assessment.isin(_MARKED)
        orders["planted"] = orders.kind.notna() & ~orders.cover
        was = orders.order_id.map(before)
        newly = ~orders.planted & (
            (orders.evidence & (was != "evidence")) | (orders.marked & ~was.isin(_MARKED))
        )
        beside = orders[orders.planted].groupby("group_id").kind.agg(lambda k: k.mode().iloc[0])
        kind = orders.group_id.map(beside).fillna(ELSEWHERE)
        false = orders[newly].assign(kind=kind[newly])
        false["evidence"] &= was[newly] != "evidence"
        false["marked"] &= ~was[newly].isin(_MARKED)
        yield pd.concat([orders[orders.planted], false])[
            ["kind", "level", "ring", "planted", "evidence", "marked"]
        ]


def _counted(told: pd.DataFrame, kind: str, level: str) -> Row:
    own = told[(told.kind == kind) & (told.level == level)]
    fake, false = own[own.planted], own[~own.planted]
    counts: Row = {
        "rings": fake.ring.nunique(),
        "planted": len(fake),
        "evidence": int(fake.evidence.sum()),
        "marked": int(fake.marked.sum()),
        "false_evidence": int(false.evidence.sum()),
        "false_marked": int(false.marked.sum()),
    }
    if not len(fake):
        return counts
    low, high = interval(float(fake.marked.mean()), fake.ring.nunique())
    shares = {"recall_evidence": fake.evidence.mean(), "recall": fake.marked.mean()}
    return {**counts, **shares, "low": low, "high": high}
