"""Read tables of web pages and SpreadsheetML 2003 files, which are often named .xls, in a stream.

The parser tells what it meets (no tree is built), so memory does not grow with the file.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Generator, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from lxml import etree

from workbench.errors import BadInput
from workbench.load.container import CHUNK, Kind, open_bytes
from workbench.load.decode import decide_encoding
from workbench.load.markup_tables import HtmlTables, MarkupRow, SheetTables
from workbench.load.xlsx_parts import safe_parser_options

__all__ = ["MarkupBook"]

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
# A page that says GB2312 means whatever its writer's system called so.
_CHINESE = ("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "936")
_OPENED, _CLOSED = re.compile(rb"<table[\s>]", re.I), re.compile(rb"</table\s*>", re.I)
_OVERLAP = 16


class MarkupBook:
    """The tables of an HTML page or the sheets of a SpreadsheetML file."""

    def __init__(self, path: Path, kind: Kind) -> None:
        self._path = path
        self._kind = kind
        opened = partial(open_bytes, path, "text")
        with opened() as file:
            head = file.read(1 << 16)
        facts = decide_encoding(opened, _encodings(head), path.name)
        self._encoding = facts.encoding.removesuffix("-sig")

    def __enter__(self) -> MarkupBook:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def tops(self, count: int) -> dict[str, list[list[Any]]]:
        """The first `count` rows of every table, blank ones included."""
        found: dict[str, list[list[Any]]] = {}
        for table, number, cells in self._all():
            top = found.setdefault(table, [])
            if number <= count:
                top += [[] for _ in range(number - len(top) - 1)]
                top.append(list(cells))
        return found

    def rows(self, sheets: Sequence[str]) -> Generator[tuple[int, int, Sequence[Any]], None, None]:
        """The rows of tables, each table's in order."""
        places = {sheet: index for index, sheet in enumerate(sheets)}
        for table, number, cells in self._all():
            if table in places:
                yield places[table], number, cells

    def _all(self) -> Iterator[MarkupRow]:
        tables: HtmlTables | SheetTables
        if self._kind == "html":
            tables = HtmlTables()
            parser = etree.HTMLParser(
                target=tables, encoding="utf-8", no_network=True, huge_tree=True
            )
        else:
            tables = SheetTables(self._path.name)
            parser = etree.XMLParser(target=tables, encoding="utf-8", **safe_parser_options)
        try:
            for piece in self._pieces():
                parser.feed(piece)
                yield from tables.take()
            parser.close()
        except etree.XMLSyntaxError as error:
            raise BadInput(
                f"The spreadsheet in XML is damaged: {error}",
                self._path.name,
                "Download it again, or save it as .xlsx or CSV",
            ) from None
        except etree.ParserError as error:
            raise BadInput(f"The web page cannot be read: {error}", self._path.name) from None
        yield from tables.take()

    def _pieces(self) -> Iterator[bytes]:
        """The file as UTF-8; raises BadInput at its end when it ends inside a table."""
        tail = b""
        open_table = False
        with open_bytes(self._path, "text") as file:
            reader = _Utf8(self._encoding)
            while chunk := file.read(CHUNK):
                piece = reader.read(chunk)
                open_table = _ends_open(tail + piece, open_table)
                tail = piece[-_OVERLAP:]
                yield piece
        if open_table and self._kind == "html":
            raise BadInput(
                "The web page ends in the middle of a table",
                self._path.name,
                "The download was cut off: download it again",
            )


class _Utf8:
    """Text of one encoding as UTF-8; NUL, at which parsers stop, becomes U+FFFD as HTML says."""

    def __init__(self, encoding: str) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)()

    def read(self, chunk: bytes) -> bytes:
        return self._decoder.decode(chunk).replace("\0", "\ufffd").encode("utf-8")


def _ends_open(text: bytes, before: bool) -> bool:
    """Whether a table is open at the end of a text."""
    opened = max((m.start() for m in _OPENED.finditer(text)), default=-1)
    closed = max((m.start() for m in _CLOSED.finditer(text)), default=-1)
    if opened < 0 and closed < 0:
        return before
    return opened > closed


def _encodings(head: bytes) -> list[str]:
    """Encodings to try: what a mark or the page says first."""
    if head.startswith(b"\xef\xbb\xbf"):
        return ["utf-8-sig"]
    tried = ["utf-8", "gb18030"]
    if match := _DECLARED.search(head[:8192]):
        name = match.group(1).decode("ascii").lower()
        if name in _CHINESE:
            return ["gb18030"] if b"\xff" not in head[:4] else tried
        try:
            known = codecs.lookup(name)
        except (LookupError, ValueError):
            return tried
        # The bytes are UTF-8 by now where the page says UTF-16.
        if known._is_text_encoding and not known.name.startswith(("utf-16", "utf-32")):
            tried.insert(0, known.name)
    return list(dict.fromkeys(tried))
