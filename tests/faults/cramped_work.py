"""Work where nothing, or not everything, can be written; what came of it is told in one line."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from invented_matter import assessed, campaigns, notice, orders

from workbench.appeal import build_pack
from workbench.case import attach, decide, open_case
from workbench.engine import connect
from workbench.errors import BadInput
from workbench.tables import memory_tables

__all__ = ["WORK", "as_nobody", "with_little_room"]

_NOBODY = 65534


def _attach(case_path: Path) -> None:
    content = os.urandom(400_000)
    attach(open_case(case_path), content, "slip.png", subject="order", subject_id="1003", who="li")


def _decide(case_path: Path) -> None:
    case = open_case(case_path)
    decide(case, subject="order", subject_id="1003", decision="hold", reason="seen", who="li")


def _pack(case_path: Path) -> None:
    case = open_case(case_path)
    frames = {"orders": orders(), "notices": notice(), "campaigns": campaigns()}
    build_pack(
        case,
        case.exports_dir / "appeal.zip",
        tables=memory_tables(connect(), frames),
        assessment=assessed(),
        attachments={"a.png": b"\x89PNG" + os.urandom(300_000)},
        overwrite=True,
    )


WORK: dict[str, Callable[[Path], None]] = {
    "attaching": _attach,
    "deciding": _decide,
    "packing": _pack,
}


def with_little_room(work: str, case_path: str, out: int, room: int) -> None:
    """Do it where no file can grow beyond `room` bytes, as on a disk that runs full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    _tell(out, work, case_path)


def as_nobody(work: str, case_path: str, out: int, room: int) -> None:
    """Do it as a user who may read the case and write nothing of it."""
    if os.geteuid() == 0:
        # Once as root, on a copy: it loads what another user might not be allowed to read.
        with TemporaryDirectory() as folder:
            WORK[work](Path(shutil.copytree(case_path, Path(folder) / "case")))
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    _tell(out, work, case_path)


def _tell(out: int, work: str, case_path: str) -> None:
    try:
        WORK[work](Path(case_path))
        told: list[str] = []
    except BadInput as error:
        told = [str(problem) for problem in error.problems]
    except BaseException as error:
        told = [f"TRACEBACK {type(error).__name__}: {error}"]
    os.write(out, (json.dumps(told) + "\n").encode())
