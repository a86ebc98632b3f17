"""Open the engine that holds the tables."""

from __future__ import annotations

from pathlib import Path

import ibis
from ibis.backends import BaseBackend

__all__ = ["connect"]


def connect(
    url: str | None = None, *, threads: int | None = None, spill_to: Path | None = None
) -> BaseBackend:
    """An Ibis connection: DuckDB in this process, or the backend that `url` names.

    `threads` and `spill_to` (a folder for what does not fit into memory) apply to DuckDB.
    DuckDB is told never to fetch an extension: shop data and the fact that somebody looks at
    them stay on this machine.
    """
    if url is not None:
        return ibis.connect(url)
    connection = ibis.duckdb.connect()
    settings: dict[str, object] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "enable_progress_bar": False,
    }
    if threads is not None:
        settings["threads"] = threads
    if spill_to is not None:
        settings["temp_directory"] = str(spill_to)
    for name, value in settings.items():
        connection.raw_sql(f"SET {name} = {_literal(value)}")
    return connection


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"
