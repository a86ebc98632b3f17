"""Text whose characters are wider than a byte, and any other text, as UTF-8."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO

from workbench.errors import BadInput

__all__ = ["as_utf8", "wide"]

_CHUNK = 1 << 20
# The longest mark first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def wide(head: bytes) -> str:
    """The encoding of text that begins so, if its characters are wider than a byte; else ""."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    # Half of the bytes of plain ASCII in UTF-16 are NUL; other text has none.
    start = head[: len(head[:64]) // 2 * 2]
    if len(start) >= 8 and b"\0" in start:
        if not any(start[1::2]) and all(start[::2]):
            return "utf-16-le"
        if not any(start[::2]) and all(start[1::2]):
            return "utf-16-be"
    return ""


@contextmanager
def as_utf8(file: BinaryIO, encoding: str, where: str) -> Iterator[BinaryIO]:
    """The text of a file as UTF-8 without a mark; raises BadInput when it is not of `encoding`."""
    with TemporaryFile() as narrow:
        _to_utf8(file, encoding, narrow, where)
        narrow.seek(0)
        yield narrow


def _to_utf8(file: BinaryIO, encoding: str, target: BinaryIO, where: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    first = True
    read = 0
    while True:
        chunk = file.read(_CHUNK)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise BadInput(
                f"The file is not {encoding.upper()} text to its end: {error.reason}",
                f"{where}, about byte {read + error.start}",
                "The download was cut off or damaged: download it again",
            ) from None
        if first:
            text = text.removeprefix("\ufeff")
            first = False
        target.write(text.encode("utf-8"))
        read += len(chunk)
        if not chunk:
            return
