"""The SQLite file of a case: how it is made, opened for reading, and opened for writing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from workbench.errors import BadInput

__all__ = ["read_rows", "writing"]

# "WBCS": tells a case database from any other SQLite file.
APPLICATION_ID = 0x57424353
BUSY_SECONDS = 10.0

# The last trigger also stops INSERT OR REPLACE, which removes rows without asking the others.
_SCHEMA = """
CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    body TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'an event cannot be changed'); END;
CREATE TRIGGER events_remain BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'an event cannot be removed'); END;
CREATE TRIGGER events_follow BEFORE INSERT ON events
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM events)
BEGIN SELECT RAISE(ABORT, 'an event is added at the end'); END;
"""


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """One write transaction that no other writer can enter; the file is made when absent.

    Commits on leaving and takes everything back when the block raises. Raises BadInput when the
    file is no case database, cannot be written, or stays locked for BUSY_SECONDS.
    """
    with _speaking(path), closing(_connect(path, "rwc")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            made = _make_if_new(connection, path)
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        if made:
            # Readers then never block the writer. A busy neighbour may forbid it: no harm.
            with suppress(sqlite3.OperationalError):
                connection.execute("PRAGMA journal_mode = WAL")


def read_rows(path: Path, statement: str) -> list[tuple[Any, ...]]:
    """What the statement gives; [] when the file is absent or only just being made.

    Nothing is written. Raises BadInput as `writing` does.
    """
    if not path.exists():
        return []
    # A write-ahead log is read only where it may also be written, except when nobody writes.
    mode = "rw" if os.access(path.parent, os.W_OK) else "ro&immutable=1"
    with _speaking(path), closing(_connect(path, mode)) as connection:
        if _is_new(connection):
            return []
        _check(connection, path)
        connection.execute("PRAGMA query_only = TRUE")
        return connection.execute(statement).fetchall()


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _make_if_new(connection: sqlite3.Connection, path: Path) -> bool:
    if not _is_new(connection):
        _check(connection, path)
        return False
    for statement in _SCHEMA.split(";\n"):
        body = statement.strip()
        if body:
            connection.execute(body)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    return True


def _is_new(connection: sqlite3.Connection) -> bool:
    return not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def _check(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise BadInput(
            "This database is not one of a case",
            str(path),
            "Put the case's own case.db back, or move this file away",
        )


@contextmanager
def _speaking(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.OperationalError as error:
        busy = error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        raise BadInput(
            "Another process is writing to this case" if busy else f"SQLite says: {error}",
            str(path),
            "Try again in a moment" if busy else "See that the file can be read and written",
        ) from None
    except sqlite3.DatabaseError as error:
        raise BadInput(
            f"This is not a case database: {error}",
            str(path),
            "Put the case's own case.db back from a copy",
        ) from None
