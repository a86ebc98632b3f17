"""Which file was loaded when, as what, and of which shop: `loads.json` beside the tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

__all__ = ["LOADS_FILE", "MERGED", "Book", "Load", "loads", "read_book"]

LOADS_FILE = "loads.json"
# The folder, beside those of the tables, of what several files of one table were merged to.
MERGED = "merged"
_VERSION = 2


@dataclass(frozen=True)
class Load:
    """One source of one table.

    `shop` is the shop that the loader was told ("" = none), `own_shops` the shops that the file
    itself names, "" among them where some of its rows name none. `grain` is "order" where a row is
    a whole order, "line" where it is one of its items, "" where that is not known. `recipe`
    identifies how it was read. `corrects` are the sources (SHA-256) whose quarantined rows it holds
    anew.
    """

    table: str
    sha256: str
    shop: str = ""
    own_shops: tuple[str, ...] = ()
    grain: str = ""
    recipe: str = ""
    corrects: tuple[str, ...] = ()

    def file(self, folder: Path) -> Path:
        """The Parquet file of its rows, in the folder of a case's tables."""
        return folder / self.table / f"{self.sha256}.parquet"


@dataclass(frozen=True)
class Book:
    """Every load of a case, oldest first.

    `case_shop` is the case's own shop, `shops` the shops in the order in which they came; there
    are several only where `shops` has several. `merged` names the Parquet files in the folder
    `merged`, by table, and under "order_changes" that of the changes between loads.
    """

    loads: tuple[Load, ...] = ()
    case_shop: str = ""
    shops: tuple[str, ...] = ()
    merged: Mapping[str, str] = field(default_factory=dict)

    def of(self, table: str) -> tuple[Load, ...]:
        """The loads of a table, oldest first."""
        return tuple(load for load in self.loads if load.table == table)

    @property
    def shop_of_unnamed(self) -> str:
        """The shop of rows that neither their file nor the loader gives one.

        It is the case's shop, unless the files of orders all name one and the same shop: then the
        case has that shop only, however the case itself spells it.
        """
        orders = self.of("orders")
        own = {shop for load in orders for shop in load.own_shops if shop}
        told = {load.shop for load in orders if load.shop and "" in (load.own_shops or ("",))}
        return next(iter(own)) if len(own) == 1 and not told else self.case_shop

    def with_load(self, load: Load) -> Book:
        """The book after `load`, which takes the place of an earlier load of the same file.

        Only corrections belong to several tables: any other file that is read anew as another
        table leaves the one it was in, and its corrections with it.
        """
        kept = tuple(
            old
            for old in self.loads
            if old.sha256 != load.sha256
            or (old.table != load.table and old.corrects and load.corrects)
        )
        there = {(old.table, old.sha256) for old in (*kept, load)}
        loads = tuple(
            old
            for old in (*kept, load)
            if not old.corrects or any((old.table, source) in there for source in old.corrects)
        )
        return replace(self, loads=loads).with_shops()

    def with_shops(self) -> Book:
        """The book with the shops that its orders name, those it knew already first."""
        unnamed = self.shop_of_unnamed
        named = [
            shop or load.shop or unnamed
            for load in self.of("orders")
            if load.own_shops or not load.corrects
            for shop in load.own_shops or ("",)
        ]
        kept = [shop for shop in self.shops if shop in named]
        return replace(self, shops=tuple(dict.fromkeys([*kept, *named])))

    def to_json(self) -> str:
        """The book as JSON; `read_book` reads it."""
        return json.dumps({"version": _VERSION, **asdict(self)}, ensure_ascii=False, indent=1)


def read_book(folder: Path) -> Book:
    """The loads of the tables under `folder`; an empty book when nothing was loaded.

    A book of the first version, {table: [SHA-256, …]}, is read as well: nothing is known then but
    which files there are.
    """
    path = folder / LOADS_FILE
    raw: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    if "version" not in raw:
        return Book(tuple(Load(table, sha256) for table, sha256 in _pairs(raw)))
    return Book(
        loads=tuple(
            Load(
                **{
                    **load,
                    "own_shops": tuple(load["own_shops"]),
                    "corrects": tuple(load["corrects"]),
                }
            )
            for load in raw["loads"]
        ),
        case_shop=raw["case_shop"],
        shops=tuple(raw["shops"]),
        merged=raw["merged"],
    )


def loads(folder: Path) -> dict[str, list[str]]:
    """The sources of each table under `folder`, oldest load first."""
    found: dict[str, list[str]] = {}
    for load in read_book(folder).loads:
        found.setdefault(load.table, []).append(load.sha256)
    return found


def _pairs(raw: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    return [(table, sha256) for table, sources in raw.items() for sha256 in sources]
