"""What the bytes of a file are, before anybody asks what they mean."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from workbench.errors import BadInput

__all__ = ["CHUNK", "Copied", "Kind", "copy_and_hash", "kind_of", "open_bytes"]

Kind = Literal["text", "gzip", "xlsx"]

CHUNK = 1 << 20

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Directory names inside an OLE file are UTF-16; this stream holds a workbook under a password.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"^\s*(<!doctype html|<html|<table|<\?xml[^>]*>\s*<html)", re.IGNORECASE)
_SAVE_AS = "Open it in a spreadsheet program and save it as .xlsx or CSV"


@dataclass(frozen=True)
class Copied:
    """A file's SHA-256 and its size in bytes."""

    sha256: str
    size: int


def kind_of(path: Path) -> Kind:
    """Text, gzip or xlsx, told by content, never by the file's name.

    Raises BadInput for what cannot be read: no such file, a folder, an empty file, a workbook
    under a password, an old .xls, a web page saved as .xls, a damaged workbook, or an archive.
    """
    where = path.name
    if path.is_dir():
        raise BadInput("This is a folder, not a file", str(path), "Name the files inside it")
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError:
        raise BadInput("There is no such file", str(path), "Check the path") from None
    except OSError as error:
        raise BadInput(f"The file cannot be opened: {error.strerror}", str(path)) from None
    if not head:
        raise BadInput("The file is empty", where, "Download it again")
    if head.startswith(_OLE):
        _refuse_ole(path)
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise BadInput("This is a web page, whatever its name says", where, _SAVE_AS)
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"PK"):
        _check_workbook(path)
        return "xlsx"
    return "text"


def _refuse_ole(path: Path) -> None:
    with path.open("rb") as file:
        tail = b""
        while chunk := file.read(CHUNK):
            if _ENCRYPTED in tail + chunk:
                raise BadInput(
                    "The workbook is protected by a password",
                    path.name,
                    "Open it with the password, save it without one, and load that file",
                )
            tail = chunk[-len(_ENCRYPTED) :]
    raise BadInput("This is an old .xls workbook, which is not read", path.name, _SAVE_AS)


def _check_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            broken = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise BadInput(
            "The workbook is damaged or incomplete", path.name, "Download it again"
        ) from None
    if broken is not None:
        raise BadInput(f"The workbook is damaged in {broken}", path.name, "Download it again")
    if "xl/workbook.xml" not in names:
        raise BadInput("This is a zip archive, not a workbook", path.name, "Unpack it first")


@contextmanager
def open_bytes(path: Path, kind: Kind) -> Iterator[BinaryIO]:
    """The bytes of a text file, unpacked when it is a gzip file.

    Raises BadInput when the gzip file ends too early or is damaged.
    """
    if kind != "gzip":
        with path.open("rb") as plain:
            yield plain
        return
    try:
        with gzip.open(path, "rb") as packed:
            yield io.BufferedReader(packed, CHUNK)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BadInput(
            f"The gzip file is damaged or incomplete: {error}", path.name, "Download it again"
        ) from None


def copy_and_hash(source: Path, target: Path) -> Copied:
    """Copy `source` to `target`; gives what was copied, so that both are the same bytes."""
    digest = hashlib.sha256()
    size = 0
    with source.open("rb") as reader, target.open("wb") as writer:
        while chunk := reader.read(CHUNK):
            digest.update(chunk)
            writer.write(chunk)
            size += len(chunk)
    return Copied(digest.hexdigest(), size)
