"""Move one constant for a while, to see what depends on it. Only the sensitivity view does so."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import MappingProxyType, ModuleType

from workbench.detect import constants as _detect
from workbench.explain import rules as _rules
from workbench.explain.rules import Rule

__all__ = ["Constant", "Value", "moved", "users"]

Value = int | float | tuple[int, ...] | tuple[float, ...]


@dataclass(frozen=True)
class Constant:
    """A constant of the screening.

    `room` is "detect" or a table of rules.toml (weighing, merging, cuts, tests); a constant of
    "tests" is the factor of the innocent explanation `name`. `reason` is what stands beside it.
    """

    room: str
    name: str
    value: Value
    reason: str

    def by(self, share: float) -> Value:
        """The value moved by a share of itself; a whole number moves by one at least.

        Below 1 no whole number falls. A quantile or share next to 1 moves by a share of what it
        lacks.
        """
        if isinstance(self.value, tuple):
            return tuple(_by(value, share) for value in self.value)
        return _by(self.value, share)


@contextmanager
def moved(constant: Constant, value: Value) -> Iterator[None]:
    """Let the constant have another value in every module that knows it, then the old one again.

    Modules bind the name when they import it, so it is bound anew in each of them. What a module
    worked out from it while it was imported stays.
    """
    name, old, new = _binding(constant, value)
    holders = [module for module in _modules() if vars(module).get(name) is old]
    for module in holders:
        setattr(module, name, new)
    try:
        yield
    finally:
        for module in holders:
            setattr(module, name, old)


def users(name: str) -> set[str]:
    """The modules that know a constant of the detectors, and all those that build on them."""
    known = {
        module.__name__ for module in _modules() if name in vars(module) and module is not _detect
    }
    while True:
        more = {m.__name__ for m in _modules() if _builds_on(m, known)} - known
        if not more:
            return known
        known |= more


def _binding(constant: Constant, value: Value) -> tuple[str, object, object]:
    """The name under which modules know the constant, what it is bound to, and to what anew."""
    if constant.room == "detect":
        return constant.name, getattr(_detect, constant.name), value
    table: str = constant.room.upper()
    old: Mapping[str, object] = getattr(_rules, table)
    entry: object = value
    if constant.room == "tests":
        rule = old[constant.name]
        entry = replace(rule, factor=float(value)) if isinstance(rule, Rule) else rule  # type: ignore[arg-type]
    return table, old, MappingProxyType({**old, constant.name: entry})


def _builds_on(module: ModuleType, known: set[str]) -> bool:
    """Whether a module of the detectors has something that was made in one of the known ones."""
    if not module.__name__.startswith("workbench.detect."):
        return False
    values = vars(module).values()
    return any(
        getattr(value, "__module__", None) in known
        or (isinstance(value, ModuleType) and value.__name__ in known)
        for value in values
    )


def _modules() -> list[ModuleType]:
    loaded = [m for m in sys.modules.values() if isinstance(m, ModuleType)]
    return [module for module in loaded if module.__name__.startswith("workbench.")]


def _by(value: float, share: float) -> float:
    if isinstance(value, int):
        step = max(1, round(abs(value * share)))
        # No window of no days, no group of nobody.
        return max(value + (step if share > 0 else -step), min(value, 1))
    if value < 1 <= value * (1 + abs(share)):
        return 1 - (1 - value) * (1 - share)
    return value * (1 + share)
