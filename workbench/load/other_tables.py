"""Tables that are written neither as lines with delimiters nor as sheets: JSON and pasted chats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol

from workbench.load.chat import looks_like_chat
from workbench.load.chat_rows import CHAT_HEADERS, ChatRows
from workbench.load.container import Kind, open_bytes
from workbench.load.decode import OpenBytes, decide_encoding, first_guess
from workbench.load.headers import HeaderRow
from workbench.load.json_rows import JsonFile, JsonRows
from workbench.load.json_units import looks_like_json
from workbench.load.text_rows import Rows

__all__ = ["ChatTable", "JsonTable", "OtherTable", "chat_in", "json_in"]

_HEAD = 1 << 16
_LINES = 400


class OtherTable(Protocol):
    """A table that gives its own rows; `encoding` says how it is written."""

    @property
    def encoding(self) -> str:
        """What to call the way it is written."""
        ...

    @property
    def header(self) -> HeaderRow:
        """Its headers; rows count from 1 right under them."""
        ...

    def rows(self) -> Rows:
        """The data rows, to be read once."""
        ...


@dataclass(frozen=True)
class JsonTable:
    """The records of a JSON file at one path."""

    file: JsonFile
    path: str
    headers: tuple[str, ...]

    @property
    def encoding(self) -> str:
        """JSON and its text's encoding."""
        return f"json, {self.file.encoding}"

    @property
    def header(self) -> HeaderRow:
        """The names in its records; the first record is row 1."""
        return HeaderRow(0, self.headers)

    def rows(self) -> Rows:
        """The records as rows."""
        return JsonRows(self.file, self.path, self.headers)

    def whole(self) -> JsonTable:
        """The same with the names of all its records, not only of the first."""
        return JsonTable(self.file, self.path, tuple(self.file.headers(self.path, all_rows=True)))


@dataclass(frozen=True)
class ChatTable:
    """The messages of a pasted chat; rows count as the lines of the file."""

    open_bytes: OpenBytes
    text_encoding: str
    sellers: tuple[str, ...]

    @property
    def encoding(self) -> str:
        """The encoding of the text."""
        return self.text_encoding

    @property
    def header(self) -> HeaderRow:
        """What is told of each message."""
        return HeaderRow(0, CHAT_HEADERS)

    def rows(self) -> Rows:
        """The messages as rows."""
        return ChatRows(self.open_bytes, self.text_encoding, self.sellers)


def json_in(path: Path, kind: Kind) -> list[JsonTable] | None:
    """The lists of records in a JSON file, the least nested first; None when it is no JSON.

    Raises BadInput when it begins as JSON and is damaged.
    """
    opened = partial(open_bytes, path, kind)
    if not looks_like_json(_head(opened)):
        return None
    encoding = _encoding(opened, path.name)
    file = JsonFile(opened, encoding, path.name)
    return [JsonTable(file, place, tuple(file.headers(place))) for place in file.paths()]


def chat_in(path: Path, kind: Kind, sellers: Sequence[str]) -> ChatTable | None:
    """The pasted chat that a text file holds; None when it does not look like one."""
    opened = partial(open_bytes, path, kind)
    if not looks_like_chat(islice(_head(opened).splitlines(), _LINES)):
        return None
    return ChatTable(opened, _encoding(opened, path.name), tuple(sellers))


def _head(opened: OpenBytes) -> str:
    with opened() as file:
        head = file.read(_HEAD)
    return head.decode(first_guess(head), "replace")


def _encoding(opened: OpenBytes, where: str) -> str:
    with opened() as file:
        marked = file.read(3) == b"\xef\xbb\xbf"
    tried = ["utf-8-sig"] if marked else ["utf-8", "gb18030"]
    return decide_encoding(opened, tried, where).encoding
