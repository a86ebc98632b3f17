"""Write a bag (BagIt 1.0, RFC 8493) straight into a zip file, the same bytes for the same input."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tqdm.auto import tqdm

from workbench.appeal.names import is_safe_path
from workbench.errors import BadInput, Problem

__all__ = ["Bag", "Content", "add_entry", "write_bag"]

Content = Path | bytes

_CHUNK = 1 << 20
# Zip counts from 1980; no entry tells when or on which system it was written.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
_BIG = 1 << 31

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
    that differ in case only, and for a file that is gone or does not have the expected hash.
    """
    _check_paths([*payload, *(tags or {})])
    with ZipFile(out, "w") as archive:
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
            tag_hashes[path], _ = add_entry(archive, f"{folder}/{path}", content)
        last = _manifest(tag_hashes)
        seal, _ = add_entry(archive, f"{folder}/tagmanifest-sha256.txt", last)
    return Bag((*hashes, *tag_hashes, "tagmanifest-sha256.txt"), seal)


def add_entry(archive: ZipFile, name: str, content: Content) -> tuple[str, int]:
    """Add one entry without time, owner or system; gives its SHA-256 and its size in bytes."""
    entry = ZipInfo(name, _NO_TIME)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _PLAIN_FILE
    length = len(content) if isinstance(content, bytes) else content.stat().st_size
    digest, size = hashlib.sha256(), 0
    with _open(content) as source, archive.open(entry, "w", force_zip64=length >= _BIG) as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return digest.hexdigest(), size


def _write_payload(
    archive: ZipFile,
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
            digest, size = add_entry(archive, f"{folder}/data/{path}", payload[path])
        except OSError as error:
            raise BadInput(f"A file of the pack cannot be read: {error.strerror}", path) from None
        if digest != expected.get(path, digest):
            raise BadInput("A file changed while it was packed", path, "Make the pack again")
        hashes[f"data/{path}"] = digest
        total += size
    return hashes, total


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
