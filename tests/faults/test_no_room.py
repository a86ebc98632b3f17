"""A full disk or a read-only folder gives a clear message and destroys nothing."""

import hashlib
import json
import os
import stat
import sys
from pathlib import Path

import pytest
from invented_matter import make_example

from workbench.appeal import build_pack, verify_pack
from workbench.case import events, open_case, verify_chain

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


@pytest.fixture
def example(tmp_path):
    made = make_example(tmp_path / "case")
    made.case.exports_dir.mkdir()
    return made


def told(children, how, work, case, room=0):
    read, write = children.Pipe(duplex=False)
    child = children.Process(target=_child, args=(how, work, str(case.path), write, room))
    child.start()
    write.close()
    with os.fdopen(os.dup(read.fileno()), "rb") as lines:
        line = lines.readline()
    child.join()
    read.close()
    return json.loads(line)


def _child(how, work, case_path, write, room):
    from tests.faults import cramped_work

    getattr(cramped_work, how)(work, case_path, write.fileno(), room)


def state(case):
    """Every file of the case, save what SQLite keeps beside its own."""
    return {
        path.relative_to(case.path).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(case.path.rglob("*"))
        if path.is_file() and not path.name.startswith("case.db") and path.name != ".lock"
    }


@pytest.mark.parametrize(("work", "room"), [("attaching", 100_000), ("packing", 150_000)])
def test_a_full_disk_speaks_and_destroys_nothing(children, example, work, room):
    before, count = state(example.case), len(events(example.case.database))
    (message,) = told(children, "with_little_room", work, example.case, room)
    assert "TRACEBACK" not in message
    assert "File too large" in message or "room" in message or "full" in message
    assert state(example.case) == before
    assert len(events(example.case.database)) == count
    assert verify_chain(example.case.database) == []


def test_a_pack_that_finds_no_room_leaves_the_former_one(children, example):
    out = example.case.exports_dir / "appeal.zip"
    build_pack(example.case, out, tables=example.tables, assessment=example.assessment)
    before = out.read_bytes()
    (message,) = told(children, "with_little_room", "packing", example.case, 150_000)
    assert "TRACEBACK" not in message
    assert out.read_bytes() == before
    assert verify_pack(out).ok
    assert [path.name for path in example.case.exports_dir.iterdir()] == ["appeal.zip"]


@pytest.fixture
def read_only(example):
    """The case as an archive holds it: nobody may write to it."""
    folders = [path for path in example.case.path.rglob("*") if path.is_dir()]
    for path in [*example.case.path.rglob("*"), example.case.path]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    # The test's own folders must let another user through.
    for parent in list(example.case.path.parents)[:4]:
        if parent.stat().st_uid == os.geteuid() and parent != Path("/tmp"):
            parent.chmod(parent.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
    yield example
    for path in [example.case.path, *folders]:
        path.chmod(0o755)


@pytest.mark.parametrize("work", ["deciding", "attaching", "packing"])
def test_a_read_only_case_speaks_and_stays(children, read_only, work):
    before = state(read_only.case)
    messages = told(children, "as_nobody", work, read_only.case)
    assert messages
    assert not [message for message in messages if "TRACEBACK" in message]
    assert state(read_only.case) == before
    assert len(events(open_case(read_only.case.path).database)) == 5
