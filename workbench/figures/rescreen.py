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
from workbench.tables import Tables

__all__ = ["figures_again", "results_again", "screened_again", "screened_today"]

_KEYS = {"results/groups": "group_id", "results/orders": "order_id"}
_BY_SHUFFLES = frozenset({"q_shuffled", "q_value", "assessment"})
_CLOSE = 1e-6
_MOST = 20


def screened_again(pack: Pack, *, shuffles: int = 0, progress: bool = False) -> Ledger:
    """What the screening says of the masked tables, as the tables `results/…`.

    With `shuffles` they are shuffled so many times again, which takes many times as long.
    """
    with TemporaryDirectory(prefix="workbench-screen-") as spill:
        engine = connect(spill_to=Path(spill))
        try:
            found = screen(handed_tables(engine, pack), shuffles=shuffles, progress=progress)
        finally:
            engine.disconnect()
    return Ledger(result_tables(found), {})


def screened_today(tables: Tables) -> Ledger:
    """What the screening says today of the case's own tables, as the tables `results/…`."""
    return Ledger(result_tables(screen(tables)), {})


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


def results_again(pack: Pack, again: Ledger, *, but_shuffles: bool) -> list[Difference]:
    """How the groups and orders of the pack differ from those of the new screening.

    `but_shuffles` leaves out what depends on shuffles.
    """
    left_out = _BY_SHUFFLES if but_shuffles else frozenset()
    differences: list[Difference] = []
    for name, key in _KEYS.items():
        told = Table(*pack.rows(name))
        differences += _differences(name, key, told, again.table(name), left_out)
    return [*differences, *_at_issue(pack)]


def _at_issue(pack: Pack) -> Iterator[Difference]:
    """Orders at issue of which the pack says something else than its own screening."""
    name = "case/orders"
    if not pack.has(name):
        return
    told = {row["order_id"]: row for row in pack.rows(name)[0] if row["in_data"] == "yes"}
    for row in pack.rows("results/orders")[0]:
        own = told.pop(row["order_id"], None)
        for column in ("assessment", "group_id") if own else ():
            if own and own[column] != row[column]:
                what = f"{row['order_id']}, {column}: {own[column]}, not {row[column]}"
                yield Difference(name, what)
    yield from (Difference(name, f"{order} is not in the data") for order in sorted(told))


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
