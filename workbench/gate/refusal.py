"""Why a final pack is refused."""

from __future__ import annotations

import pandas as pd

from workbench.gate.readiness import refusing
from workbench.language import words

__all__ = ["NotReady"]


class NotReady(Exception):
    """A blocking check has not passed: no final pack is made.

    It is no bad input: a check said no. `checks` are all checks of the gate, `failing` the rows
    that hold the pack back.
    """

    def __init__(self, checks: pd.DataFrame) -> None:
        self.checks = checks
        self.failing = refusing(checks)
        super().__init__(self.told("en"))

    def told(self, language: str) -> str:
        """What holds it back, a line per check."""
        say = words("gate", language)
        return "\n".join(
            say(
                "{number}. {title}: {found}",
                number=row["check"],
                title=row[f"title_{language}"],
                found=row[language],
            )
            for row in self.failing.to_dict("records")
        )
