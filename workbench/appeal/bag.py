"""Write a bag (BagIt 1.0, RFC 8493) straight into a zip file, the same bytes for the same input."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tqdm.auto import tqdm

from workbench.appeal.checker import directory, local_header
from workbench.appeal.names import is_safe_path
from workbench.errors import BadInput, Problem

__all__ = ["Bag", "Content", "write_bag"]

Content = Path | bytes

_CHUNK = 1 << 20
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True)
class Bag:
    """What was written: paths inside the bag, and the SHA-256 of its tag manifest."""

    files: tuple[str, ...]
    seal: str


def write_bag(
    out: Path,
    payload: Mapping[str, Content],
    *,
    folder: str,
    info: Mapping[str, str],
    tags: Mapping[str, bytes] | None = None,
    expected: Mapping[str, str] | None = None,
    progress: bool = False,
) -> Bag:
    """Write `payload` (path under data/ → file or bytes) as a bag called `folder` into `out`.

    `info` becomes bag-info.txt, with Payload-Oxum added; `tags` are further files beside data/.
    `expected` gives the SHA-256 that a payload file must have. Contents are read in chunks.
    Raises BadInput, with all problems, for a path that not every system can hold, for two paths
    that differ in case only, for a file that is gone or does not have the expected hash, and for a
    full disk.

    Files lie in the zip as they are, not compressed: what a compressor leaves over at the end of
    a file could be changed without anybody seeing it, and its bytes differ between machines.
    """
    _check_paths([*payload, *(tags or {})])
    with _room_for(out), out.open("w+b") as file:
        archive = _Zip(file)
        hashes, size = _write_payload(archive, folder, payload, expected or {}, progress=progress)
        about = {**info, "Payload-Oxum": f"{size}.{len(hashes)}"}
        files = {
            **(tags or {}),
            "bag-info.txt": _info(about),
            "bagit.txt": _DECLARATION,
            "manifest-sha256.txt": _manifest(hashes),
        }
        tag_hashes = {}
        for path, content in sorted(files.items()):
            tag_hashes[path], _ = archive.add(f"{folder}/{path}", content)
        seal, _ = archive.add(f"{folder}/tagmanifest-sha256.txt", _manifest(tag_hashes))
        archive.close()
    return Bag((*hashes, *tag_hashes, "tagmanifest-sha256.txt"), seal)


class _Zip:
    """A zip file that holds files as they are, so that no byte of it goes without a check."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._listed: list[tuple[str, int, int]] = []

    def add(self, name: str, content: Content) -> tuple[str, int]:
        """Add one file; gives its SHA-256 and its size. Raises BadInput when it grows meanwhile."""
        size = len(content) if isinstance(content, bytes) else content.stat().st_size
        start = self._file.tell()
        self._file.write(local_header(name, 0, size))
        digest, checksum, written = hashlib.sha256(), 0, 0
        with _open(content) as source:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                checksum = zlib.crc32(chunk, checksum)
                written += len(chunk)
                self._file.write(chunk)
        if written != size:
            raise BadInput("A file changed while it was packed", name, "Make the pack again")
        self._file.seek(start)
        self._file.write(local_header(name, checksum, size))
        self._file.seek(0, io.SEEK_END)
        self._listed.append((name, checksum, size))
        return digest.hexdigest(), size

    def close(self) -> None:
        """Write the list of files, and have all of it on the disk."""
        self._file.write(directory(self._listed))
        self._file.flush()
        os.fsync(self._file.fileno())


def _write_payload(
    archive: _Zip,
    folder: str,
    payload: Mapping[str, Content],
    expected: Mapping[str, str],
    *,
    progress: bool,
) -> tuple[dict[str, str], int]:
    hashes: dict[str, str] = {}
    total = 0
    for path in tqdm(sorted(payload), desc="pack", unit="file", disable=not progress):
        try:
            content = payload[path]
            digest, size = archive.add(f"{folder}/data/{path}", content)
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise
            raise BadInput(f"A file of the pack cannot be read: {error.strerror}", path) from None
        if digest != expected.get(path, digest):
            raise BadInput("A file changed while it was packed", path, "Make the pack again")
        hashes[f"data/{path}"] = digest
        total += size
    return hashes, total


@contextmanager
def _room_for(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BadInput(
            f"The pack cannot be written: {error.strerror}",
            str(out.parent),
            "Make room on the disk, or name another folder",
        ) from None


def _open(content: Content) -> BinaryIO:
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def _manifest(hashes: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(hashes.items())).encode()


def _info(about: Mapping[str, str]) -> bytes:
    # A value is one line: whoever wrote the notice must not be able to add a line of their own.
    return "".join(f"{name}: {' '.join(value.split())}\n" for name, value in about.items()).encode()


def _check_paths(paths: list[str]) -> None:
    problems = [
        Problem("A file of the pack has a name that not every system can hold", path)
        for path in paths
        if not is_safe_path(path)
    ]
    seen: dict[str, str] = {}
    for path in paths:
        other = seen.setdefault(path.casefold(), path)
        if other != path:
            problems.append(Problem(f"Two names differ in case only: {other}", path))
    if problems:
        raise BadInput.many(problems)
