"""Time stamps (RFC 3161) of evidence files and packs: asked for, kept and checked again.

Only the SHA-256 of a file leaves the machine, and only to an authority that a person named; or
not at all: the request can be written to a file, handed in elsewhere, and the answer read back.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from workbench.case import Case, append, read_evidence, standing_events, write_atomically
from workbench.errors import BadInput, Problem
from workbench.proof.authority import ask
from workbench.proof.time_token import (
    TimeToken,
    read_roots,
    read_token,
    request_for_stamp,
    verify_timestamp,
)

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

__all__ = [
    "TimeToken",
    "check_timestamps",
    "keep_answer",
    "read_roots",
    "read_token",
    "stamp",
    "timestamps",
    "verify_timestamp",
    "write_request",
]

_SHA256 = re.compile(r"[0-9a-f]{64}")
_COLUMNS = ["sha256", "token", "authority", "stamped_at", "who", "at", "seq", "hash"]


def write_request(case: Case, what: str | Path, out: Path) -> Path:
    """Write the request for a stamp to `out` (a .tsq file), to be handed in by hand.

    `what` is an evidence file of the case by its SHA-256, or any file, such as a pack. Raises
    BadInput when there is no such file, or `out` exists or cannot be written.
    """
    request, _ = request_for_stamp(_content(case, what))
    if out.exists():
        raise BadInput("There is such a file already", str(out), "Name another one")
    try:
        write_atomically(out, request)
    except OSError as error:
        raise BadInput(f"The request cannot be written: {error.strerror}", str(out)) from None
    return out


def stamp(
    case: Case,
    what: str | Path,
    authority: str,
    *,
    who: str,
    roots: Sequence[Certificate] = (),
) -> TimeToken:
    """Ask `authority` (http or https) for a time stamp and keep its answer in the case.

    `what` is as in `write_request`. With `roots` the signature is checked before it is kept.
    Raises BadInput when something is missing, the authority does not answer or refuses, or the
    answer is not about this file; then nothing is kept.
    """
    _check(who, authority)
    content = _content(case, what)
    request, nonce = request_for_stamp(content)
    answer = ask(authority, request)
    return _keep(case, content, answer, authority, who, roots, nonce)


def keep_answer(
    case: Case,
    what: str | Path,
    answer: bytes,
    *,
    who: str,
    authority: str = "",
    roots: Sequence[Certificate] = (),
) -> TimeToken:
    """Keep an answer (the content of a .tsr file) that was got elsewhere.

    `authority` is what to call it; left out, the name in its certificate. Raises BadInput as
    `stamp` does.
    """
    _check(who, authority or "unnamed")
    return _keep(case, _content(case, what), answer, authority, who, roots, None)


def timestamps(case: Case, until: datetime | None = None) -> pd.DataFrame:
    """The time stamps of a case, one row each, oldest first.

    Columns: sha256 (of what was stamped), token (SHA-256 of the answer, which lies among the
    evidence), authority, stamped_at (UTC, as the authority says), who, at (UTC, when it was
    kept), seq and hash (of the event). `until` (UTC) shows an earlier day.
    """
    rows = [
        {
            **{name: one.body[name] for name in ("sha256", "token", "authority")},
            "stamped_at": one.body["at"],
            **{name: getattr(one, name) for name in ("who", "at", "seq", "hash")},
        }
        for one in standing_events(case, "timestamp", until=until)
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    for name in ("stamped_at", "at"):
        times = pd.to_datetime(frame[name], utc=True, format="ISO8601")
        frame[name] = times.astype("datetime64[us, UTC]")
    return frame.astype({"seq": "int64"})


def check_timestamps(case: Case, roots: Sequence[Certificate]) -> list[Problem]:
    """What is wrong with the time stamps of a case, held against `roots`; [] when all hold."""
    problems = []
    for row in timestamps(case).to_dict("records"):
        where = f"time stamp of {row['sha256'][:12]}, event {row['seq']}"
        try:
            found = verify_timestamp(read_evidence(case, row["token"]), row["sha256"], roots)
        except BadInput as error:
            problems += [Problem(one.what, where, one.do) for one in error.problems]
            continue
        if pd.Timestamp(found.at) != row["stamped_at"]:
            problems.append(Problem("The case tells another time than the time stamp", where))
    return problems


def _keep(
    case: Case,
    content: bytes,
    answer: bytes,
    authority: str,
    who: str,
    roots: Sequence[Certificate],
    nonce: int | None,
) -> TimeToken:
    digest = hashlib.sha256(content).hexdigest()
    found = read_token(answer, digest, nonce)
    if roots:
        found = verify_timestamp(answer, digest, roots)
    token = hashlib.sha256(answer).hexdigest()
    write_atomically(case.evidence_dir / token, answer)
    body = {
        "sha256": digest,
        "token": token,
        "authority": authority or found.authority or "not named",
        "at": found.at.isoformat(),
    }
    append(case.database, who=who, kind="timestamp", subject_kind="case", body=body)
    return found


def _check(who: str, authority: str) -> None:
    problems = []
    if not who.strip():
        problems.append(Problem("A time stamp needs a name", do="Say who asks for it"))
    if not authority.strip():
        do = "Name its address; nothing is sent to anybody whom you do not name"
        problems.append(Problem("No time-stamp authority is named", do=do))
    if problems:
        raise BadInput.many(problems)


def _content(case: Case, what: str | Path) -> bytes:
    if isinstance(what, str) and _SHA256.fullmatch(what):
        return read_evidence(case, what)
    try:
        return Path(what).read_bytes()
    except OSError as error:
        raise BadInput(
            f"The file cannot be read: {error.strerror}",
            str(what),
            "Give an evidence file by its SHA-256, or the path of a file",
        ) from None
