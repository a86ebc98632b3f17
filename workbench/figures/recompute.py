"""Count every figure of the letter again. Needs nothing but Python: `python recompute.py PACK.zip`.

This file travels inside every pack as recompute.py. It reads the zip file in place, writes
nothing and runs nothing of what it finds. `reproduce/figures.json` says of each figure from which
table, which rows and by which operation it was counted; this file does it again, holds the result
and the rows against what stands there, and against the figures that stand in the letters.
Figures of the screening are read here from what the screening said; `workbench verify PACK
--recompute` screens the masked tables again as well. Run verify.py first: it tells whether the
pack is what it was.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile, ZipInfo

FOLDER = "reproduce"
FIGURES = "figures.json"
# Whatever unpacks to more is no honest part of a pack.
MAX_BYTES = 4 * 1024**3

Row = Mapping[str, str]
_PAPERS = re.compile(r"letter\.(zh|en)\.(html|docx)")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ID = re.compile(r"N[0-9]{2,9}", re.ASCII)
# What is no figure: moments, days, hours, names of groups, papers, rules and of items in quotes.
_NO_FIGURE = (
    r"“[^”]*”|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?"
    r"|[0-9]{1,2}:[0-9]{2}|[A-Za-z]+-?[0-9][0-9A-Za-z]*(?:-[0-9A-Za-z]+)*"
)
_FIGURE = r"<?[0-9]+(?:[.,][0-9]+)*(?: ?%)?"
_NUMBERS = re.compile(f"{_NO_FIGURE}|({_FIGURE})", re.ASCII)


class CannotCount(Exception):
    """There is no such pack, table or column, or an operation that is not known here."""


def numbers(sentence: str) -> list[tuple[int, int]]:
    """Where in a sentence its figures stand: begin and end of each.

    No figures are dates and times, what stands in quotes, and digits of a name such as G-1a2b3c4d
    or E02.
    """
    return [match.span(1) for match in _NUMBERS.finditer(sentence) if match[1]]


# ---------------------------------------------------------------- tables and operations


class Table:
    """The rows of one table, as texts, and which rows have a value in a column."""

    def __init__(self, rows: Iterable[Row], columns: Sequence[str]) -> None:
        self.rows = list(rows)
        self.columns = tuple(columns)
        self._places: dict[str, dict[str, list[int]]] = {}

    def where(self, conditions: Sequence[Sequence[Any]]) -> list[Row]:
        """The rows that meet every condition, each (column, comparison, value), in their order."""
        unknown = [c for c, _, _ in conditions if c not in self.columns]
        if unknown:
            raise CannotCount(f"there is no column {unknown[0]}")
        plain = [one for one in conditions if one[1] == "="]
        rest = [one for one in conditions if one[1] != "="]
        found = self._having(plain) if plain else self.rows
        return [row for row in found if all(_meets(row[c], how, v) for c, how, v in rest)]

    def _having(self, conditions: Sequence[Sequence[Any]]) -> list[Row]:
        sets = []
        for column, _, value in conditions:
            if column not in self._places:
                places: dict[str, list[int]] = {}
                for n, row in enumerate(self.rows):
                    places.setdefault(row[column], []).append(n)
                self._places[column] = places
            sets.append(self._places[column].get(str(value), []))
        rest = [set(one) for one in sorted(sets, key=len)[1:]]
        return [self.rows[n] for n in min(sets, key=len) if all(n in one for one in rest)]


def _meets(value: str, how: str, wanted: Any) -> bool:
    if how == "!=":
        return value != str(wanted)
    if how == "in":
        return value in {str(one) for one in wanted}
    if value == "":
        return False
    mine, theirs = _number(value), _number(str(wanted))
    one, other = (mine, theirs) if mine is not None and theirs is not None else (value, str(wanted))
    if how == "<":
        return one < other  # type: ignore[operator]
    if how == "<=":
        return one <= other  # type: ignore[operator]
    if how == ">":
        return one > other  # type: ignore[operator]
    if how == ">=":
        return one >= other  # type: ignore[operator]
    raise CannotCount(f"there is no comparison {how}")


def counted(operation: Mapping[str, Any], table: Table) -> tuple[str, list[Row]]:
    """The value of an operation as it is told, and the rows it was counted from.

    An operation has `where` (column, comparison, value; all must hold), `aggregate` (count,
    count_distinct, sum, min, max, value, difference, share, days_until, number), `column` where
    the aggregate needs one, `form`, `plus` (a whole number that is added) and `least` (below which
    it is never told).
    """
    rows = table.where(operation.get("where", ()))
    value = _aggregate(operation, table, rows)
    if isinstance(value, Decimal):
        value += int(operation.get("plus", 0))
        value = max(value, Decimal(operation["least"])) if "least" in operation else value
    return formatted(value, str(operation.get("form", "plain"))), rows


def _aggregate(operation: Mapping[str, Any], table: Table, rows: list[Row]) -> Decimal | str:
    how = operation["aggregate"]
    if how == "count":
        return Decimal(len(rows))
    if how == "share":
        return Decimal(len(rows)) / Decimal(max(1, len(table.where(operation["among"]))))
    column = operation["column"]
    for name in [column] if isinstance(column, str) else column:
        if name not in table.columns:
            raise CannotCount(f"there is no column {name}")
    if how == "difference":
        one = _only(rows)
        return _decimal(one[column[0]]) - _decimal(one[column[1]])
    if how == "count_distinct":
        return Decimal(len({row[column] for row in rows if row[column]}))
    if how in ("value", "number", "days_until"):
        return _of_one(how, operation, _only(rows)[column])
    values = [_decimal(row[column]) for row in rows if row[column]]
    if how == "sum":
        return sum(values, Decimal(0))
    if how in ("min", "max") and values:
        return min(values) if how == "min" else max(values)
    raise CannotCount(f"nothing can be counted by {how}")


def _of_one(how: str, operation: Mapping[str, Any], value: str) -> Decimal | str:
    if how == "days_until":
        apart = datetime.fromisoformat(value) - datetime.fromisoformat(operation["since"])
        return Decimal(apart.days)
    if how == "number":
        spans = numbers(value)
        if not 0 <= operation["index"] < len(spans):
            raise CannotCount("the sentence has no such figure")
        begin, end = spans[operation["index"]]
        return value[begin:end]
    found = _number(value)
    return value if found is None else found


def _only(rows: list[Row]) -> Row:
    """The row of an operation on one row; several are allowed where they say the same."""
    if not rows:
        raise CannotCount("there is no such row")
    return rows[0]


def _cell(text: str) -> str:
    """What a cell says: an apostrophe in front keeps spreadsheets from running it."""
    return text.removeprefix("'")


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _decimal(text: str) -> Decimal:
    found = _number(text)
    if found is None:
        raise CannotCount(f"{text!r} is no number")
    return found


def formatted(value: Decimal | str, form: str) -> str:
    """A value as it stands in the letter; forms: plain, thousands, money, percent."""
    if isinstance(value, str):
        return value
    if form == "percent":
        return f"{_rounded(value * 100, 0)} %"
    if form == "money":
        return f"{_rounded(value, 2)}"
    if form == "thousands":
        return f"{value.normalize():,f}"
    if form == "plain":
        return f"{value.normalize():f}" if value else "0"
    raise CannotCount(f"there is no form {form}")


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)


# ---------------------------------------------------------------- rows of the sources


def ranges(numbers: Iterable[int]) -> str:
    """Row numbers as a reader writes them: 12, 13, 14, 55 are "12–14, 55"."""
    told: list[list[int]] = []
    for number in sorted(set(numbers)):
        if told and number == told[-1][1] + 1:
            told[-1][1] = number
        else:
            told.append([number, number])
    return ", ".join(f"{a}" if a == b else f"{a}–{b}" for a, b in told)


@dataclass
class Origins:
    """Which rows of which source files each order was read from, and the orders of each group."""

    orders: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)

    def add(self, table: str, row: Row) -> None:
        """Remember where a row of a table that names an order came from."""
        self.orders.setdefault(row["order_id"], []).extend(places(table, row))

    def of(self, table: str, rows: Iterable[Row]) -> list[dict[str, str]]:
        """Where the rows came from: table, source_file, rows.

        A row that does not say so itself came from those of its order, or of its group's orders.
        """
        found: set[tuple[str, str, int]] = set()
        for row in rows:
            if row.get("source_file"):
                found.update(places(table, row))
                continue
            own = self.groups.get(row["group_id"], []) if _of_group(row) else [row.get("order_id")]
            for order in own:
                found.update(self.orders.get(order or "", ()))
        by_file: dict[tuple[str, str], list[int]] = {}
        for name, file, number in found:
            by_file.setdefault((name, file), []).append(number)
        return [
            {"table": name, "source_file": file, "rows": ranges(n for n in own if n)}
            for (name, file), own in sorted(by_file.items())
        ]


def _of_group(row: Row) -> bool:
    """Whether a row stands for all orders of a group."""
    return bool(row.get("group_id")) and not row.get("order_id") and not row.get("source_file")


def places(table: str, row: Row) -> Iterator[tuple[str, str, int]]:
    """Table, file and row (0: the whole file) that a row says it was read from."""
    for file, number in (("source_file", "source_row"), ("detail_file", "detail_row")):
        if row.get(file):
            name = row.get("source_table") or table.rpartition("/")[2]
            yield name, row[file], int(row.get(number) or 0)


# ---------------------------------------------------------------- a pack


@dataclass(frozen=True)
class Difference:
    """One thing that does not come out: the id of the figure (or a file), and what about it."""

    where: str
    what: str


@dataclass(frozen=True)
class Recount:
    """What came out: how many figures there are, which differ, and which cannot be counted here.

    `screened` are those read from what the screening said; `open` those that no masked data can
    give again, each with the reason that the pack states.
    """

    figures: int
    differences: tuple[Difference, ...]
    screened: tuple[str, ...]
    open: tuple[Difference, ...]


class Pack:
    """The files of a pack by their path under data/, each with a function that reads it."""

    def __init__(self, files: Mapping[str, Callable[[], bytes]]) -> None:
        self._files = files

    def names(self) -> list[str]:
        """The paths, sorted."""
        return sorted(self._files)

    def has(self, table: str) -> bool:
        """Whether there is such a table under reproduce/."""
        return bool({f"{FOLDER}/{table}.csv", f"{FOLDER}/{table}.csv.gz"} & set(self._files))

    def read(self, name: str) -> bytes:
        """One file; raises CannotCount where there is none."""
        if name not in self._files:
            raise CannotCount(f"there is no {name}")
        return self._files[name]()

    def rows(self, name: str) -> tuple[Iterator[Row], Sequence[str]]:
        """The rows and columns of a table under reproduce/, such as tables/orders."""
        lines, columns = self.raw_rows(name)
        return (dict(zip(columns, map(_cell, line), strict=True)) for line in lines), columns

    def raw_rows(self, name: str) -> tuple[Iterator[list[str]], Sequence[str]]:
        """The same with every cell as it is written (see `_cell`)."""
        plain, packed = f"{FOLDER}/{name}.csv", f"{FOLDER}/{name}.csv.gz"
        content = unpacked(self.read(packed)) if packed in self._files else self.read(plain)
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        columns = tuple(next(reader, ()))
        return iter(reader), columns

    def origins(self, rows: Iterable[Row]) -> Origins:
        """Where the orders that these rows name, or whose groups they name, were read from.

        An order that is not in the data was read from the notice that names it.
        """
        groups = {row["group_id"] for row in rows if _of_group(row)}
        wanted = {row["order_id"] for row in rows if row.get("order_id")}
        found = Origins()
        if groups:
            for row in self.rows("results/orders")[0]:
                if row["group_id"] in groups:
                    found.groups.setdefault(row["group_id"], []).append(row["order_id"])
                    wanted.add(row["order_id"])
        for name in ("tables/orders", "tables/notices"):
            if wanted and self.has(name):
                known = set(found.orders)
                for row in self.rows(name)[0]:
                    if row.get("order_id") in wanted and row["order_id"] not in known:
                        found.add(name, row)
        return found


def unpacked(content: bytes) -> bytes:
    """What gzip packed; raises CannotCount where it would not fit into memory."""
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
        found = file.read(MAX_BYTES + 1)
    if len(found) > MAX_BYTES:
        raise CannotCount("a packed table is too large")
    return found


def recompute(path: Path) -> Recount:
    """Count every figure of a pack again; raises CannotCount when there is no such pack."""
    try:
        with ZipFile(path) as archive:
            return recount(opened(archive))
    except (BadZipFile, OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error) as error:
        raise CannotCount(f"the pack cannot be read: {error}") from None


def opened(archive: ZipFile) -> Pack:
    """The pack in a zip file; a file that would not fit into memory raises CannotCount."""

    def reader(entry: ZipInfo) -> Callable[[], bytes]:
        def read() -> bytes:
            if entry.file_size > MAX_BYTES:
                raise CannotCount(f"{entry.filename} is too large")
            return archive.read(entry)

        return read

    entries = [entry for entry in archive.infolist() if "/data/" in entry.filename]
    return Pack({entry.filename.split("/data/", 1)[1]: reader(entry) for entry in entries})


def recount(pack: Pack) -> Recount:
    """Count every figure of an opened pack again."""
    try:
        told: dict[str, Any] = json.loads(pack.read(f"{FOLDER}/{FIGURES}"))
    except ValueError as error:
        raise CannotCount(f"{FIGURES} cannot be read: {error}") from None
    tables: dict[str, Table] = {}
    differences: list[Difference] = []
    rows: dict[str, list[Row]] = {}
    for figure in told["figures"]:
        try:
            value, rows[figure["id"]] = _counted(figure["operation"], pack, tables)
        except (CannotCount, KeyError, ValueError, TypeError) as error:
            differences.append(Difference(str(figure.get("id")), f"cannot be counted: {error}"))
        else:
            if value != figure["value"]:
                what = f"{figure['name']['en']}: {figure['value']}, counted were {value}"
                differences.append(Difference(figure["id"], what))
    origins = pack.origins([row for own in rows.values() for row in own])
    for figure in told["figures"]:
        found = origins.of(figure["operation"]["table"], rows.get(figure["id"], ()))
        if found != figure["rows"] and figure["id"] in rows:
            what = f"{figure['name']['en']}: its rows are not those it names"
            differences.append(Difference(figure["id"], what))
    for language in told["languages"]:
        differences += _of_letter(pack, language, told)
    left = {one["id"]: one["not_recomputed"]["en"] for one in told["figures"] if _is_open(one)}
    return Recount(
        len(told["figures"]),
        tuple(differences),
        tuple(one["id"] for one in told["figures"] if one["screened"] and not _is_open(one)),
        tuple(Difference(name, why) for name, why in left.items()),
    )


def _is_open(figure: Mapping[str, Any]) -> bool:
    return bool(figure.get("not_recomputed"))


def _counted(
    operation: Mapping[str, Any], pack: Pack, tables: dict[str, Table]
) -> tuple[str, list[Row]]:
    name = operation["table"]
    if name not in tables:
        tables[name] = Table(*pack.rows(name))
    return counted(operation, tables[name])


# ---------------------------------------------------------------- the letters


def _of_letter(pack: Pack, language: str, told: Mapping[str, Any]) -> Iterator[Difference]:
    """Hold the figures in the letter of a language, in each of its forms, against figures.json."""
    values = {figure["id"]: figure["value"] for figure in told["figures"]}
    model = f"{FOLDER}/letter.{language}.json"
    stated = list(marks_in(json.loads(pack.read(model))))
    yield from _held(model, stated, values)
    if sorted({name for name, _ in stated}) != sorted(told["languages"][language]):
        yield Difference(model, "does not tell the figures that figures.json says it tells")
    for name in pack.names():
        if (match := _PAPERS.fullmatch(name)) and match[1] == language:
            try:
                links = links_of(pack.read(name), match[2])
            except (BadZipFile, KeyError, ValueError, ElementTree.ParseError) as error:
                yield Difference(name, f"cannot be read: {error}")
                continue
            yield from _held(name, links, values)
            if match[2] == "html":
                yield from _missing(name, stated, links)


def _held(
    where: str, found: Iterable[tuple[str, str]], values: Mapping[str, str]
) -> Iterator[Difference]:
    for figure, text in dict.fromkeys(found):
        if figure not in values:
            yield Difference(figure, f"stands in {where}, but nothing says how it was counted")
        elif text != values[figure]:
            yield Difference(figure, f"{where} says {text}, counted were {values[figure]}")


def _missing(
    where: str, stated: Iterable[tuple[str, str]], found: Iterable[tuple[str, str]]
) -> Iterator[Difference]:
    short = Counter(name for name, _ in stated) - Counter(name for name, _ in found)
    for figure in sorted(short):
        yield Difference(figure, f"is told fewer times in {where} than in the letter's data")


def marks_in(model: Any) -> Iterator[tuple[str, str]]:
    """Id and text of every figure in a letter's data, where each stands as {"figure", "text"}."""
    if isinstance(model, dict):
        if set(model) == {"figure", "text"}:
            yield str(model["figure"]), str(model["text"])
            return
        model = list(model.values())
    if isinstance(model, list):
        for one in model:
            yield from marks_in(one)


