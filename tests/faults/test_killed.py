"""A process that is killed at any point loses nothing that it had acknowledged."""

import hashlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from invented_matter import make_example

from tests.faults.killed_work import BATCH, WORK
from workbench.appeal import verify_pack
from workbench.case import append, events, evidence_files, open_case, verify_chain

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

# More of them: WORKBENCH_KILLS=200 python -m pytest tests/faults/test_killed.py
KILLS = int(os.environ.get("WORKBENCH_KILLS", "40"))
ROUNDS = {
    "deciding": KILLS * 9 // 20,
    "attaching": KILLS * 7 // 20,
    "packing": KILLS * 4 // 20,
}
# How long after the first sign of life at most, in seconds.
SOON = 0.25


@pytest.fixture
def case(tmp_path):
    made = make_example(tmp_path / "case").case
    made.exports_dir.mkdir()
    return made


@contextmanager
def working(children, work: str, case, number: int) -> Iterator[tuple[Any, BinaryIO]]:
    """The process that does the work, once it is ready, and what it tells; killed at the end."""
    read, write = children.Pipe(duplex=False)
    child = children.Process(target=_child, args=(work, str(case.path), write, number))
    child.start()
    write.close()
    with os.fdopen(os.dup(read.fileno()), "rb") as told:
        assert json.loads(told.readline()) == {"ready": True}
        yield child, told
    child.join()
    read.close()
    assert child.exitcode == -signal.SIGKILL


def killed(children, work: str, case, number: int, after: float) -> list[dict]:
    """Start the work, kill it, and give what it had acknowledged by then."""
    with working(children, work, case, number) as (child, told):
        time.sleep(after)
        os.kill(child.pid, signal.SIGKILL)
        return [json.loads(line) for line in told.read().splitlines()]


def usual(children, work: str, case) -> float:
    """How long the work takes until its first piece is acknowledged, in seconds."""
    with working(children, work, case, -1) as (child, told):
        began = time.monotonic()
        assert json.loads(told.readline())
        os.kill(child.pid, signal.SIGKILL)
        return time.monotonic() - began


def _child(work: str, case_path: str, write, number: int) -> None:
    WORK[work](case_path, write.fileno(), number)


def moments(work: str, most: float = SOON) -> list[float]:
    chance = random.Random(f"killed while {work}")
    return [chance.uniform(0, most) for _ in range(ROUNDS[work])]


def test_no_acknowledged_decision_is_lost(children, case):
    acknowledged = 0
    for number, after in enumerate(moments("deciding")):
        told = killed(children, "deciding", case, number, after)
        acknowledged += len(told)
        found = events(case.database).set_index("seq")
        for one in told:
            assert one["reason"] in found.loc[one["seq"], "body"]
    assert verify_chain(case.database) == []
    notes = found[found["kind"] == "note"]["body"].value_counts()
    assert set(notes) <= {BATCH}, "a batch was written in part"
    assert acknowledged > len(moments("deciding"))
    append(case.database, who="li", kind="note", subject_kind="case", body={"text": "it opens"})
    assert verify_chain(case.database) == []


def test_no_acknowledged_file_is_lost_and_none_is_half(children, case):
    acknowledged = set()
    for number, after in enumerate(moments("attaching")):
        told = killed(children, "attaching", case, number, after)
        acknowledged |= {one["sha256"] for one in told}
    linked = set(evidence_files(open_case(case.path))["sha256"])
    assert acknowledged <= linked
    assert len(acknowledged) > len(moments("attaching")) / 2
    for path in Path(case.evidence_dir).iterdir():
        if not path.name.startswith("."):
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    assert linked <= {path.name for path in case.evidence_dir.iterdir()}
    assert verify_chain(case.database) == []


def test_no_pack_is_half_written(children, case):
    made = 0
    # Some of them come after the first pack is there, however fast the machine is.
    for number, after in enumerate(moments("packing", 2 * usual(children, "packing", case))):
        made += len(killed(children, "packing", case, number, after))
        pack = case.exports_dir / "appeal.zip"
        if pack.exists():
            assert verify_pack(pack).ok
    assert made > 0
    assert verify_chain(case.database) == []
