import resource
import sqlite3
import subprocess
import sys

import pytest

from workbench.case import append, events, verify_chain
from workbench.case import sqlite_store as module
from workbench.case.sqlite_store import SqliteStore
from workbench.errors import BadInput


@pytest.fixture
def store(tmp_path):
    return SqliteStore(tmp_path / "case.db")


def note(store, text="seen"):
    body = {"text": text}
    return append(store, who="li", kind="note", subject_kind="case", body=body)


def test_a_locked_database_speaks(store, monkeypatch):
    note(store)
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.01)
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BadInput, match="Another process is writing"):
        note(store)
    assert len(events(store)) == 1
    other.execute("ROLLBACK")
    other.close()


def test_a_file_that_is_no_database_speaks_and_stays(store):
    store.path.write_bytes(b"no database at all" * 100)
    for use in (events, note, verify_chain):
        with pytest.raises(BadInput, match="not a case database"):
            use(store)
    assert store.path.read_bytes() == b"no database at all" * 100


def test_another_program_s_database_speaks_and_stays(store):
    connection = sqlite3.connect(store.path)
    connection.execute("CREATE TABLE events (seq)")
    connection.close()
    before = store.path.read_bytes()
    for use in (events, note):
        with pytest.raises(BadInput, match="not one of a case"):
            use(store)
    assert store.path.read_bytes() == before


def test_another_version_s_database_speaks_and_stays(store):
    note(store)
    connection = sqlite3.connect(store.path)
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    for use in (events, note):
        with pytest.raises(BadInput, match="another version of the workbench"):
            use(store)


def test_a_file_that_is_only_just_being_made_has_no_events(store):
    store.path.touch()
    assert len(events(store)) == 0
    note(store)
    assert len(events(store)) == 1


def test_nothing_but_the_database_is_left_behind(store):
    note(store)
    events(store)
    assert [path.name for path in store.path.parent.iterdir()] == ["case.db"]


def test_a_database_that_was_made_read_only_is_read_and_speaks(store):
    # Root may write to anything: a folder of which nothing is known is what it cannot write to.
    note(store)
    with pytest.raises(BadInput, match="Nothing can be written here"):
        note(SqliteStore(store.path.parent / "gone" / "case.db"))
    assert len(events(store)) == 1


_FILL = """
import resource, signal, sys
from pathlib import Path
from workbench.case import append
from workbench.case.sqlite_store import SqliteStore
from workbench.errors import BadInput

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = SqliteStore(Path(sys.argv[1]))
size = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    for number in range(500):
        append(store, who="li", kind="note", subject_kind="case", body={"text": "x" * 900})
        print(number + 1, flush=True)
except BadInput as error:
    print(error)
"""


@pytest.mark.parametrize("room", [60_000, 90_000, 130_001])
def test_a_full_disk_speaks_and_loses_nothing_that_was_acknowledged(store, room):
    note(store)
    done = subprocess.run(
        [sys.executable, "-c", _FILL, str(store.path), str(room)],
        capture_output=True,
        text=True,
        check=True,
    )
    *acknowledged, message = done.stdout.splitlines()
    assert "disk" in message
    assert "case.db" in done.stdout
    count = sum(line.isdigit() for line in acknowledged)
    assert len(events(store)) == 1 + count
    assert count > 3
    assert verify_chain(store) == []
    note(store)
    assert verify_chain(store) == []
    assert resource.getrlimit(resource.RLIMIT_FSIZE) != (room, room)
