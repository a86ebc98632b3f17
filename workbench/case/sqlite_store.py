"""The events of a case in a SQLite file, which lies in the case folder."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from workbench.case.event import Event
from workbench.case.store import EVENT_FIELDS
from workbench.errors import BadInput

__all__ = ["SqliteStore"]

# "WBCS": tells a case database from any other SQLite file.
APPLICATION_ID = 0x57424353
SCHEMA_VERSION = 2
BUSY_SECONDS = 10.0

# The last trigger of the events also stops INSERT OR REPLACE, which removes rows without asking
# the others. A body is taken out only after an event said that something is purged.
_SCHEMA = """
CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    origin TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE TABLE bodies (
    seq INTEGER PRIMARY KEY,
    salt TEXT NOT NULL,
    body TEXT NOT NULL,
    purged INTEGER NOT NULL
);
CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'an event cannot be changed'); END;
CREATE TRIGGER events_remain BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'an event cannot be removed'); END;
CREATE TRIGGER events_follow BEFORE INSERT ON events
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM events)
BEGIN SELECT RAISE(ABORT, 'an event is added at the end'); END;
CREATE TRIGGER bodies_stay BEFORE UPDATE ON bodies
WHEN NOT EXISTS (SELECT 1 FROM events WHERE kind = 'purge')
BEGIN SELECT RAISE(ABORT, 'a body cannot be changed'); END;
CREATE TRIGGER bodies_remain BEFORE DELETE ON bodies
BEGIN SELECT RAISE(ABORT, 'a body cannot be removed'); END;
CREATE TRIGGER bodies_follow BEFORE INSERT ON bodies
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM bodies)
BEGIN SELECT RAISE(ABORT, 'a body is added at the end'); END;
"""
_COLUMNS = ", ".join(f"events.{name}" for name in EVENT_FIELDS)
# A body that somebody cut out leaves an event that its hash no longer fits.
_SELECT = f"""
SELECT {_COLUMNS}, coalesce(salt, ''), coalesce(body, ''), coalesce(purged, 0)
FROM events LEFT JOIN bodies ON bodies.seq = events.seq ORDER BY events.seq
"""  # noqa: S608 - names of columns, written here
_INSERT = f"""
INSERT INTO events ({", ".join(EVENT_FIELDS)}) VALUES ({", ".join("?" * len(EVENT_FIELDS))})
"""  # noqa: S608 - names of columns, written here


@dataclass(frozen=True)
class SqliteStore:
    """A SQLite file with a write-ahead log; made on the first write."""

    path: Path

    @property
    def name(self) -> str:
        """The path of the file."""
        return str(self.path)

    def read(self) -> list[Event]:
        """All events, oldest first; [] when the file is absent or only just being made."""
        if not self.path.exists():
            return []
        # A write-ahead log is read only where it may also be written, except when nobody writes.
        mode = "rw" if os.access(self.path.parent, os.W_OK) else "ro&immutable=1"
        with self._speaking(), closing(self._connect(mode)) as connection:
            if _is_new(connection):
                return []
            self._check(connection)
            connection.execute("PRAGMA query_only = TRUE")
            rows = connection.execute(_SELECT).fetchall()
        return [Event(*row[:-1], bool(row[-1])) for row in rows]  # type: ignore[call-arg]

    @contextmanager
    def writing(self) -> Iterator[_Writer]:
        """One write transaction; raises BadInput when the file stays locked for BUSY_SECONDS."""
        with self._speaking(), closing(self._connect("rwc")) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                made = self._make_if_new(connection)
                yield _Writer(connection)
            except BaseException:
                # After some failures, a full disk among them, SQLite has taken it back itself.
                with suppress(sqlite3.OperationalError):
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
            if made:
                # Readers then never block the writer. A busy neighbour may forbid it: no harm.
                with suppress(sqlite3.OperationalError):
                    connection.execute("PRAGMA journal_mode = WAL")

    def _connect(self, mode: str) -> sqlite3.Connection:
        uri = f"{self.path.resolve().as_uri()}?mode={mode}"
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def _make_if_new(self, connection: sqlite3.Connection) -> bool:
        if not _is_new(connection):
            self._check(connection)
            return False
        for statement in _SCHEMA.split(";\n"):
            body = statement.strip()
            if body:
                connection.execute(body)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        return True

    def _check(self, connection: sqlite3.Connection) -> None:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise BadInput(
                "This database is not one of a case",
                self.name,
                "Put the case's own case.db back, or move this file away",
            )
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != SCHEMA_VERSION:
            raise BadInput(
                f"This case was written by another version of the workbench (form {version}, "
                f"this one reads form {SCHEMA_VERSION})",
                self.name,
                "Open it with the version that wrote it",
            )

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError:
            raise
        except sqlite3.OperationalError as error:
            raise BadInput(*_told(error, self.path)) from None
        except sqlite3.DatabaseError as error:
            raise BadInput(
                f"This is not a case database: {error}",
                self.name,
                "Put the case's own case.db back from a copy",
            ) from None


@dataclass(frozen=True)
class _Writer:
    connection: sqlite3.Connection

    def last(self) -> tuple[int, str, str] | None:
        newest = "SELECT seq, hash, at FROM events ORDER BY seq DESC LIMIT 1"
        row: tuple[int, str, str] | None = self.connection.execute(newest).fetchone()
        return row

    def add(self, event: Event) -> None:
        self.connection.execute(_INSERT, [getattr(event, name) for name in EVENT_FIELDS])
        body = (event.seq, event.salt, event.body, int(event.purged))
        self.connection.execute("INSERT INTO bodies VALUES (?, ?, ?, ?)", body)

    def redact(self, event: Event, body: str) -> None:
        # Without this, what is overwritten could still be read from the free pages of the file.
        self.connection.execute("PRAGMA secure_delete = TRUE")
        change = "UPDATE bodies SET salt = '', body = ?, purged = 1 WHERE seq = ?"
        self.connection.execute(change, (body, event.seq))


def _is_new(connection: sqlite3.Connection) -> bool:
    return not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def _told(error: sqlite3.OperationalError, path: Path) -> tuple[str, str, str]:
    code = error.sqlite_errorcode & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "Another process is writing to this case", str(path), "Try again in a moment"
    if code == sqlite3.SQLITE_FULL:
        return "The disk is full: nothing was written", str(path), "Make room, then do it again"
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
        what = "Nothing can be written here"
        return what, str(path), "See that the folder and the file are there and may be written to"
    if code == sqlite3.SQLITE_IOERR:
        what = f"The disk did not take what was written ({error}): nothing counts as written"
        return what, str(path), "See that the disk is whole and has room, then do it again"
    return f"SQLite says: {error}", str(path), "See that the file can be read and written"
