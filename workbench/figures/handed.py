"""Write tables so that a spreadsheet runs nothing of them, and read them into an engine again."""

from __future__ import annotations

import csv
import gzip
import io

import ibis
import pandas as pd
from ibis.backends import BaseBackend

from workbench.figures.ledger import cell_text, column_texts
from workbench.figures.masked.addresses import places_again
from workbench.figures.recompute import Pack
from workbench.tables import TABLES, Tables

__all__ = ["handed_tables", "written"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
_PACKED_BYTES = 4 * 1024**2
_IBIS_TYPES = {
    "text": "string",
    "money": "decimal(18, 4)",
    "time": "timestamp",
    "date": "date",
    "integer": "int64",
    "number": "float64",
}
_ROW_NUMBERS = {"source_row": "int64", "detail_row": "int64"}


def written(name: str, frame: pd.DataFrame) -> tuple[str, bytes]:
    """A table as a CSV file in UTF-8: its path under reproduce/, and its bytes.

    A text that a spreadsheet would run has an apostrophe in front, and so has one that begins
    with an apostrophe; an empty text is one apostrophe, and a missing value is an empty cell.
    Large tables are packed by gzip. The same table gives the same bytes.
    """
    out = io.StringIO(newline="")
    # With both signs in the end of a line, cells that hold either are quoted.
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(frame.columns)
    columns = [column_texts(frame[column], _cell) for column in frame.columns]
    writer.writerows(zip(*columns, strict=True))
    content = out.getvalue().encode("utf-8", "replace")
    if len(content) <= _PACKED_BYTES:
        return f"{name}.csv", b"\xef\xbb\xbf" + content
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:
        file.write(content)
    return f"{name}.csv.gz", packed.getvalue()


def _cell(value: object) -> str:
    text = cell_text(value)
    if isinstance(value, str) and (not text or text.startswith(_FORMULA_STARTS)):
        return f"'{text}"
    return text


def handed_tables(engine: BaseBackend, pack: Pack) -> Tables:
    """The masked tables of a pack in an engine, ready to be screened again."""
    found = {}
    for name in (*TABLES, "places"):
        if pack.has(f"tables/{name}"):
            rows, columns = pack.raw_rows(f"tables/{name}")
            frame = pd.DataFrame(list(rows), columns=list(columns), dtype="object")
            for column in frame:
                frame[column] = [_value(cell) for cell in frame[column]]
            found[name] = _typed(engine, name, frame)
    if "places" in found:
        found["places"] = places_again(found["places"])
    return found


def _value(cell: str) -> str | None:
    return cell.removeprefix("'") if cell else None


def _typed(engine: BaseBackend, name: str, frame: pd.DataFrame) -> ibis.Table:
    types = (
        {column.name: _IBIS_TYPES[column.type] for column in TABLES[name].columns}
        if (name in TABLES)
        else {}
    )
    texts = ibis.memtable(frame, schema=dict.fromkeys(map(str, frame.columns), "string"))
    wanted = {**types, **_ROW_NUMBERS}
    cast = {c: texts[c].cast(wanted.get(c, "string")) for c in texts.columns}
    return engine.create_table(ibis.util.gen_name(name), texts.mutate(**cast), temp=True)
