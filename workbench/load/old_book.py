"""Read old workbooks (.xls, .xlsb) in a process of their own, which may fail without harm.

Their cells lie where the file says, and a damaged one may say "row 65,000, column 65,000": the
reader would then ask for more memory than there is and take this process with it.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from workbench.errors import BadInput

__all__ = ["OldBook"]

_READER = Path(__file__).with_name("old_book_reader.py")
_SECONDS = 300


class OldBook:
    """An old workbook, read whole into a file on disk."""

    def __init__(self, path: Path) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 (closed by `with` on this object)
        try:
            run = subprocess.run(  # noqa: S603 (this Python, with a file of ours)
                [sys.executable, "-I", str(_READER), str(path.absolute())],
                stdout=self._file,
                stderr=subprocess.PIPE,
                stdin=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=False,
            )
            code, told = run.returncode, run.stderr.decode("utf-8", "replace").strip()
        except subprocess.TimeoutExpired:
            code, told = 1, f"it takes more than {_SECONDS} seconds"
        if code:
            self._file.close()
            last = told.splitlines()[-1] if told and code == 1 else "it asks for too much memory"
            raise BadInput(
                f"The workbook cannot be read: {last}",
                path.name,
                "Open it in a spreadsheet program and save it as .xlsx or CSV",
            )

    def __enter__(self) -> OldBook:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def tops(self, count: int) -> dict[str, list[list[Any]]]:
        """The first `count` rows of every visible sheet."""
        found: dict[str, list[list[Any]]] = {}
        for sheet, number, cells in self._all():
            top = found.setdefault(sheet, [])
            if 0 < number <= count:
                top.append(cells)
        return found

    def rows(self, sheets: Sequence[str]) -> Generator[tuple[int, int, Sequence[Any]], None, None]:
        """The rows of sheets, in order."""
        places = {sheet: index for index, sheet in enumerate(sheets)}
        for sheet, number, cells in self._all():
            if number and sheet in places:
                yield places[sheet], number, cells

    def _all(self) -> Iterator[tuple[str, int, list[Any]]]:
        self._file.seek(0)
        sheet, number = "", 0
        for line in self._file:
            told = json.loads(line)
            if isinstance(told, str):
                sheet, number = told, 0
                yield sheet, 0, []
                continue
            number += 1
            yield sheet, number, [_value(cell) for cell in told]


def _value(cell: Any) -> Any:
    if not isinstance(cell, list):
        return cell
    kind, text = cell
    return dt.date.fromisoformat(text) if kind == "date" else dt.datetime.fromisoformat(text)
