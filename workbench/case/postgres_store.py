"""The events of a case in a PostgreSQL database, for a firm whose analysts share cases.

One database holds the events of many cases. Passwords stay where PostgreSQL's own tools look for
them (~/.pgpass, PGPASSWORD): a case folder is handed on, and must not carry one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from workbench.case.event import Event
from workbench.case.store import EVENT_FIELDS
from workbench.errors import BadInput

__all__ = ["PostgresStore", "is_postgres_url"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS workbench_events (
    case_id text NOT NULL,
    seq bigint NOT NULL,
    at text NOT NULL,
    who text NOT NULL,
    kind text NOT NULL,
    subject_kind text NOT NULL,
    subject_id text NOT NULL,
    body_hash text NOT NULL,
    origin text NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (case_id, seq)
);
CREATE TABLE IF NOT EXISTS workbench_bodies (
    case_id text NOT NULL,
    seq bigint NOT NULL,
    salt text NOT NULL,
    body text NOT NULL,
    purged boolean NOT NULL,
    PRIMARY KEY (case_id, seq)
);
CREATE OR REPLACE FUNCTION workbench_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what was written cannot be changed or removed'; END $$;
CREATE OR REPLACE FUNCTION workbench_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE newest bigint;
BEGIN
    EXECUTE format('SELECT coalesce(max(seq), 0) FROM %I WHERE case_id = $1', TG_TABLE_NAME)
    INTO newest USING NEW.case_id;
    IF NEW.seq <> newest + 1 THEN RAISE EXCEPTION 'an event is added at the end'; END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION workbench_purge_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM workbench_events WHERE case_id = OLD.case_id AND kind = 'purge'
    ) THEN RAISE EXCEPTION 'a body cannot be changed'; END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER events_stay BEFORE UPDATE OR DELETE ON workbench_events
FOR EACH ROW EXECUTE FUNCTION workbench_refuse();
CREATE OR REPLACE TRIGGER events_remain BEFORE TRUNCATE ON workbench_events
FOR EACH STATEMENT EXECUTE FUNCTION workbench_refuse();
CREATE OR REPLACE TRIGGER events_follow BEFORE INSERT ON workbench_events
FOR EACH ROW EXECUTE FUNCTION workbench_follow();
CREATE OR REPLACE TRIGGER bodies_stay BEFORE UPDATE ON workbench_bodies
FOR EACH ROW EXECUTE FUNCTION workbench_purge_only();
CREATE OR REPLACE TRIGGER bodies_remain BEFORE DELETE ON workbench_bodies
FOR EACH ROW EXECUTE FUNCTION workbench_refuse();
CREATE OR REPLACE TRIGGER bodies_whole BEFORE TRUNCATE ON workbench_bodies
FOR EACH STATEMENT EXECUTE FUNCTION workbench_refuse();
CREATE OR REPLACE TRIGGER bodies_follow BEFORE INSERT ON workbench_bodies
FOR EACH ROW EXECUTE FUNCTION workbench_follow();
"""
_COLUMNS = ", ".join(f"e.{name}" for name in EVENT_FIELDS)
_SELECT = f"""
SELECT {_COLUMNS}, coalesce(b.salt, ''), coalesce(b.body, ''), coalesce(b.purged, false)
FROM workbench_events e LEFT JOIN workbench_bodies b USING (case_id, seq)
WHERE e.case_id = %s ORDER BY e.seq
"""  # noqa: S608 - names of columns, written here
_INSERT = f"""
INSERT INTO workbench_events (case_id, {", ".join(EVENT_FIELDS)})
VALUES (%s, {", ".join(["%s"] * len(EVENT_FIELDS))})
"""  # noqa: S608 - names of columns, written here
# One number for all who make the tables at once, and one per case for those who write to it.
_MAKING = 0x57424353
_WAIT = "SET lock_timeout = '10s'"


def is_postgres_url(url: str) -> bool:
    """Whether the URL names a PostgreSQL database."""
    return urlsplit(url).scheme in ("postgresql", "postgres")


