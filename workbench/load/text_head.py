"""Read the top of a text file: its header row and, on the whole file, its encoding."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

from workbench.errors import BadInput
from workbench.load.container import Kind, open_bytes
from workbench.load.decode import (
    TextFacts,
    candidates,
    decide_encoding,
    first_guess,
)
from workbench.load.formats import Format
from workbench.load.headers import HeaderRow, text_header

__all__ = ["read_head"]

# The header lies within the first rows; this much text holds them even with long preambles.
_HEAD = 1 << 16


def read_head(
    path: Path,
    kind: Kind,
    name: str,
    known: Collection[str],
    form: Format | Callable[[HeaderRow], Format],
    *,
    trust: bool = False,
) -> tuple[HeaderRow, TextFacts]:
    """The header row of a text file and the facts of its text.

    `known` are header keys that mark a header row; `form` is the file's format, or says which it is
    once the header is known (a format may prefer an encoding); `trust` is as in `decide_encoding`.
    Raises BadInput when the file is empty or fits no encoding.
    """
    opened = partial(open_bytes, path, kind)
    with opened() as file:
        head = file.read(_HEAD)
    if not head.strip():
        raise BadInput("The file is empty", name, "Download it again")
    guess = first_guess(head)
    lines = [line.decode(guess, "replace") for line in head.splitlines(keepends=True)]
    header = text_header(lines, known)
    chosen = form if isinstance(form, Format) else form(header)
    marked = [encoding for mark, encoding in chosen.encoding_marks if mark.encode() in head]
    ascii_header = all(cell.isascii() for cell in header.cells)
    tried = candidates(head, ascii_header, [*marked, *chosen.encodings])
    return header, decide_encoding(opened, tried, name, trust=trust)
