"""The prepared tables of a case, kept as Parquet, so that screening starts from integers.

`CASE/keys/` holds `trade`, `items`, `places` and `parcels` (see workbench.detect.trade), one file
per table and shop, and `made_of.json`, which says what they were made of: the loads, the code and
the engine. Where any of these has changed they are made anew; without them, or on another engine,
screening makes its own and gives the same.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import ibis
from ibis.backends import BaseBackend
from ibis.expr.types import Table

import workbench
from workbench.detect.trade import prepared
from workbench.engine import connect
from workbench.tables import Tables, read_tables, shop_names, shop_tables
from workbench.tables.loads import LOADS_FILE

__all__ = ["store_trade", "stored_trade"]

_MADE_OF = "made_of.json"
_PREPARED = ("trade", "items", "places", "parcels")
_ROOMS = ("detect", "engine", "normalise", "tables")


def store_trade(tables_dir: Path, folder: Path) -> None:
    """Work out the prepared tables of the tables under `tables_dir` and keep them in `folder`.

    Nothing is done where they are there already.
    """
    with _engine(folder.parent) as engine:
        made_of = _made_of(engine, tables_dir)
        if _is_made_of(folder, made_of):
            return
        shutil.rmtree(folder, ignore_errors=True)
        tables = read_tables(engine, tables_dir)
        if "orders" not in tables:
            return
        waiting = Path(mkdtemp(prefix=".keys-", dir=folder.parent))
        try:
            for number, (shop, own) in enumerate(_shops(tables)):
                _write(own, shop, waiting, number)
            (waiting / _MADE_OF).write_text(json.dumps(made_of, indent=1), "utf-8")
            waiting.rename(folder)
        finally:
            shutil.rmtree(waiting, ignore_errors=True)


def stored_trade(engine: BaseBackend, tables_dir: Path, folder: Path) -> dict[str, Table]:
    """The prepared tables kept in `folder`; none where they are not those of `tables_dir`.

    In a case of several shops each has a column `shop`.
    """
    if not _is_made_of(folder, _made_of(engine, tables_dir)):
        return {}
    found = {}
    for name in _PREPARED:
        files = sorted(map(str, folder.glob(f"{name}-*.parquet")))
        if files:
            found[name] = engine.read_parquet(files, union_by_name=True)
    return found


def _write(tables: Tables, shop: str, folder: Path, number: int) -> None:
    with prepared(tables) as ready:
        for name in _PREPARED:
            if name in ready:
                table = ready[name].mutate(shop=ibis.literal(shop)) if shop else ready[name]
                table.to_parquet(str(folder / f"{name}-{number}.parquet"))


def _shops(tables: Tables) -> Iterator[tuple[str, Tables]]:
    names = shop_names(tables)
    if not names:
        yield "", tables
    for name in names:
        yield name, shop_tables(tables, name)


def _is_made_of(folder: Path, made_of: dict[str, str]) -> bool:
    try:
        return json.loads((folder / _MADE_OF).read_text("utf-8")) == made_of
    except (OSError, ValueError):
        return False


def _made_of(engine: BaseBackend, tables_dir: Path) -> dict[str, str]:
    """What the kept tables depend on: hashes in them are those of one engine and release."""
    book = tables_dir / LOADS_FILE
    return {
        "loads": hashlib.sha256(book.read_bytes() if book.is_file() else b"").hexdigest(),
        "code": _code(),
        "engine": f"{engine.name} {engine.version}",
    }


def _code() -> str:
    package = Path(workbench.__file__).parent
    digest = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((package / room).rglob("*")):
            if path.suffix in {".py", ".toml"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()


@contextmanager
def _engine(folder: Path) -> Iterator[BaseBackend]:
    """An engine that leaves what does not fit into memory in the case and takes it away again."""
    with TemporaryDirectory(prefix=".spill-", dir=folder) as spill:
        engine = connect(spill_to=Path(spill))
        try:
            yield engine
        finally:
            engine.disconnect()