@dataclass(frozen=True)
class PostgresStore:
    """The events of the case `case_id` in the database at `url`; tables are made on first write."""

    url: str
    case_id: str

    @property
    def name(self) -> str:
        """The database and the case, without a password."""
        return f"{_without_password(self.url)}, case {self.case_id}"

    def read(self) -> list[Event]:
        """All events, oldest first; [] while the tables are not there yet."""
        with self._connected() as connection:
            known = connection.execute("SELECT to_regclass('workbench_bodies')").fetchone()
            if known is None or known[0] is None:
                return []
            rows = connection.execute(_SELECT, (self.case_id,)).fetchall()
        return [Event(*row) for row in rows]

    @contextmanager
    def writing(self) -> Iterator[_Writer]:
        """One write transaction; raises BadInput when another writer keeps the case for 10 s."""
        with self._connected() as connection:
            connection.execute(_WAIT)
            known = connection.execute("SELECT to_regclass('workbench_bodies')").fetchone()
            if known is None or known[0] is None:
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MAKING,))
                connection.execute(_SCHEMA)
            own = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
            connection.execute(own, (self.case_id,))
            yield _Writer(connection, self.case_id)

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        psycopg = _psycopg()
        try:
            # Leaving the block commits, or rolls back when it raises; then it closes.
            with psycopg.connect(self.url, connect_timeout=10) as connection:
                # What a commit acknowledges must be on the server's disk.
                connection.execute("SET LOCAL synchronous_commit = on")
                yield connection
        except psycopg.errors.LockNotAvailable:
            raise BadInput(
                "Another process is writing to this case", self.name, "Try again in a moment"
            ) from None
        except psycopg.errors.DiskFull:
            raise BadInput(
                "The disk of the database is full: nothing was written", self.name
            ) from None
        except (psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.InsufficientPrivilege) as no:
            raise BadInput(f"The database lets nobody write here: {no}", self.name) from None
        except psycopg.OperationalError as error:
            raise BadInput(
                f"The database cannot be used: {str(error).splitlines()[0]}",
                self.name,
                "See that it runs, and that user and password are right (~/.pgpass, PGPASSWORD)",
            ) from None


@dataclass(frozen=True)
class _Writer:
    connection: Any
    case_id: str

    def last(self) -> tuple[int, str, str] | None:
        newest = "SELECT seq, hash, at FROM workbench_events WHERE case_id = %s"
        row: tuple[int, str, str] | None = self.connection.execute(
            f"{newest} ORDER BY seq DESC LIMIT 1", (self.case_id,)
        ).fetchone()
        return row

    def add(self, event: Event) -> None:
        values = [getattr(event, name) for name in EVENT_FIELDS]
        _check_storable(values)
        self.connection.execute(_INSERT, [self.case_id, *values])
        body = (self.case_id, event.seq, event.salt, event.body, event.purged)
        _check_storable(body)
        self.connection.execute("INSERT INTO workbench_bodies VALUES (%s, %s, %s, %s, %s)", body)

    def redact(self, event: Event, body: str) -> None:
        change = "UPDATE workbench_bodies SET salt = '', body = %s, purged = true"
        self.connection.execute(
            f"{change} WHERE case_id = %s AND seq = %s", (body, self.case_id, event.seq)
        )


def _check_storable(values: Any) -> None:
    # The one character that PostgreSQL's text cannot hold; in a body JSON has escaped it.
    if any(isinstance(value, str) and "\0" in value for value in values):
        raise BadInput("A text holds the character NUL", do="Write it without")


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rsplit("@", 1)[-1]
    user = parts.username
    return f"{parts.scheme}://{f'{user}@' if user else ''}{host}{parts.path}"


def _psycopg() -> Any:
    try:
        import psycopg
    except ImportError:
        raise BadInput(
            "This case keeps its events in PostgreSQL, and the driver is not installed",
            do="pip install '.[postgres]'",
        ) from None
    return psycopg
