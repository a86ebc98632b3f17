"""The fewest files that do: weighted cover by integer programming, with the answer checked.

Each of `wishes` is fulfilled when every one of its `rows` (sets of files) has a chosen file in it.
The most wishes (by weight) are fulfilled within the limits, by the fewest files, then the fewest
bytes; among equals the set whose names come first in order. The solver (HiGHS, by scipy) works
with floats: each answer is held against the limits in whole numbers, and a set that breaks one is
cut off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

__all__ = ["Cover", "Solution", "Wish"]

_RAN_OUT = 1


@dataclass(frozen=True)
class Wish:
    """Sets of files, one of each of which is needed; how many orders wish so."""

    rows: tuple[frozenset[int], ...]
    weight: int


@dataclass(frozen=True)
class Solution:
    """Numbers of the chosen files, numbers of the wishes fulfilled, and whether that is best."""

    files: tuple[int, ...]
    wishes: tuple[int, ...]
    proven: bool = True


@dataclass
class Cover:
    """A problem: `amounts` is what each file costs, one row per limit (None: no limit).

    The first row is the count of files. `seconds` bounds each step; a step that ran out makes
    the answer not `proven`, and it remains one that keeps all limits.
    """

    wishes: Sequence[Wish]
    amounts: Sequence[Sequence[int]]
    limits: Sequence[int | None]
    seconds: float = 60
    _cuts: list[tuple[int, ...]] = field(default_factory=list)
    _proven: bool = True

    def best(self) -> Solution:
        """As many wishes as the limits allow, with the least of each amount in turn."""
        files = len(self.amounts[0])
        weights = [0] * files + [-wish.weight for wish in self.wishes]
        found = self._better((), weights, [])
        bounds: list[tuple[list[int], int]] = [(weights, self._total(weights, found))]
        for amount in self.amounts:
            costs = [*amount, *[0] * len(self.wishes)]
            found = self._better(found, costs, bounds)
            bounds.append((costs, self._total(costs, found)))
        found = self._first(found, bounds)
        fulfilled = self._fulfilled(found)
        return Solution(tuple(sorted(found)), fulfilled, self._proven)

    def _better(
        self,
        found: tuple[int, ...],
        costs: Sequence[int],
        bounds: Sequence[tuple[Sequence[int], int]],
    ) -> tuple[int, ...]:
        """A cheapest answer, or the one at hand when none was found in time."""
        cheapest = self._solved(costs, bounds, ())
        return found if cheapest is None else cheapest

    def least(self, amount: int, caps: Sequence[int | None]) -> int | None:
        """The least of an amount with which all wishes are fulfilled under these limits.

        None when no set of files fulfils them under these limits.
        """
        whole = Cover(self.wishes, self.amounts, caps, self.seconds)
        everything = [0] * len(self.amounts[0]) + [-wish.weight for wish in self.wishes]
        costs = [*self.amounts[amount], *[0] * len(self.wishes)]
        found = whole._solved(costs, [(everything, sum(everything))], ())
        self._proven = self._proven and whole._proven
        return None if found is None else whole._total(costs, found)

    def _first(
        self, found: tuple[int, ...], bounds: list[tuple[list[int], int]]
    ) -> tuple[int, ...]:
        """Of all sets as good as this one the one whose files come first."""
        fixed: list[int] = []
        for number in range(len(self.amounts[0])):
            if len(fixed) == len(found):
                break
            if number not in found:
                other = self._solved([0] * self._width, bounds, (*fixed, number))
                if other is None:
                    continue
                found = other
            fixed.append(number)
        return found

    def _solved(
        self,
        costs: Sequence[int],
        bounds: Sequence[tuple[Sequence[int], int]],
        fixed: Sequence[int],
    ) -> tuple[int, ...] | None:
        """The files of a cheapest answer, None when there is none (or none was found in time)."""
        while True:
            result = milp(
                np.array(costs, dtype=float),
                integrality=np.ones(self._width),
                bounds=self._bounds(fixed),
                constraints=self._constraints(bounds),
                options={"mip_rel_gap": 0.0, "time_limit": self.seconds},
            )
            if result.status == _RAN_OUT:
                self._proven = False
            if result.x is None:
                return None
            chosen = np.flatnonzero(result.x[: len(self.amounts[0])] > 0.5)
            found = tuple(int(one) for one in chosen)
            if self._allowed(found) and all(self._total(c, found) <= most for c, most in bounds):
                return found
            # Amounts only grow: whatever holds these files breaks the limit as well.
            self._cuts.append(found)

    def _allowed(self, files: Sequence[int]) -> bool:
        return all(
            limit is None or sum(amount[one] for one in files) <= limit
            for amount, limit in zip(self.amounts, self.limits, strict=True)
        )

    def _fulfilled(self, files: Sequence[int]) -> tuple[int, ...]:
        chosen = set(files)
        return tuple(
            number
            for number, wish in enumerate(self.wishes)
            if all(row & chosen for row in wish.rows)
        )

    def _total(self, costs: Sequence[int], files: Sequence[int]) -> int:
        wishes = (len(self.amounts[0]) + number for number in self._fulfilled(files))
        return sum(costs[one] for one in (*files, *wishes))

    @property
    def _width(self) -> int:
        return len(self.amounts[0]) + len(self.wishes)

    def _bounds(self, fixed: Sequence[int]) -> Bounds:
        low = np.zeros(self._width)
        low[list(fixed)] = 1
        return Bounds(low, np.ones(self._width))

    def _constraints(self, bounds: Sequence[tuple[Sequence[int], int]]) -> list[LinearConstraint]:
        files = len(self.amounts[0])
        found = [
            LinearConstraint(np.array([[*amount, *[0] * len(self.wishes)]]), ub=limit)
            for amount, limit in zip(self.amounts, self.limits, strict=True)
            if limit is not None
        ]
        found += [LinearConstraint(np.array([costs]), ub=most) for costs, most in bounds]
        for cut in self._cuts:
            row = np.zeros(self._width)
            row[list(cut)] = 1
            found.append(LinearConstraint(row, ub=len(cut) - 1))
        entries = [
            (files + number, row) for number, wish in enumerate(self.wishes) for row in wish.rows
        ]
        if entries:
            found.append(LinearConstraint(_rows(entries, self._width), lb=0))
        return found


def _rows(entries: Sequence[tuple[int, frozenset[int]]], width: int) -> csr_array:
    """One row per need: its files, less the wish that has it."""
    values, columns, starts = [], [], [0]
    for wish, row in entries:
        columns += [*sorted(row), wish]
        values += [1.0] * len(row) + [-1.0]
        starts.append(len(columns))
    return csr_array((values, columns, starts), shape=(len(entries), width))
