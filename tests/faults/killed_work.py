"""Work that is done until the process is killed; each piece is told once it is done.

The functions run in a child process that has everything imported already, so that two hundred of
them can be killed in little time. They tell by `os.write`, which keeps nothing back.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from invented_matter import assessed, campaigns, notice, orders

from workbench.appeal import build_pack
from workbench.case import append_many, attach, decide, open_case
from workbench.engine import connect
from workbench.tables import memory_tables

__all__ = ["WORK", "decide_on", "go_on", "pack_on"]

BATCH = 10


def decide_on(case_path: str, out: int, number: int) -> None:
    """Decide about one order, then about many at once, again and again."""
    case = open_case(Path(case_path))
    _tell(out, {"ready": True})
    for step in range(10_000):
        name = f"{number}-{step}"
        event = decide(
            case, subject="order", subject_id="1003", decision="hold", reason=name, who="li"
        )
        _tell(out, {"seq": event.seq, "reason": name})
        note = {"who": "li", "kind": "note", "subject_kind": "case", "body": {"text": name}}
        added = append_many(case.database, [note] * BATCH)
        _tell(out, {"seq": added[-1].seq, "reason": name})


def go_on(case_path: str, out: int, number: int) -> None:
    """Attach one file after another."""
    case = open_case(Path(case_path))
    _tell(out, {"ready": True})
    for step in range(10_000):
        content = f"{number}-{step}".encode() * 40_000
        file = attach(case, content, "slip.png", subject="order", subject_id="1003", who="li")
        _tell(out, {"sha256": file.sha256})


def pack_on(case_path: str, out: int, number: int) -> None:
    """Make the same pack again and again, each in place of the one before."""
    case = open_case(Path(case_path))
    frames = {"orders": orders(), "notices": notice(), "campaigns": campaigns()}
    tables = memory_tables(connect(), frames)
    _tell(out, {"ready": True})
    for _ in range(1_000):
        made = build_pack(
            case,
            case.exports_dir / "appeal.zip",
            tables=tables,
            assessment=assessed(),
            overwrite=True,
        )
        _tell(out, {"seal": made.seal, "at": datetime.now(UTC).isoformat()})


WORK = {"deciding": decide_on, "attaching": go_on, "packing": pack_on}


def _tell(out: int, thing: dict[str, object]) -> None:
    os.write(out, (json.dumps(thing) + "\n").encode())
