"""Open the engine that holds the tables."""

from __future__ import annotations

import os
import re
import shutil
import socket
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
    them stay on this machine. Raises BadInput where the engine cannot be opened.
    """
    if url is not None:
        return _other(url, spill_to)
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


def _other(url: str, spill_to: Path | None) -> BaseBackend:
    try:
        return _spark(url, spill_to) if _SPARK.fullmatch(url) else ibis.connect(url)
    except BadInput:
        raise
    # Every engine has errors of its own, and a user can mend each of them only by another URL.
    except Exception as error:
        raise BadInput(
            f"This engine cannot be opened ({_reason(error)})",
            url,
            "Name a Spark master (local[2], spark://HOST:7077) or the URL of an Ibis backend",
        ) from error


def _reason(error: Exception) -> str:
    """The first line of what an error says; of one from Java, of what Java says."""
    java = getattr(error, "java_exception", None)
    said = str(error if java is None else java.getMessage()).strip()
    return said.splitlines()[0] if said else type(error).__name__


def _spark(master: str, spill_to: Path | None) -> BaseBackend:
    try:
        from workbench.engine.spark import spark
    except ImportError:
        raise BadInput("Spark is not installed", master, "Run `pip install '.[spark]'`") from None
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise BadInput("Spark needs Java, and there is none", master, "Install Java 17")
    if master.startswith("spark://"):
        _expect_answer(master)
    return spark(master, spill_to)


def _expect_answer(master: str) -> None:
    """Spark itself would try for more than a minute."""
    for address in master.removeprefix("spark://").split(","):
        host, _, port = address.rpartition(":")
        try:
            with socket.create_connection((host, int(port)), timeout=10):
                return
        except (OSError, ValueError):
            continue
    raise BadInput("No Spark master answers there", master, "Start it, or check HOST:PORT")


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"
