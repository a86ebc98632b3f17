"""The list of canonical tables and columns, read once from `canonical.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

__all__ = ["TABLES", "Column", "Table"]

Type = Literal["text", "money", "time", "date", "integer", "number"]
Mask = Literal["alias", "phone", "name", "address", "text", "drop"]

_SQL_TYPES: Mapping[Type, str] = {
    "text": "VARCHAR",
    "money": "DECIMAL(18, 4)",
    "time": "TIMESTAMP",
    "date": "DATE",
    "integer": "BIGINT",
    "number": "DOUBLE",
}


@dataclass(frozen=True)
class Column:
    """One canonical column.

    `mask` says what becomes of it where it leaves the analyst's machine; None means that it is
    shown as it is. `zh` and `en` are what a reader sees as its heading.
    """

    name: str
    type: Type
    zh: str
    en: str
    required: bool = False
    mask: Mask | None = None

    @property
    def sql_type(self) -> str:
        """The DuckDB type that holds it."""
        return _SQL_TYPES[self.type]


@dataclass(frozen=True)
class Table:
    """One canonical table."""

    name: str
    about_zh: str
    about_en: str
    columns: tuple[Column, ...]

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns without which a row cannot be used."""
        return tuple(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        """The column called `name`; raises KeyError when the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name}")


def _read() -> Mapping[str, Table]:
    path = Path(__file__).with_name("canonical.toml")
    with path.open("rb") as file:
        raw = tomllib.load(file)
    return MappingProxyType(
        {
            name: Table(
                name=name,
                about_zh=entry["about_zh"],
                about_en=entry["about_en"],
                columns=tuple(Column(**column) for column in entry["columns"]),
            )
            for name, entry in raw.items()
        }
    )


TABLES: Mapping[str, Table] = _read()
