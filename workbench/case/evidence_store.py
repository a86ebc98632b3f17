"""Where evidence files lie: under the hash of what they hold, written whole or not at all."""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from workbench.case.folder import Case
from workbench.errors import BadInput, Problem
from workbench.file_hash import sha256_of

__all__ = ["MAX_BYTES", "Stored", "evidence_path", "read_evidence", "size_problems", "store"]

MAX_BYTES = 200 * 1024 * 1024

_PART = 1 << 20
_UNFINISHED = ".part-"
_DAY = 24 * 60 * 60
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Stored:
    """A file that lies in the case: its SHA-256, its size in bytes, and where."""

    sha256: str
    size: int
    path: Path


def size_problems(file: Path | bytes, max_bytes: int) -> list[Problem]:
    """What stands against storing it, as far as that can be told without reading it."""
    where = str(file) if isinstance(file, Path) else ""
    try:
        if isinstance(file, Path) and not file.is_file():
            return [Problem("There is no such file", where, "Check the path")]
        size = file.stat().st_size if isinstance(file, Path) else len(file)
    except OSError as error:
        return [Problem(f"The file cannot be read: {error.strerror}", where, "Check the path")]
    if not size:
        return [Problem("The file is empty", where, "Attach the file itself")]
    return [_too_large(size, max_bytes, where)] if size > max_bytes else []


def store(case: Case, file: Path | bytes, max_bytes: int = MAX_BYTES) -> Stored:
    """Copy a file into the case in parts, hashing on the way; it is on disk on return.

    A damaged copy of the same content is replaced by the whole one. Raises BadInput when the
    file cannot be read, has grown above `max_bytes` meanwhile, or cannot be written.
    """
    if problems := size_problems(file, max_bytes):
        raise BadInput.many(problems)
    folder = case.evidence_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=_UNFINISHED)
    except OSError as error:
        raise _cannot_write(folder, error) from None
    try:
        with os.fdopen(handle, "wb") as target, _opened(file) as source:
            sha256, size = _copy(source, target, max_bytes, file)
        return Stored(sha256, size, _put(Path(temporary), folder / sha256))
    except OSError as error:
        raise _cannot_write(folder, error) from None
    finally:
        Path(temporary).unlink(missing_ok=True)


def evidence_path(case: Case, sha256: str) -> Path:
    """Where an evidence file lies that is still what it was when it was attached.

    It is read in parts, so that a long video does not fill the memory. Raises BadInput when it
    is gone or no longer what it was.
    """
    path = case.evidence_dir / sha256
    if not _SHA256.fullmatch(sha256) or not path.is_file():
        raise BadInput("There is no such evidence file", str(path), "Attach the file again")
    if sha256_of(path) != sha256:
        raise BadInput(
            "The evidence file was changed after it was attached",
            str(path),
            "Put the original back from a copy; do not use this one",
        )
    return path


def read_evidence(case: Case, sha256: str) -> bytes:
    """The content of an evidence file; raises BadInput when it is gone or no longer what it was."""
    content = evidence_path(case, sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise BadInput("The evidence file changed while it was read", sha256, "Read it again")
    return content


def _sweep(folder: Path) -> None:
    """Remove what a machine that was switched off left half-written more than a day ago."""
    for path in folder.glob(f"{_UNFINISHED}*"):
        if time.time() - path.stat().st_mtime > _DAY:
            path.unlink(missing_ok=True)


def _opened(file: Path | bytes) -> BinaryIO:
    return file.open("rb") if isinstance(file, Path) else io.BytesIO(file)


def _copy(
    source: BinaryIO, target: BinaryIO, max_bytes: int, file: Path | bytes
) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while part := source.read(_PART):
        size += len(part)
        if size > max_bytes:  # it has grown since it was looked at
            where = str(file) if isinstance(file, Path) else ""
            raise BadInput.many([_too_large(size, max_bytes, where)])
        digest.update(part)
        target.write(part)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest(), size


def _put(temporary: Path, path: Path) -> Path:
    if not path.is_file() or sha256_of(path) != path.name:
        temporary.chmod(0o600)
        temporary.replace(path)
    # The name of a new file is on disk only once its folder is.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return path


def _too_large(size: int, max_bytes: int, where: str) -> Problem:
    do = "Attach a shorter part, or raise the limit"
    return Problem(f"The file has {size} bytes; {max_bytes} are the limit", where, do)


def _cannot_write(folder: Path, error: OSError) -> BadInput:
    return BadInput(
        f"The file cannot be stored: {error.strerror or error}",
        str(error.filename or folder),
        "Make room on the disk, or allow writing there; nothing was attached",
    )
