"""Evidence files: stored once by what they hold, linked to what they speak for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from workbench.case.events import Event, append, append_many
from workbench.case.evidence_checks import (
    COPIES,
    SYSTEMS,
    Copy,
    captured,
    code_problems,
    held_problems,
    of_the_file_problems,
    reason_problems,
    who_problems,
)
from workbench.case.evidence_links import evidence_files
from workbench.case.evidence_store import MAX_BYTES, read_evidence, size_problems, store
from workbench.case.folder import Case
from workbench.case.known import subject_problems
from workbench.errors import BadInput, Problem

__all__ = [
    "COPIES",
    "MAX_BYTES",
    "SYSTEMS",
    "EvidenceFile",
    "attach",
    "evidence_files",
    "link",
    "read_evidence",
    "supersede",
    "withdraw",
]

Subject = tuple[str, str]


@dataclass(frozen=True)
class EvidenceFile:
    """One file attached to one order, group, or the case as a whole.

    `name` is what its giver called it and is a label only; `path` is where it lies. `code` is
    its kind in the evidence catalogue ("E02"), or "", and `codes` all that it shows. `origin` is
    where it came from, `supplier` who gave it, `captured_at` the day or moment it was made in
    ISO 8601, or "", `system` the source system that a person named, or "".
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
    codes: tuple[str, ...] = ()
    origin: str = ""
    supplier: str = ""
    captured_at: str = ""
    copy: Copy = "unknown"
    system: str = ""


def attach(
    case: Case,
    file: Path | bytes,
    name: str = "",
    *,
    subject: str,
    subject_id: str = "",
    also_for: Sequence[Subject] = (),
    code: str = "",
    codes: Sequence[str] = (),
    note: str = "",
    origin: str = "",
    supplier: str = "",
    captured_at: datetime | date | str = "",
    copy: Copy = "unknown",
    system: str = "",
    who: str,
    max_bytes: int = MAX_BYTES,
) -> EvidenceFile:
    """Store a file (or its bytes) in the case and link it to an order, a group or the case.

    `also_for` are further subjects (kind, id) that it speaks for; either all links are written
    or none. `codes` say all that it shows, the main thing first; `code` is the first of them.
    A moment without a zone is the shop's local time. The file is whole and on disk before the
    event that tells of it; it is copied in parts, so a long video does not fill the memory. The
    same content given twice is one file with two links, and what is said of it later counts.

    Raises BadInput with every problem at once: an unreadable, empty or too large file, an
    unknown code, system or word for a copy, a moment that is none or still to come, no name of
    who, an order or group that the case does not know.
    """
    known = list(dict.fromkeys([*([code] if code else []), *codes]))
    problems = [*size_problems(file, max_bytes), *code_problems(known)]
    problems += of_the_file_problems(copy, system)
    moment, wrong = captured(case, captured_at)
    problems += wrong + who_problems(who)
    subjects = list(dict.fromkeys([(subject, subject_id), *also_for]))
    problems += [problem for one in subjects for problem in subject_problems(case, *one)]
    if problems:
        raise BadInput.many(problems)
    stored = store(case, file, max_bytes)
    label = _label(name or (file.name if isinstance(file, Path) else ""))
    told = {"origin": origin.strip(), "supplier": supplier.strip(), "captured_at": moment}
    body = {"sha256": stored.sha256, "name": label, "size": stored.size, "note": note}
    body |= {"code": known[0] if known else "", "codes": known, "system": system, "copy": copy}
    added = _event(who, "evidence_added", (subject, subject_id), {**body, **told})
    linked = [
        _event(who, "evidence_linked", one, {"sha256": stored.sha256, "note": note})
        for one in subjects[1:]
    ]
    append_many(case.database, [added, *linked])
    return EvidenceFile(
        stored.sha256,
        label,
        stored.size,
        subject,
        subject_id,
        known[0] if known else "",
        note,
        who.strip(),
        stored.path,
        tuple(known),
        copy=copy,
        system=system,
        **told,
    )


def link(
    case: Case, sha256: str, subjects: Sequence[Subject], note: str = "", *, who: str
) -> list[Event]:
    """Let a file that the case holds speak for more orders or groups: (kind, id) of each.

    All links are written or none; those that stand already are left alone. Raises BadInput with
    every problem at once: no such file, nothing named, an order or group that the case does not
    know, no name of who.
    """
    files = evidence_files(case)
    problems = held_problems(set(files["sha256"]), sha256) + who_problems(who)
    wanted = list(dict.fromkeys(subjects))
    if not wanted:
        problems.append(Problem("What the file speaks for is not said", do="Name orders or groups"))
    problems += [problem for one in wanted for problem in subject_problems(case, *one)]
    if problems:
        raise BadInput.many(problems)
    own = files[files["sha256"] == sha256]
    standing = set(zip(own["subject"], own["subject_id"], strict=True))
    body = {"sha256": sha256, "note": note.strip()}
    new = [_event(who, "evidence_linked", one, body) for one in wanted if one not in standing]
    return append_many(case.database, new) if new else []


def supersede(case: Case, sha256: str, by: str, *, reason: str, who: str) -> Event:
    """Let a better file take the place of another wherever that one speaks today.

    Both are files that the case holds: a scan of the original in place of a photocopy. The old
    one stays in the case and in its history. Raises BadInput with every problem at once.
    """
    attached = set(evidence_files(case)["sha256"])
    problems = [problem for one in (sha256, by) for problem in held_problems(attached, one)]
    if sha256 == by:
        problems.append(Problem("A file cannot take its own place", sha256))
    problems += reason_problems("To supersede a file needs a reason", reason) + who_problems(who)
    if problems:
        raise BadInput.many(problems)
    body = {"sha256": sha256, "by": by, "reason": reason.strip()}
    kind = "evidence_superseded"
    return append(case.database, who=who, kind=kind, subject_kind="case", body=body)


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
    problems += reason_problems("A withdrawal needs a reason", reason) + who_problems(who)
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


def _event(who: str, kind: str, subject: Subject, body: dict[str, Any]) -> dict[str, Any]:
    told = {"who": who, "kind": kind, "subject_kind": subject[0], "subject_id": subject[1]}
    return {**told, "body": body}


def _label(name: str) -> str:
    """The last part of an untrusted name without anything that a screen or path could obey."""
    last = re.split(r"[\\/]", name)[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    return " ".join(plain.split())[:200].strip(" .") or "file"
