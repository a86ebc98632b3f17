"""What changed since a letter was sent, or since the last screening, and why."""

from workbench.changes.baseline import (
    Baseline,
    baseline_of_case,
    baseline_of_pack,
    baseline_of_results,
)
from workbench.changes.figures import figure_changes
from workbench.changes.groups import group_changes
from workbench.changes.reasons import order_reasons
from workbench.changes.told import changes_told

__all__ = [
    "Baseline",
    "baseline_of_case",
    "baseline_of_pack",
    "baseline_of_results",
    "changes_told",
    "figure_changes",
    "group_changes",
    "order_reasons",
]
