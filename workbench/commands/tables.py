"""Open the tables of a case."""

from __future__ import annotations

from ibis.backends import BaseBackend

from workbench.case import Case
from workbench.engine import connect
from workbench.errors import BadInput
from workbench.tables import Tables, read_tables

__all__ = ["open_tables"]


def open_tables(case: Case, engine: BaseBackend | None = None) -> Tables:
    """The canonical tables of a case, in an engine of their own where none is given.

    Raises BadInput when no orders have been loaded yet.
    """
    tables = read_tables(engine or connect(), case.tables_dir)
    if "orders" not in tables:
        raise BadInput(
            "No orders have been loaded into this case yet",
            str(case.path),
            "Run `workbench load FILE… --case DIR` with an order export of the shop",
        )
    return tables
