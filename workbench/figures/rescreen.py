"""Screen the masked tables of a pack again, and hold what comes out against what it says."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from workbench.engine import connect
from workbench.explain import screen
from workbench.figures.case_tables import result_tables
from workbench.figures.handed import handed_tables
from workbench.figures.ledger import Ledger
from workbench.figures.recompute import CannotCount, Difference, Pack, Table, counted

__all__ = ["figures_again", "results_again", "screened_again"]

_KEYS = {"results/groups": "group_id", "results/orders": "order_id"}
# What the shuffles gave is not screened again: they take many times as long.
_SHUFFLED = frozenset({"q_shuffled"})
_BY_SHUFFLES = frozenset({"q_value", "assessment"})
_CLOSE = 1e-6
_MOST = 20


def screened_again(pack: Pack, *, progress: bool = False) -> Ledger:
    """What the screening says of the masked tables, as the tables `results/…`."""
    with TemporaryDirectory(prefix="workbench-screen-") as spill:
        engine = connect(spill_to=Path(spill))
        try:
            found = screen(handed_tables(engine, pack), progress=progress)
        finally:
            engine.disconnect()
    return Ledger(result_tables(found), {})


def figures_again(figures: Sequence[Mapping[str, Any]], again: Ledger) -> list[Difference]:
    """Which of the screened figures (as figures.json has them) the new screening does not give."""
    found = []
    for figure in figures:
        try:
            value, _ = counted(figure["operation"], again.table(figure["operation"]["table"]))
        except CannotCount as error:
            found.append(Difference(figure["id"], f"screened again: {error}"))
        else:
            if value != figure["value"]:
                what = f"{figure['name']['en']}: {figure['value']}, screened again {value}"
                found.append(Difference(figure["id"], what))
    return found


def results_again(pack: Pack, again: Ledger, *, shuffled: bool) -> list[Difference]:
    """How the groups and orders of the pack differ from those of the new screening."""
    left_out = _SHUFFLED | (_BY_SHUFFLES if shuffled else frozenset())
    differences: list[Difference] = []
    for name, key in _KEYS.items():
        told = Table(*pack.rows(name))
        differences += _differences(name, key, told, again.table(name), left_out)
    return differences


def _differences(
    name: str, key: str, told: Table, again: Table, left_out: frozenset[str]
) -> Iterator[Difference]:
    one = {row[key]: row for row in told.rows}
    other = {row[key]: row for row in again.rows}
    lost, new = sorted(set(one) - set(other)), sorted(set(other) - set(one))
    for names, what in ((lost, "is not found again"), (new, "is found that the pack lacks")):
        yield from (Difference(name, f"{n} {what}") for n in names[:_MOST])
    shown = 0
    for row in sorted(set(one) & set(other)):
        for column in told.columns:
            mine, theirs = one[row][column], other[row].get(column, "")
            if column not in left_out and not _same(mine, theirs) and shown < _MOST:
                shown += 1
                yield Difference(name, f"{row}, {column}: {mine}, screened again {theirs}")


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        return math.isclose(float(one), float(other), rel_tol=_CLOSE)
    except ValueError:
        return False
