"""Keep what was loaded: everything is made beside the case first and moved into it at the end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from workbench.tables.stored import LOADS_FILE, loads

__all__ = ["Staging", "staging"]


@dataclass
class Staging:
    """A folder beside the tables where new files wait until all of them are whole."""

    folder: Path
    tables_dir: Path
    sources_dir: Path
    _moves: list[tuple[Path, Path]] = field(default_factory=list)
    _loaded: list[tuple[str, str]] = field(default_factory=list)
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

    def order(self) -> dict[str, list[str]]:
        """The sources of each table as they will be, oldest load first."""
        order = loads(self.tables_dir)
        for table, sha256 in self._loaded:
            for sources in order.values():
                if sha256 in sources:
                    sources.remove(sha256)
            order.setdefault(table, []).append(sha256)
        return {table: sources for table, sources in order.items() if sources}

    def loaded(self, table: str, sha256: str) -> None:
        """Note that a source now belongs to `table`."""
        self._loaded.append((table, sha256))

    def commit(self) -> None:
        """Move every file to its place; the list of loads comes last and makes them count."""
        if not self._moves:
            return
        for waiting, target in self._moves:
            target.parent.mkdir(parents=True, exist_ok=True)
            waiting.replace(target)
        waiting = self.folder / LOADS_FILE
        waiting.write_text(json.dumps(self.order(), indent=1), "utf-8")
        waiting.replace(self.tables_dir / LOADS_FILE)


@contextmanager
def staging(tables_dir: Path, sources_dir: Path) -> Iterator[Staging]:
    """A staging folder that is gone afterwards, whatever happened."""
    made = [folder for folder in (tables_dir, sources_dir) if not folder.exists()]
    for folder in (tables_dir, sources_dir):
        folder.mkdir(parents=True, exist_ok=True)
    waiting = Path(mkdtemp(prefix=".loading-", dir=tables_dir))
    try:
        yield Staging(waiting, tables_dir, sources_dir)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
        for folder in made:
            if not any(folder.iterdir()):
                folder.rmdir()
