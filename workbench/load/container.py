"""What the bytes of a file are, before anybody asks what they mean."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from workbench.errors import BadInput
from workbench.load.wide_text import as_utf8, wide
from workbench.load.zip_limits import check_zip, is_bomb

__all__ = [
    "CHUNK",
    "SHEETS",
    "Copied",
    "Kind",
    "copy_and_hash",
    "kind_of",
    "open_bytes",
]

Kind = Literal["text", "gzip", "xlsx", "xlsb", "xls", "ods", "html", "xml"]
# Kinds that hold sheets or tables of cells rather than lines of text.
SHEETS: tuple[Kind, ...] = ("xlsx", "xlsb", "xls", "ods", "html", "xml")

CHUNK = 1 << 20

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Directory names inside an OLE file are UTF-16; this stream holds a workbook under a password.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = re.compile(
    r"^\s*<(\?xml|!--|!doctype|html|head|meta|body|style|table|div|center|workbook)\b|^\s*<!--",
    re.IGNORECASE,
)
_SPREADSHEET = re.compile(
    r"<(?:\w+:)?workbook\b|urn:schemas-microsoft-com:office:spreadsheet", re.I
)
_HTML = re.compile(r"<(!doctype\s+html|html|head|meta|body|style|table|tr|div|center)\b", re.I)
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_SAVE_AS = "Open it in a spreadsheet program and save it as .xlsx or CSV"


@dataclass(frozen=True)
class Copied:
    """A file's SHA-256 and its size in bytes."""

    sha256: str
    size: int


def kind_of(path: Path) -> Kind:
    """What a file is, told by its content and never by its name.

    Raises BadInput for what cannot be read: no such file, a folder, an empty file, a workbook
    under a password, a damaged workbook, a bomb, or an archive of other things.
    """
    where = path.name
    if path.is_dir():
        raise BadInput("This is a folder, not a file", str(path), "Name the files inside it")
    try:
        with path.open("rb") as file:
            head = file.read(1 << 16)
    except FileNotFoundError:
        raise BadInput("There is no such file", str(path), "Check the path") from None
    except OSError as error:
        raise BadInput(f"The file cannot be opened: {error.strerror}", str(path)) from None
    if not head:
        raise BadInput("The file is empty", where, "Download it again")
    if head.startswith(_OLE):
        _refuse_password(path)
        return "xls"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped_kind(path)
    return _markup_kind(head, where) or "text"


def _refuse_password(path: Path) -> None:
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


def _zipped_kind(path: Path) -> Kind:
    names = {entry.filename for entry in check_zip(path, "workbook")}
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    raise BadInput(
        "This is a zip archive, not a workbook", path.name, "Load the archive itself, or unpack it"
    )


def _markup_kind(head: bytes, where: str) -> Kind | None:
    """Whether a file that begins with a tag holds HTML or a spreadsheet in XML."""
    text = head.decode(wide(head) or "utf-8", "replace").removeprefix("\ufeff").lstrip()
    if head.startswith(b"MIME-Version:"):
        raise BadInput("This is a web archive, whatever its name says", where, _SAVE_AS)
    if not _MARKUP.match(text):
        return "html" if text.startswith("<") and re.search(r"<t[rd]\b", text, re.I) else None
    if _HTML.search(text) and not _SPREADSHEET.match(text):
        is_xml = text.startswith("<?xml") and not re.search(r"<html\b", text, re.I)
        return "xml" if is_xml and _SPREADSHEET.search(text) else "html"
    if _SPREADSHEET.search(text):
        return "xml"
    raise BadInput("This is XML, but no spreadsheet", where, _SAVE_AS)


@contextmanager
def open_bytes(path: Path, kind: Kind) -> Iterator[BinaryIO]:
    """The bytes of a text file, unpacked when it is a gzip file, as UTF-8 when it is UTF-16.

    Raises BadInput when the gzip file ends too early, is damaged or is a bomb, or when the file
    begins as UTF-16 text and is none.
    """
    with _unpacked(path, kind) as file:
        encoding = wide(file.peek(64)[:64])
        if not encoding:
            yield file
            return
        with as_utf8(file, encoding, path.name) as narrow:
            yield narrow


@contextmanager
def _unpacked(path: Path, kind: Kind) -> Iterator[io.BufferedReader]:
    if kind != "gzip":
        with path.open("rb") as plain:
            yield plain
        return
    try:
        with gzip.open(path, "rb") as packed:
            yield io.BufferedReader(_Limited(packed, path), CHUNK)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BadInput(
            f"The gzip file is damaged or incomplete: {error}", path.name, "Download it again"
        ) from None


class _Limited(io.RawIOBase):
    """A packed file that stops being read when more comes out than any export holds."""

    def __init__(self, packed: gzip.GzipFile, path: Path) -> None:
        self._packed = packed
        self._name = path.name
        self._size = path.stat().st_size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._packed.seek(offset, whence)

    def tell(self) -> int:
        return self._packed.tell()

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        data = self._packed.read(len(buffer))
        if is_bomb(self._size, self._packed.tell()):
            raise BadInput(
                "The gzip file unpacks to far more than any export holds",
                self._name,
                "Unpack it by hand if it is from a source you trust",
            )
        buffer[: len(data)] = data
        return len(data)


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