def links_of(content: bytes, kind: str) -> list[tuple[str, str]]:
    """Id and text of every link to a figure in a letter as HTML or as Word."""
    if kind == "html":
        page = _Page()
        page.feed(content.decode("utf-8"))
        return page.links
    with ZipFile(io.BytesIO(content)) as document:
        if document.getinfo("word/document.xml").file_size > MAX_BYTES:
            raise ValueError("too large")
        body = ElementTree.fromstring(document.read("word/document.xml"))  # noqa: S314
    return [
        (anchor, "".join(text.text or "" for text in link.iter(f"{_WORD}t")))
        for link in body.iter(f"{_WORD}hyperlink")
        if _ID.fullmatch(anchor := link.get(f"{_WORD}anchor", ""))
    ]


class _Page(HTMLParser):
    """The links of a page that lead to a figure."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self._open = ""
        self._said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = (dict(attrs).get("href") or "").removeprefix("#")
        if tag == "a" and _ID.fullmatch(target):
            self._open, self._said = target, ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self._said += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open:
            self.links.append((self._open, self._said))
            self._open = ""


def main(arguments: list[str]) -> int:
    """Count one pack again and say so; 0 all came out, 1 something did not, 2 no such pack."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python recompute.py PACK.zip\n")
        return 2
    try:
        found = recompute(Path(arguments[0]))
    except CannotCount as error:
        sys.stderr.write(f"{error}: {arguments[0]}\n")
        return 2
    for one in found.differences:
        sys.stdout.write(f"{one.where}: {one.what}\n")
    for one in found.open:
        sys.stdout.write(f"{one.where} was not recomputed: {one.what}\n")
    verdict = f"{len(found.differences)} DIFFERENCES" if found.differences else "no difference"
    sys.stdout.write(f"{found.figures} figures, {verdict}. {len(found.open)} not recomputed.\n")
    if found.screened:
        sys.stdout.write(
            f"{len(found.screened)} of them were read from what the screening said; "
            "`workbench verify PACK.zip --recompute` screens the masked tables again.\n"
        )
    return 1 if found.differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
