"""Which encoding a text file has, decided on the whole file."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO

from workbench.errors import BadInput
from workbench.load.container import CHUNK

__all__ = ["Misfit", "TextFacts", "candidates", "decide_encoding", "first_guess"]

OpenBytes = Callable[[], AbstractContextManager[BinaryIO]]


@dataclass(frozen=True)
class Misfit:
    """The first byte that does not fit an encoding; `at_end`: the file ends inside a character."""

    encoding: str
    offset: int
    line: int
    at_end: bool


@dataclass(frozen=True)
class TextFacts:
    """What one pass over a text file tells: its encoding, why, and how it ends.

    `misfits` are the encodings that were tried before and where they failed.
    """

    encoding: str
    misfits: tuple[Misfit, ...]
    quotes: int
    ends_with_newline: bool


def first_guess(head: bytes) -> str:
    """The encoding to read the first rows with; only the header is taken from them."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def candidates(head: bytes, ascii_header: bool, preferred: Sequence[str]) -> list[str]:
    """Encodings to try, in order.

    UTF-8 with BOM, strict UTF-8, what the format prefers, gb18030 (which reads every GBK and
    GB2312 file), and last cp1252, which reads nearly anything and is therefore believed only
    under a header of plain ASCII. Source: the export formats' reference, section 1.1.
    """
    if head.startswith(codecs.BOM_UTF8):
        return ["utf-8-sig"]
    tried = ["utf-8", *preferred, "gb18030"]
    return [*tried, "cp1252"] if ascii_header and "cp1252" not in tried else tried


def decide_encoding(
    open_bytes: OpenBytes, tried: Sequence[str], where: str, *, trust: bool = False
) -> TextFacts:
    """The first of the encodings `tried` that every byte of the file fits.

    With `trust`, gb18030 is taken once all before it have failed, without decoding the file: for a
    caller that decodes it strictly anyway and comes back without `trust` when that fails. Raises
    BadInput with the place of the first byte that does not fit, or when the file ends in the middle
    of a character.
    """
    misfits: list[Misfit] = []
    for encoding in tried:
        found = _fits(open_bytes, encoding, last_line_only=trust and encoding == "gb18030")
        if not isinstance(found, Misfit):
            quotes, newline = found
            return TextFacts(encoding, tuple(misfits), quotes, newline)
        if found.at_end:
            raise BadInput(
                f"The file ends in the middle of a character, in line {found.line}",
                f"{where}, byte {found.offset}",
                "The download was cut off: download it again",
            )
        misfits.append(found)
    places = "; ".join(f"{m.encoding}: byte {m.offset} in line {m.line}" for m in misfits)
    raise BadInput(
        "The file fits no encoding that exports use",
        f"{where}, first byte that does not fit — {places}",
        "Export it again, or save it as CSV UTF-8",
    )


def _fits(
    open_bytes: OpenBytes, encoding: str, *, last_line_only: bool = False
) -> Misfit | tuple[int, bool]:
    """Quotation marks in the file and whether it ends with a line end, or where it does not fit."""
    if last_line_only:
        return _fits_at_end(open_bytes, encoding)
    decoder = codecs.getincrementaldecoder(encoding)()
    read = lines = quotes = 0
    last = b""
    with open_bytes() as file:
        while True:
            chunk = file.read(CHUNK)
            waiting = decoder.getstate()[0]
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                offset = read - len(waiting) + error.start
                before = (waiting + chunk)[: error.start]
                return Misfit(encoding, offset, lines + before.count(b"\n") + 1, not chunk)
            if not chunk:
                return quotes, last == b"\n" or last == b"\r"
            read += len(chunk)
            lines += chunk.count(b"\n")
            quotes += chunk.count(b'"')
            last = chunk[-1:]


def _fits_at_end(open_bytes: OpenBytes, encoding: str) -> Misfit | tuple[int, bool]:
    """As `_fits`, decoding only the last line: a reader of blocks may miss a cut there."""
    read = quotes = 0
    tail = b""
    with open_bytes() as file:
        while chunk := file.read(CHUNK):
            read += len(chunk)
            quotes += chunk.count(b'"')
            tail = (tail + chunk)[-CHUNK:]
    # A line end is never part of a longer character in the encodings exports use.
    line = tail.rpartition(b"\n")[2]
    try:
        line.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end == len(line) and "incomplete" in error.reason:
            return Misfit(encoding, read - len(line) + error.start, _lines(open_bytes), True)
    return quotes, tail.endswith((b"\n", b"\r"))


def _lines(open_bytes: OpenBytes) -> int:
    with open_bytes() as file:
        return 1 + sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK), b""))
