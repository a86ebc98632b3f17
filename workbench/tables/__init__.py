"""The canonical tables: what they are called, which columns they have, and how to read them."""

from workbench.tables.definition import TABLES, Column, Table
from workbench.tables.memory import memory_tables
from workbench.tables.stored import Tables, read_tables

__all__ = ["TABLES", "Column", "Table", "Tables", "memory_tables", "read_tables"]
