"""Write a shop as canonical CSV files: the workbench's own headers, UTF-8."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from workbench.simulate.shop import Shop

__all__ = ["write_canonical", "write_csv"]


def write_canonical(shop: Shop, folder: Path) -> list[Path]:
    """One CSV per table that has rows, and truth.csv; gives the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {**shop.tables(), "truth": shop.truth}
    return [
        write_csv(table, folder / f"{name}.csv") for name, table in tables.items() if len(table)
    ]


def write_csv(table: pd.DataFrame, path: Path) -> Path:
    """A CSV with a plain header line, empty cells for what is missing, and LF line ends."""
    content = pa.Table.from_pandas(table, preserve_index=False)
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")
    with path.open("wb") as sink:
        sink.write((",".join(table.columns) + "\n").encode())
        pyarrow.csv.write_csv(content, sink, options)
    return path
