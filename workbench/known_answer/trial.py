"""Screen copies of a shop with rings planted into them: what was found, order by order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
from tqdm.auto import tqdm

from workbench.engine import Keep, keeping
from workbench.explain import screen
from workbench.known_answer.levels import LEVELS, Level
from workbench.known_answer.material import Material
from workbench.known_answer.planting import Planting, planted
from workbench.tables import Tables

__all__ = ["SHARE", "Trial", "trials"]

SHARE = 0.03
"""Planted orders are at most this share of a copy (but at least one ring): more would change what
is usual in the shop, and with it what can be seen."""


@dataclass(frozen=True)
class Trial:
    """One screened copy: level, seed, the planted kinds, and its orders.

    `orders`: those of the assessment (order_id, score, assessment, group_id), with kind and ring
    (null for the shop's own), and cover: an honest purchase of a planted account.
    """

    level: str
    seed: int
    kinds: tuple[str, ...]
    orders: pd.DataFrame


def trials(
    tables: Tables,
    material: Material,
    kinds: Sequence[str],
    seeds: int,
    *,
    levels: Sequence[str] = tuple(LEVELS),
    progress: bool = False,
) -> Iterator[Trial]:
    """Plant each kind at each level once per seed (1, 2, …) and screen the copy."""
    todo = [
        (LEVELS[level], seed, part)
        for level in levels
        for seed in range(1, seeds + 1)
        for part in _parts(kinds, LEVELS[level], material)
    ]
    for level, seed, part in tqdm(todo, desc="planted", disable=not progress, leave=False):
        planting = planted(tables, material, part, level, seed)
        with keeping(tables["orders"].get_backend()) as keep:
            found = screen(_settled(planting, keep)).orders
        columns = ["order_id", "score", "assessment", "group_id"]
        orders = found[columns].merge(planting.truth, on="order_id", how="left")
        orders["cover"] = orders.cover.eq(True)
        yield Trial(level.name, seed, tuple(part), orders)


def _settled(planting: Planting, keep: Keep) -> Tables:
    """The tables with the changed ones worked out: detectors read each of them many times."""
    return {
        name: keep(table) if name in planting.changed else table
        for name, table in planting.tables.items()
    }


def _parts(kinds: Sequence[str], level: Level, material: Material) -> list[list[str]]:
    """The kinds in as few parts as their share of the orders allows."""
    ring = max(5, min(level.most, material.orders // 20))
    most = max(1, int(SHARE * material.orders / ring))
    copies = -(-len(kinds) // most)
    return [list(kinds[start::copies]) for start in range(copies)]
