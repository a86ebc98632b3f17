"""What the workbench says when what it was given cannot be used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.inert import inert

__all__ = ["BadInput", "Problem"]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with the input: what, where (file, row, column), and what to do."""

    what: str
    where: str = ""
    do: str = ""

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.do:
            lines.append(f"  what to do: {self.do}")
        # Names of files and columns stand in it: on a terminal they must be read, not obeyed.
        return inert("\n".join(lines))


class BadInput(Exception):
    """Input that cannot be used. Carries every problem found, not only the first.

    The command line prints it and leaves with exit code 2; a notebook shows the same text.
    """

    problems: tuple[Problem, ...]

    def __init__(self, what: str, where: str = "", do: str = "") -> None:
        self.problems = (Problem(what, where, do),)
        super().__init__(what, where, do)

    @classmethod
    def many(cls, problems: Iterable[Problem]) -> BadInput:
        """One error for several problems; raises ValueError when there are none."""
        found = tuple(problems)
        if not found:
            raise ValueError("BadInput.many needs at least one problem")
        error = cls(found[0].what, found[0].where, found[0].do)
        error.problems = found
        return error

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
