"""What the other side had to do: law, procedural checks, chronology, and the next remedy."""

from workbench.procedure.law import PROVISIONS, Provision, in_force, letter_law, provision

__all__ = ["PROVISIONS", "Provision", "in_force", "letter_law", "provision"]
