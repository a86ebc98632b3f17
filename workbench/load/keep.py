"""Keep what was loaded: everything is made beside the case first and moved into it at the end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import mkdtemp

from workbench.load.formats import built_in
from workbench.load.report import report_path
from workbench.tables.loads import LOADS_FILE, MERGED, Book, Load, read_book

__all__ = ["Staging", "staging"]


@dataclass
class Staging:
    """A folder beside the tables where new files wait until all of them are whole.

    `case_shop` is the case's own shop; `merged` names what the tables were merged to.
    """

    folder: Path
    tables_dir: Path
    sources_dir: Path
    case_shop: str = ""
    merged: Mapping[str, str] | None = None
    _moves: list[tuple[Path, Path]] = field(default_factory=list)
    _loaded: list[Load] = field(default_factory=list)
    _copies: int = 0

    def copy_place(self, name: str) -> Path:
        """A path of that name in a folder of its own, for the copy of an original."""
        self._copies += 1
        folder = self.folder / str(self._copies)
        folder.mkdir()
        return folder / name

    def file(self, target: Path) -> Path:
        """A path to write what shall become `target`."""
        waiting = self.folder / f"{len(self._moves)}-{target.name}"
        self.move(waiting, target)
        return waiting

    def move(self, waiting: Path, target: Path) -> None:
        """Note that the file `waiting` shall become `target`."""
        self._moves.append((waiting, target))

    def waiting(self, target: Path) -> Path:
        """Where the file is that is or shall become `target`."""
        return next((w for w, t in reversed(self._moves) if t == target), target)

    @property
    def changes_something(self) -> bool:
        """Whether a file waits to be moved."""
        return bool(self._moves)

    def book(self) -> Book:
        """Every load as it will be, oldest first."""
        book = _with_grain(read_book(self.tables_dir), self.tables_dir)
        if self.case_shop and self.case_shop != book.case_shop:
            book = replace(book, case_shop=self.case_shop).with_shops()
        for load in self._loaded:
            book = book.with_load(load)
        return replace(book, merged=self.merged if self.merged is not None else book.merged)

    def order(self) -> dict[str, list[str]]:
        """The sources of each table as they will be, oldest load first."""
        order: dict[str, list[str]] = {}
        for load in self.book().loads:
            order.setdefault(load.table, []).append(load.sha256)
        return order

    def loaded(self, load: Load) -> None:
        """Note that a source now belongs to a table."""
        self._loaded.append(load)

    def commit(self) -> None:
        """Move every file to its place; the list of loads comes last and makes them count."""
        if not self._moves:
            return
        for waiting, target in self._moves:
            target.parent.mkdir(parents=True, exist_ok=True)
            waiting.replace(target)
        book = self.book()
        waiting = self.folder / LOADS_FILE
        waiting.write_text(book.to_json(), "utf-8")
        waiting.replace(self.tables_dir / LOADS_FILE)
        for path in (self.tables_dir / MERGED).glob("*.parquet"):
            if path.name not in book.merged.values():
                path.unlink()


def _with_grain(book: Book, tables_dir: Path) -> Book:
    """The book with the grain of loads that were made before it was noted."""
    grains = {form.name: form.grain for form in built_in()}
    loads = []
    for load in book.loads:
        path = report_path(tables_dir, load.table, load.sha256)
        if not load.recipe and path.is_file():
            report = json.loads(path.read_text("utf-8"))
            grain = grains.get(report.get("format", ""), "")
            load = replace(load, grain=load.grain or grain, recipe=report.get("recipe", ""))
        loads.append(load)
    return replace(book, loads=tuple(loads))


@contextmanager
def staging(tables_dir: Path, sources_dir: Path, case_shop: str = "") -> Iterator[Staging]:
    """A staging folder that is gone afterwards, whatever happened."""
    made = [folder for folder in (tables_dir, sources_dir) if not folder.exists()]
    for folder in (tables_dir, sources_dir):
        folder.mkdir(parents=True, exist_ok=True)
    waiting = Path(mkdtemp(prefix=".loading-", dir=tables_dir))
    try:
        yield Staging(waiting, tables_dir, sources_dir, case_shop)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
        for folder in made:
            if not any(folder.iterdir()):
                folder.rmdir()
