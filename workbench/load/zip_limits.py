"""Look through a zip file before it is unpacked: whether it is whole, whether it is a bomb."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from workbench.errors import BadInput

__all__ = ["check_zip", "is_bomb"]

_CHUNK = 1 << 20
# A workbook of a million rows unpacks to about a gigabyte, twenty times its size.
_MOST_BYTES = 8 << 30
_MOST_RATIO = 300
_HARMLESS = 64 << 20
_MOST_ENTRIES = 20_000
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LOCAL_HEADER = 30


def is_bomb(packed: int, unpacked: int) -> bool:
    """Whether so many bytes out of so few are meant to fill the machine."""
    return unpacked > _MOST_BYTES or (unpacked > _HARMLESS and unpacked > _MOST_RATIO * packed)


def check_zip(path: Path, what: str, *, workbook: bool = True) -> list[zipfile.ZipInfo]:
    """The entries of a zip file, after all of it was unpacked once, piece by piece, and checked.

    `what` is how to call it: "workbook" or "zip archive". Raises BadInput when it is damaged, under
    a password or a bomb: the sizes it declares and those it really has are held to the limits. A
    `workbook` may not declare entities in its XML.
    """
    damaged = BadInput(f"The {what} is damaged or incomplete", path.name, "Download it again")
    size = path.stat().st_size
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        raise damaged from None
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadInput(
            f"The {what} is protected by a password",
            path.name,
            "Unpack it with the password, or save it without one, and load that",
        )
    if len(entries) > _MOST_ENTRIES or is_bomb(size, sum(entry.file_size for entry in entries)):
        raise _bomb(path, what)
    if sum(entry.compress_size for entry in entries) > size:
        raise damaged  # entries that share their bytes
    try:
        with path.open("rb") as file:
            for entry in entries:
                searched = workbook and entry.filename.lower().endswith((".xml", ".rels"))
                _check_entry(file, entry, path, _searcher(path) if searched else _ignore)
    except (zipfile.BadZipFile, OSError, zlib.error, struct.error):
        raise damaged from None
    return entries


def _check_entry(
    file: BinaryIO, entry: zipfile.ZipInfo, path: Path, look: Callable[[bytes], None]
) -> None:
    """Unpack an entry without keeping it; its size and checksum must be those declared.

    The zip module of the standard library stops at the declared size; a reader that does not would
    meet the rest.
    """
    file.seek(entry.header_offset)
    head = file.read(_LOCAL_HEADER)
    if len(head) < _LOCAL_HEADER or not head.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile
    name, extra = struct.unpack("<HH", head[26:30])
    file.seek(name + extra, 1)
    if entry.compress_type not in _READABLE:
        raise zipfile.BadZipFile
    packed = entry.compress_size
    inflate = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    size = checksum = 0
    while packed > 0:
        chunk = file.read(min(_CHUNK, packed))
        if not chunk:
            raise zipfile.BadZipFile
        packed -= len(chunk)
        while chunk:
            piece = inflate.decompress(chunk, _CHUNK) if inflate else chunk
            chunk = inflate.unconsumed_tail if inflate else b""
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
            if size > entry.file_size:
                raise zipfile.BadZipFile
            look(piece)
    if size != entry.file_size or checksum != entry.CRC or (inflate and not inflate.eof):
        raise zipfile.BadZipFile


def _searcher(path: Path) -> Callable[[bytes], None]:
    """Looks in pieces of XML for declarations of entities, and refuses them."""
    tail = b""

    def look(piece: bytes) -> None:
        nonlocal tail
        if _ENTITIES.search(tail + piece):
            raise BadInput(
                "The workbook declares XML entities, which no spreadsheet program writes",
                path.name,
                "Open it in a spreadsheet program and save it again",
            )
        tail = piece[-8:]

    return look


def _ignore(_: bytes) -> None:
    pass


def _bomb(path: Path, what: str) -> BadInput:
    return BadInput(
        f"The {what} would unpack to far more than any export holds",
        path.name,
        "Unpack it by hand if it is from a source you trust, and load what is in it",
    )
