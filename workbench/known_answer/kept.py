"""Keep the answers beside the results of a case, and tell whether they still hold for its data."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from workbench.errors import BadInput
from workbench.tables.loads import LOADS_FILE

__all__ = ["FILE", "read_known_answers", "write_known_answers"]

FILE = "known_answer.parquet"
_OF = b"loads_sha256"


def write_known_answers(rows: pd.DataFrame, results: Path, tables: Path) -> Path:
    """Leave the rows in `results`, marked with the loads in `tables` that they were made from.

    The file is written aside and then renamed, so a reader never meets half of it.
    """
    results.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pandas(rows, preserve_index=False)
    marked = table.replace_schema_metadata({**(table.schema.metadata or {}), _OF: _loads(tables)})
    handle, name = tempfile.mkstemp(dir=results, prefix=".known_answer-", suffix=".parquet")
    os.close(handle)
    aside = Path(name)
    try:
        pq.write_table(marked, aside)
        aside.replace(results / FILE)
    finally:
        aside.unlink(missing_ok=True)
    return results / FILE


def read_known_answers(results: Path, tables: Path) -> pd.DataFrame | None:
    """The rows in `results`; None where there are none, or other data were loaded since.

    Raises BadInput when the file cannot be read.
    """
    path = results / FILE
    if not path.is_file():
        return None
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        first = str(error).splitlines()[0]
        raise BadInput(
            f"A result cannot be read: {first}",
            str(path),
            "Run `workbench known-answer --case DIR` again",
        ) from error
    if (table.schema.metadata or {}).get(_OF) != _loads(tables):
        return None
    return table.to_pandas()


def _loads(tables: Path) -> bytes:
    """What the loads of a case are known by."""
    book = tables / LOADS_FILE
    return hashlib.sha256(book.read_bytes() if book.is_file() else b"").hexdigest().encode()
