"""A little case folder of tables, loaded file by file and merged as the loader does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from workbench.engine import connect
from workbench.tables import read_tables
from workbench.tables.loads import LOADS_FILE, MERGED, Book, Load
from workbench.tables.merge import Merging, merge


class Kept:
    """Tables under a folder; each `load` is one file, oldest first."""

    def __init__(self, folder: Path, case_shop: str = "") -> None:
        self.folder = folder
        self.book = Book(case_shop=case_shop)

    def load(
        self, table: str, source: str, *, told: str = "", grain: str = "", **columns: Any
    ) -> None:
        """Store a file of the shop that the loader was `told`.

        Its rows count from 2, unless `source_row` is among the columns.
        """
        frame = pd.DataFrame(columns)
        frame["source_file"] = source
        if "source_row" not in frame:
            frame["source_row"] = range(2, len(frame) + 2)
        load = Load(table, source, told, _shops(frame), grain, recipe="r")
        path = load.file(self.folder)
        path.parent.mkdir(exist_ok=True)
        frame.to_parquet(path)
        self.book = self.book.with_load(load)

    def merge(self) -> Merging:
        """Merge what was loaded, and write the list of loads."""
        done = merge(
            self.book, lambda load: load.file(self.folder), self.folder, self.folder / "work"
        )
        (self.folder / MERGED).mkdir(exist_ok=True)
        for name, path in done.files.items():
            path.replace(self.folder / MERGED / name)
        self.book = done.book
        (self.folder / LOADS_FILE).write_text(self.book.to_json(), "utf-8")
        return done

    def rows(self, table: str = "orders") -> pd.DataFrame:
        """A table as it reads now, by order, file and row; money as numbers."""
        frame = read_tables(connect(threads=1), self.folder)[table].to_pandas()
        for name in frame.columns[frame.columns.str.endswith("_amount")]:
            frame[name] = pd.to_numeric(frame[name])
        by = [c for c in ("order_id", "line_id", "source_file", "source_row") if c in frame]
        return frame.sort_values(by, ignore_index=True)


def _shops(frame: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(set(frame["shop"].fillna("")))) if "shop" in frame else ()


def whole(*ids: str, **columns: Any) -> dict[str, Any]:
    """Columns of orders with these numbers; what is not named is ordinary."""
    return {
        "order_id": list(ids),
        "created_at": [pd.Timestamp("2026-01-01 10:00")] * len(ids),
        "status": ["paid"] * len(ids),
        "paid_amount": [10.0] * len(ids),
        **columns,
    }
