"""Evidence files: stored once by what they hold, linked to what they speak for."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from workbench.case.atomic import write_atomically
from workbench.case.events import Event, append, events
from workbench.case.folder import Case
from workbench.case.known import subject_problems
from workbench.errors import BadInput, Problem

__all__ = ["MAX_BYTES", "EvidenceFile", "attach", "evidence_files", "read_evidence", "withdraw"]

MAX_BYTES = 200 * 1024 * 1024

_CODE = re.compile(r"E[0-9]{2}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_COLUMNS = ["sha256", "name", "size", "subject", "subject_id", "code", "note", "who", "at", "seq"]


@dataclass(frozen=True)
class EvidenceFile:
    """One file attached to one order, group, or the case as a whole.

    `name` is what its giver called it and is a label only; `path` is where it lies. `code` is
    its kind in the evidence catalogue ("E02"), or "".
    """

    sha256: str
    name: str
    size: int
    subject: str
    subject_id: str
    code: str
    note: str
    who: str
    path: Path


def attach(
    case: Case,
    file: Path | bytes,
    name: str = "",
    *,
    subject: str,
    subject_id: str = "",
    code: str = "",
    note: str = "",
    who: str,
    max_bytes: int = MAX_BYTES,
) -> EvidenceFile:
    """Store a file (or its bytes) in the case and link it to an order, a group or the case.

    The same content given twice is one file with two links. Raises BadInput with every problem
    at once: an unreadable, empty or too large file, an unknown form of code, no name of who, an
    order or group that the case does not know.
    """
    problems = _problems(code, who) + subject_problems(case, subject, subject_id)
    try:
        content = _content(file, max_bytes)
    except BadInput as error:
        raise BadInput.many([*error.problems, *problems]) from None
    if problems:
        raise BadInput.many(problems)
    sha256 = hashlib.sha256(content).hexdigest()
    label = _label(name or (file.name if isinstance(file, Path) else ""))
    path = case.evidence_dir / sha256
    _store(path, content)
    append(
        case.database,
        who=who,
        kind="evidence_added",
        subject_kind=subject,
        subject_id=subject_id,
        body={"sha256": sha256, "name": label, "size": len(content), "code": code, "note": note},
    )
    return EvidenceFile(
        sha256, label, len(content), subject, subject_id, code, note, who.strip(), path
    )


def withdraw(
    case: Case, sha256: str, *, subject: str, subject_id: str = "", reason: str, who: str
) -> Event:
    """Take back the link of a file to its subject; the file and the history stay.

    Raises BadInput when the file is not linked to it, or no reason is given.
    """
    files = evidence_files(case)
    links = zip(files["subject"], files["subject_id"], files["sha256"], strict=True)
    problems = []
    if (subject, subject_id, sha256) not in set(links):
        problems.append(Problem("This file is not attached there", f"{subject} {subject_id}"))
    if not reason.strip():
        problems.append(Problem("A withdrawal needs a reason", do="Say in one sentence why"))
    if problems:
        raise BadInput.many(problems)
    return append(
        case.database,
        who=who,
        kind="evidence_withdrawn",
        subject_kind=subject,
        subject_id=subject_id,
        body={"sha256": sha256, "reason": reason.strip()},
    )


def evidence_files(case: Case) -> pd.DataFrame:
    """What is attached today, one row per link of a file to a subject, oldest first.

    Columns: sha256, name, size (bytes), subject (order | group | case), subject_id, code, note,
    who, at (UTC), seq (number of the event).
    """
    standing: dict[tuple[str, str, str], dict[str, object]] = {}
    for event in events(case.database).to_dict("records"):
        if event["kind"] not in ("evidence_added", "evidence_withdrawn"):
            continue
        body = json.loads(event["body"])
        key = (event["subject_kind"], event["subject_id"], body["sha256"])
        if event["kind"] == "evidence_withdrawn":
            standing.pop(key, None)
        else:
            link = {name: event[name] for name in ("subject_id", "who", "at", "seq")}
            standing[key] = {**body, **link, "subject": event["subject_kind"]}
    return pd.DataFrame(list(standing.values()), columns=_COLUMNS)


def read_evidence(case: Case, sha256: str) -> bytes:
    """The content of an evidence file; raises BadInput when it is gone or no longer what it was."""
    path = case.evidence_dir / sha256
    if not _SHA256.fullmatch(sha256) or not path.is_file():
        raise BadInput("There is no such evidence file", str(path), "Attach the file again")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise BadInput(
            "The evidence file was changed after it was attached",
            str(path),
            "Put the original back from a copy; do not use this one",
        )
    return content


def _problems(code: str, who: str) -> list[Problem]:
    problems = []
    if code and not _CODE.fullmatch(code):
        do = "Give a code of the evidence catalogue such as E02, or none"
        problems.append(Problem(f"Unknown evidence code {code!r}", do=do))
    if not who.strip():
        problems.append(Problem("Evidence needs a name", do="Say who attaches it"))
    return problems


def _content(file: Path | bytes, max_bytes: int) -> bytes:
    where = str(file) if isinstance(file, Path) else ""
    if isinstance(file, Path) and not file.is_file():
        raise BadInput("There is no such file", where, "Check the path")
    size = file.stat().st_size if isinstance(file, Path) else len(file)
    if not size:
        raise BadInput("The file is empty", where, "Attach the file itself")
    if size > max_bytes:
        raise BadInput(
            f"The file has {size} bytes; {max_bytes} are the limit",
            where,
            "Attach a shorter part, or raise the limit",
        )
    return file.read_bytes() if isinstance(file, Path) else bytes(file)


def _label(name: str) -> str:
    """The last part of an untrusted name without anything that a screen or path could obey."""
    last = re.split(r"[\\/]", name)[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    return " ".join(plain.split())[:200].strip(" .") or "file"


def _store(path: Path, content: bytes) -> None:
    # A damaged copy of the same content is replaced by the whole one.
    if not path.is_file() or path.read_bytes() != content:
        write_atomically(path, content)
