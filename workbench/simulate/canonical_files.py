"""Write a shop as canonical CSV files: the workbench's own headers, UTF-8."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from workbench.simulate.shop import Shop

__all__ = ["write_canonical", "write_csv"]

_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def write_canonical(shop: Shop, folder: Path) -> list[Path]:
    """One CSV per table that has rows, and truth.csv; gives the files written.

    An order that truth.csv does not list is ordinary trade.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = {**shop.tables(), "truth": shop.known_kinds()}
    return [
        write_csv(table, folder / f"{name}.csv") for name, table in tables.items() if len(table)
    ]


def write_csv(table: pd.DataFrame, path: Path) -> Path:
    """A CSV with a plain header line, empty cells for what is missing, and LF line ends."""
    content = pa.Table.from_pandas(table, preserve_index=False)
    # DuckDB quotes only where needed and is ten times as fast as pandas.
    with duckdb.connect(config=_OFFLINE) as engine:
        engine.from_arrow(content).write_csv(str(path), header=True)
    return path
