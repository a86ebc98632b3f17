"""What was read of a notice: each value with the words it was read from, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from workbench.notice.fields import FIELDS

__all__ = ["ParsedNotice", "Reading", "Remark", "Sure"]

Sure = Literal["stated", "likely", "computed", "doubtful"]


@dataclass(frozen=True)
class Reading:
    """One value of one field, and where in the text it stands (`start` to `end`).

    `sure`: stated (under its own label), likely (by its wording), computed (from other dates or
    numbers of the text), doubtful (computed where something had to be taken for granted: it must
    be confirmed). `how` is the code of a remark (`remark_text`) with its figures, "" for none.
    """

    field: str
    value: Any
    start: int
    end: int
    sure: Sure = "stated"
    how: str = ""
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Remark:
    """Something of the text that a person must look at, and where it stands."""

    code: str
    start: int
    end: int
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ParsedNotice:
    """A notice as it was read.

    `readings` in the order of the text. Where several values of one field were read that cannot
    be joined, the field has no value (`conflicting` names it) and all of them are shown.
    """

    text: str
    readings: tuple[Reading, ...]
    remarks: tuple[Remark, ...] = ()

    def of(self, field: str) -> list[Reading]:
        """The readings of one field, the surest first."""
        order: dict[str, int] = {"stated": 0, "likely": 1, "computed": 2, "doubtful": 3}
        found = [one for one in self.readings if one.field == field]
        return sorted(found, key=lambda one: order[one.sure])

    def value(self, field: str) -> Any:
        """The value of a field; None or () where it was not read, or read differently twice."""
        told = FIELDS[field]
        found = self.of(field)
        if told.type in ("texts", "orders", "pairs"):
            return tuple(dict.fromkeys(one.value for one in found))
        values = list(dict.fromkeys(one.value for one in self._surest(found)))
        if not values:
            return None
        if told.several == "join":
            return "；".join(values)
        return values[0] if len(values) == 1 or told.several == "first" else None

    def values(self) -> dict[str, Any]:
        """All fields that were read, without those that were not."""
        told = {name: self.value(name) for name in FIELDS}
        return {name: value for name, value in told.items() if value not in (None, ())}

    @property
    def conflicting(self) -> tuple[str, ...]:
        """Fields that the text seems to tell differently in two places."""
        return tuple(name for name in FIELDS if self.value(name) is None and self.of(name))

    @property
    def unread(self) -> tuple[str, ...]:
        """Fields of which the text says nothing that was understood."""
        return tuple(
            name for name, told in FIELDS.items() if told.type != "pairs" and not self.of(name)
        )

    @property
    def to_confirm(self) -> tuple[str, ...]:
        """Fields that a person must look at before an appeal rests on them.

        Those that are not stated as such, those told differently in two places, and those that
        an appeal needs and that were not read.
        """
        found = []
        for name, told in FIELDS.items():
            readings = self._surest(self.of(name))
            unsure = any(one.sure != "stated" for one in readings)
            if unsure or name in self.conflicting or (told.needed and not readings):
                found.append(name)
        return tuple(found)

    def excerpt(self, reading: Reading | Remark, around: int = 12) -> tuple[str, str, str]:
        """The words before, of, and after a reading, on one line each."""
        text = self.text
        before = text[max(0, reading.start - around) : reading.start]
        own = text[reading.start : reading.end]
        after = text[reading.end : reading.end + around]
        return tuple(" ".join(part.split()) for part in (before, own, after))  # type: ignore[return-value]

    @staticmethod
    def _surest(found: list[Reading]) -> list[Reading]:
        """Of readings by their label and readings by their wording only the former count."""
        return [one for one in found if one.sure == found[0].sure]

    def __iter__(self) -> Iterator[Reading]:
        return iter(self.readings)
