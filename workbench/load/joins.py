"""Further files whose rows join those of the file that is loaded, as a mapping says."""

# ruff: noqa: S608 (the SQL is made of checked names and quoted texts)
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from workbench.engine import connect
from workbench.errors import BadInput
from workbench.load.cells import quoted
from workbench.load.clean import EDGE
from workbench.load.container import SHEETS, Kind, kind_of, open_bytes
from workbench.load.decode import TextFacts
from workbench.load.formats import Format, Join
from workbench.load.headers import HeaderRow, header_key
from workbench.load.text_head import read_head
from workbench.load.text_rows import Misshapen, Rows, TextRows

__all__ = ["JoinedFile", "JoinedRows", "open_joined"]


@dataclass(frozen=True)
class JoinedFile:
    """A file that joins: its join, and what is needed to read it."""

    join: Join
    path: Path
    kind: Kind
    header: HeaderRow
    facts: TextFacts

    def rows(self) -> TextRows:
        """Its data rows, to be read once."""
        opened = partial(open_bytes, self.path, self.kind)
        return TextRows(opened, self.path.name, self.header, self.facts)


def open_joined(form: Format, folder: Path) -> tuple[JoinedFile, ...]:
    """The files that a format joins, found in `folder`, packed with gzip or not.

    Raises BadInput when one is missing, cannot be read, or lacks the header it joins on.
    """
    return tuple(_open(form, join, folder) for join in form.joins)


def _open(form: Format, join: Join, folder: Path) -> JoinedFile:
    names = (join.file, f"{join.file}.gz", join.file.removesuffix(".gz"))
    path = next((folder / name for name in names if (folder / name).is_file()), None)
    if path is None:
        raise BadInput(
            f"The mapping joins {join.file}, which is not there",
            str(folder),
            "Put it beside the file that is loaded",
        )
    kind = kind_of(path)
    if kind in SHEETS:
        raise BadInput("Only CSV files can be joined", path.name, "Save it as CSV UTF-8")
    header, facts = read_head(path, kind, path.name, {*form.headers(), header_key(join.on)}, form)
    if header_key(join.on) not in map(header_key, header.cells):
        raise BadInput(
            f"The file has no column {join.on} to join on",
            f"{path.name}; headers: {', '.join(header.cells)}",
        )
    return JoinedFile(join, path, kind, header, facts)


@dataclass
class JoinedRows:
    """The rows of a file, each with the cells of the rows that join it.

    `headers` are those of the first file; the cells of the joined files follow in order. After
    reading, `unused` says for each joined file how many of its rows joined nothing.
    """

    rows: Rows
    headers: Sequence[str]
    joined: Sequence[JoinedFile]
    unused: list[int] = field(default_factory=list)

    @property
    def misshapen(self) -> list[Misshapen]:
        """Records of the first file with another number of cells than its header."""
        return self.rows.misshapen

    def tables(self) -> Iterator[pa.Table]:
        """The rows in order, as many as the first file has."""
        with TemporaryDirectory(prefix="workbench-join-") as folder:
            connection = connect(threads=1, spill_to=Path(folder))
            engine: Any = connection.con
            try:
                query, marks = self._prepare(engine)
                for table in self.rows.tables():
                    engine.register("batch", table)
                    yield engine.sql(query).to_arrow_table()
                    for mark in marks:
                        engine.execute(mark)
                    engine.unregister("batch")
                self.unused = [
                    engine.execute(f"SELECT count(*) FROM j{n} WHERE NOT used").fetchone()[0]
                    for n in range(len(self.joined))
                ]
            finally:
                connection.disconnect()

    def _prepare(self, engine: Any) -> tuple[str, list[str]]:
        """Fill the tables that join; gives the query of a batch and what marks joined rows."""
        columns = {header_key(h): f"batch.c{i}" for i, h in reversed(list(enumerate(self.headers)))}
        selected, sources, marks = ["batch.*"], "batch", []
        width = len(self.headers)
        for n, file in enumerate(self.joined):
            key = columns.get(header_key(file.join.on))
            if key is None:
                raise BadInput(f"No file before {file.path.name} has a column {file.join.on}")
            _fill(engine, f"j{n}", file)
            sources += f" LEFT JOIN j{n} ON trim({key}, {quoted(EDGE)}) = j{n}.key"
            marks.append(
                f"UPDATE j{n} SET used = true WHERE key IN "
                f"(SELECT trim({key}, {quoted(EDGE)}) FROM {sources})"
            )
            for i, header in enumerate(file.header.cells):
                selected.append(f"coalesce(j{n}.c{i}, '') AS c{width + i}")
                columns.setdefault(header_key(header), f"j{n}.c{i}")
            width += len(file.header.cells)
        query = f"SELECT {', '.join(selected)} FROM {sources} ORDER BY source_row"
        return query, marks


def _fill(engine: Any, name: str, file: JoinedFile) -> None:
    """Read a joined file into the engine, one row per key."""
    position = [header_key(h) for h in file.header.cells].index(header_key(file.join.on))
    rows, made = file.rows(), False
    for table in rows.tables():
        engine.register("joining", table)
        select = f"SELECT *, trim(c{position}, {quoted(EDGE)}) AS key FROM joining"
        engine.execute(
            f"INSERT INTO {name} {select}" if made else f"CREATE TABLE {name} AS {select}"
        )
        engine.unregister("joining")
        made = True
    if rows.misshapen or not made:
        row = (
            f"row {rows.misshapen[0].row} has another number of cells" if made else "it has no rows"
        )
        raise BadInput(f"The file cannot be joined: {row}", file.path.name)
    twice = engine.execute(
        f"SELECT key, count(*) FROM {name} GROUP BY key HAVING count(*) > 1 LIMIT 1"
    ).fetchone()
    if twice and file.join.take == "only":
        raise BadInput(
            f"{twice[1]} rows have the same {file.join.on} {twice[0]}, so a row would join twice",
            file.path.name,
            'Join with take = "first", or load this file and join the other to it',
        )
    engine.execute(
        f"CREATE OR REPLACE TABLE {name} AS SELECT *, false AS used FROM {name} "
        "QUALIFY row_number() OVER (PARTITION BY key ORDER BY source_row) = 1"
    )
