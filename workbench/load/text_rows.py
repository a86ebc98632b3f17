"""Read the rows of a delimited text file as a stream of Arrow tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO, Protocol

import pyarrow as pa
import pyarrow.csv as pacsv

from workbench.errors import BadInput
from workbench.load.column_text import parts_undecoded, text_column
from workbench.load.decode import OpenBytes, TextFacts
from workbench.load.headers import HeaderRow, is_blank
from workbench.load.row_numbers import RowNumbers

__all__ = ["GROUP_ROWS", "Misshapen", "Rows", "TextRows"]

# Rows handed on together: enough for the engine to be quick, few enough to fit anywhere.
GROUP_ROWS = 100_000
# Rows with long texts are handed on earlier.
_GROUP_BYTES = 1 << 28
# Small blocks stay in the processor's cache: 1 MB read twice as fast as 8 MB (300k rows, GBK).
_BLOCK = 1 << 20
# Longer records are not looked into for a quotation mark that never closes.
_LONGEST = 24 << 20


@dataclass(frozen=True)
class Misshapen:
    """A record with another number of cells than the header has, or of no use for a `reason`."""

    row: int
    cells: int
    text: str
    reason: str = "misshapen"


class Rows(Protocol):
    """A stream of rows: tables of text cells c0, c1, …, and `source_row`.

    `misshapen` fills up while the stream is read; the reader of the stream empties it.
    """

    @property
    def misshapen(self) -> list[Misshapen]:
        """Records met so far that have another number of cells than the header."""
        ...

    def tables(self) -> Iterator[pa.Table]:
        """The rows, in order, in tables of about GROUP_ROWS."""
        ...


@dataclass
class TextRows:
    """The data rows of a delimited text file.

    Raises BadInput while it is read when the file ends in the middle of a row, or a quotation
    mark opens a cell that never ends.
    """

    open_bytes: OpenBytes
    where: str
    header: HeaderRow
    facts: TextFacts
    quoting: str = "standard"
    misshapen: list[Misshapen] = field(default_factory=list)

    def tables(self) -> Iterator[pa.Table]:
        """The rows, in order; blank lines are rows whose every cell is empty.

        Where the encoding allows, cells are parted first and decoded column by column. A record
        with another number of cells ends that: its text has to be kept, so that from there on
        everything is decoded before it is parted.
        """
        given = 0
        if parts_undecoded(self.facts.encoding):
            try:
                for table in self._grouped(decoded=False):
                    yield table
                    given += table.num_rows
                return
            except pa.ArrowInvalid:
                pass
        for table in self._grouped(decoded=True):
            new = table.slice(max(0, given))
            given -= min(given, table.num_rows)
            if new.num_rows:
                yield new

    def _grouped(self, *, decoded: bool) -> Iterator[pa.Table]:
        """The rows in tables of about GROUP_ROWS; not decoded before, ArrowInvalid may come."""
        numbers = RowNumbers(self.header.row)
        waiting: list[pa.Table] = []
        count = size = 0
        with self._data() as data:
            try:
                for batch in self._batches(data, numbers, decoded=decoded):
                    waiting.append(numbers.number(pa.Table.from_batches([batch])))
                    count, size = count + batch.num_rows, size + batch.nbytes
                    if count >= GROUP_ROWS or size >= _GROUP_BYTES:
                        table = self._texts(waiting, decoded=decoded)
                        # What was read is let go before the reader of the table fills memory, too.
                        waiting, count, size = [], 0, 0
                        yield table
            except pa.ArrowInvalid as error:
                if not decoded:
                    raise
                self._refuse_open_quote()
                long = "straddling" in str(error)
                told = "it is longer than any export writes" if long else str(error)
                raise BadInput(
                    f"A row after row {numbers.last} cannot be read: {told}",
                    self.where,
                    "Export the file again; in that row a cell may never end" if long else "",
                ) from None
        self._check_end(numbers)
        if waiting:
            yield self._texts(waiting, decoded=decoded)

    def _texts(self, waiting: list[pa.Table], *, decoded: bool) -> pa.Table:
        table = pa.concat_tables(waiting)
        if decoded:
            return table
        columns = {
            name: text_column(table.column(name).combine_chunks(), self.facts.encoding)
            for name in table.column_names[:-1]
        }
        return pa.table({**columns, "source_row": table.column("source_row")})

    def _data(self) -> AbstractContextManager[BinaryIO]:
        return _after_lines(self.open_bytes, self.header.lines)

    def _batches(
        self, data: BinaryIO, numbers: RowNumbers, *, decoded: bool
    ) -> Iterator[pa.RecordBatch]:
        width = len(self.header.cells) + self.header.extra
        names = [f"c{i}" for i in range(width)]

        def keep(row: pacsv.InvalidRow) -> str:
            number = numbers.invalid(row.number)
            self.misshapen.append(Misshapen(number, row.actual_columns, row.text))
            return "skip"

        try:
            reader = pacsv.open_csv(
                pa.PythonFile(data, mode="r"),
                read_options=pacsv.ReadOptions(
                    column_names=names,
                    use_threads=False,
                    block_size=_BLOCK,
                    encoding=self.facts.encoding.removesuffix("-sig") if decoded else "utf-8",
                ),
                parse_options=pacsv.ParseOptions(
                    delimiter=self.header.delimiter,
                    quote_char='"' if self.quoting == "standard" else False,
                    newlines_in_values=self.quoting == "standard",
                    ignore_empty_lines=False,
                    # Its text would have to be decoded: better ArrowInvalid than half of it.
                    invalid_row_handler=keep if decoded else None,
                ),
                convert_options=pacsv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string() if decoded else pa.binary()),
                    strings_can_be_null=False,
                    quoted_strings_can_be_null=False,
                    # What comes out of a strict decoder, or passed one before, is UTF-8.
                    check_utf8=False,
                ),
            )
        except pa.ArrowInvalid as error:
            if "Empty CSV file" in str(error):
                return
            raise
        yield from reader

    def _check_end(self, numbers: RowNumbers) -> None:
        """Refuse a file whose last record is not whole: a download that was cut off."""
        last = self.misshapen[-1] if self.misshapen else None
        cut = (
            last is not None
            and last.row == numbers.last
            and last.cells < len(self.header.cells)
            and not self.facts.ends_with_newline
            and not is_blank([last.text])
        )
        if cut:
            raise _cut_off(numbers.last, self.where)
        if self.facts.quotes % 2:
            self._refuse_open_quote()

    def _refuse_open_quote(self) -> None:
        """Name the row whose quotation mark never closes, if there is one."""
        if self.quoting != "standard" or not self.facts.quotes:
            return
        with self._data() as data:
            pieces = iter(partial(data.readline, _LONGEST), b"")
            lines = (piece.decode(self.facts.encoding, "replace") for piece in pieces)
            row = _open_record(lines, self.header.delimiter)
        if row is not None:
            raise _cut_off(self.header.row + row, self.where)


@contextmanager
def _after_lines(open_bytes: OpenBytes, lines: int) -> Iterator[BinaryIO]:
    """A file's bytes behind its first `lines` lines, however these end."""
    with open_bytes() as file:
        head = b""
        while len(pieces := head.splitlines(keepends=True)) <= lines:
            more = file.read(1 << 16)
            if not more:
                break
            head += more
        file.seek(sum(len(piece) for piece in pieces[:lines]))
        yield file


def _open_record(lines: Iterator[str], delimiter: str) -> int | None:
    """The number of the last record, when the text ends inside its quotation marks."""
    held: list[str] = []
    size = 0

    def remembered() -> Iterator[str]:
        nonlocal size
        for line in lines:
            held.append(line)
            size += len(line)
            if size > _LONGEST:
                raise csv.Error("a record too long to be looked into")
            yield line

    limit = csv.field_size_limit(2**31 - 1)
    try:
        number, last = 0, ""
        for _ in csv.reader(remembered(), delimiter=delimiter):
            number, last, size = number + 1, "".join(held), 0
            held.clear()
        list(csv.reader([last], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return number if "unexpected end of data" in str(error) else None
    finally:
        csv.field_size_limit(limit)
    return None


def _cut_off(row: int, where: str) -> BadInput:
    return BadInput(
        f"The file ends in the middle of row {row}",
        where,
        "The download was cut off, or a quotation mark in that row never closes: "
        "download the file again",
    )
