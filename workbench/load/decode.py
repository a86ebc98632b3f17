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

_WIDE = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}


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


def decide_encoding(open_bytes: OpenBytes, tried: Sequence[str], where: str) -> TextFacts:
    """The first of the encodings `tried` that every byte of the file fits.

    Raises BadInput with the place of the first byte that does not fit, or when the file ends in
    the middle of a character.
    """
    misfits: list[Misfit] = []
    for encoding in tried:
        found = _fits(open_bytes, encoding)
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


def refuse_wide(head: bytes, where: str) -> None:
    """Raise BadInput for UTF-16, which spreadsheet programs call "Unicode text"."""
    for mark, name in _WIDE.items():
        if head.startswith(mark):
            raise BadInput(f"The file is {name} text", where, "Save it as CSV UTF-8 or .xlsx")


def _fits(open_bytes: OpenBytes, encoding: str) -> Misfit | tuple[int, bool]:
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
