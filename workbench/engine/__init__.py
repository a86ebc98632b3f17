"""The engine under all tables: DuckDB by default, any other Ibis backend by URL."""

from workbench.engine.compiled_once import compiled_once
from workbench.engine.connection import connect
from workbench.engine.keeping import Keep, keeping
from workbench.engine.once_per_table import forget, once_per_table

__all__ = ["Keep", "compiled_once", "connect", "forget", "keeping", "once_per_table"]
