"""Files made by hand for the tests, under each platform's real headers, and a way to load them."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from workbench.load import LoadReport, load_files

_HEADERS = tomllib.loads(Path(__file__).with_name("headers.toml").read_text("utf-8"))
AMAZON, DOUYIN, PINDUODUO, SHOPIFY, TAOBAO = (
    _HEADERS[name] for name in ("amazon", "douyin", "pinduoduo", "shopify", "taobao")
)


def text_file(
    path: Path,
    headers: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    end: str = "\r\n",
) -> Path:
    """Write rows given as {header: cell} under the headers; cells not given are empty."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    if delimiter == "\t":
        writer = csv.writer(
            text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_NONE, quotechar=None
        )
    writer.writerow(headers)
    for row in rows:
        unknown = set(row) - set(headers)
        assert not unknown, f"no such headers: {unknown}"
        writer.writerow([row.get(header, "") for header in headers])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def load(
    case: Path, *files: Path, zone: str = "Asia/Shanghai", currency: str = "CNY", **options: Any
) -> list[LoadReport]:
    """Load files into `case`/tables and `case`/sources."""
    return load_files(
        files,
        tables_dir=case / "tables",
        sources_dir=case / "sources",
        zone=zone,
        currency=currency,
        **options,
    )


def loaded(case: Path, report: LoadReport) -> list[dict[str, Any]]:
    """The rows that a file came to, as they lie in the case."""
    return pq.read_table(case / "tables" / report.table / f"{report.sha256}.parquet").to_pylist()


def quarantined(case: Path, report: LoadReport) -> list[tuple[int, str, str, str]]:
    """(row, column, value, reason) of every problem of a file."""
    path = case / "tables" / report.table / f"{report.sha256}.quarantine.parquet"
    return [
        (row["source_row"], row["column"], row["value"], row["reason"])
        for row in pq.read_table(path).to_pylist()
    ]


def content(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


ORDERS = ["order_id", "created_at", "status", "paid_amount", "quantity", "buyer_message"]


def order(number: int, **cells: str) -> dict[str, str]:
    """A row of the canonical orders that is right in every cell, but for what `cells` says."""
    row = {
        "order_id": f"A{number}",
        "created_at": "2026-01-02 03:04:05",
        "status": "paid",
        "paid_amount": "12.50",
        "quantity": "1",
    }
    return {**row, **cells}
