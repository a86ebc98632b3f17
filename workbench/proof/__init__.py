"""How much the evidence of an order weighs, what is missing, and whom to ask for it."""

from workbench.proof.strength import LEVELS, Level, order_strength
from workbench.proof.systems import SYSTEMS, System, system_of
from workbench.proof.table import evidence_table

__all__ = [
    "LEVELS",
    "SYSTEMS",
    "Level",
    "System",
    "evidence_table",
    "order_strength",
    "system_of",
]
