"""The letter's own figures: each is counted once and told everywhere by the same mark."""

from __future__ import annotations

from workbench.appeal.matter import Matter

__all__ = ["Counts"]


class Counts:
    """The figures that a letter tells, in one language."""

    def __init__(self, matter: Matter, language: str) -> None:
        self.matter = matter
        self.language = language

    def of(self, name: str, value: int) -> str:
        """A figure of the whole letter."""
        return str(value)

    def group(self, group_id: str, name: str, value: int) -> str:
        """A figure of one group."""
        return str(value)

    def listed(self, name: str, order_ids: list[str]) -> str:
        """How many orders a list has."""
        return str(len(order_ids))

    def sentence(self, group_id: str, text: str) -> str:
        """A sentence of the screening with its figures marked."""
        return text
