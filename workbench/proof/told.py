"""What every request may tell of the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["Told"]


@dataclass(frozen=True)
class Told:
    """The shop and the platform; the day of the appeal and until when data are kept, if known."""

    shop: str
    platform: str
    deadline: date | None
    kept_until: date | None
