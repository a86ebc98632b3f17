"""Open the engine that holds the tables."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import ibis
from ibis.backends import BaseBackend

from workbench.errors import BadInput

__all__ = ["connect"]

# Masters as Spark itself names them.
_SPARK = re.compile(r"local(\[.*\])?|spark://.+|yarn|k8s://.+")


def connect(
    url: str | None = None, *, threads: int | None = None, spill_to: Path | None = None
) -> BaseBackend:
    """An Ibis connection: DuckDB in this process, or the engine that `url` names.

    `url` is a Spark master (local[2], spark://host:7077, yarn) or the URL of an Ibis backend.
    `spill_to` is a folder for what does not fit into memory, `threads` applies to DuckDB.
    DuckDB is told never to fetch an extension: shop data and the fact that somebody looks at
    them stay on this machine.
    """
    if url is not None and _SPARK.fullmatch(url):
        return _spark(url, spill_to)
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


def _spark(master: str, spill_to: Path | None) -> BaseBackend:
    try:
        from workbench.engine.spark import spark
    except ImportError:
        raise BadInput(
            "Spark is not installed", master, "Run `pip install 'order-workbench[spark]'`"
        ) from None
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise BadInput("Spark needs Java, and there is none", master, "Install Java 17")
    return spark(master, spill_to)


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"
