"""The canonical tables: what they are called, which columns they have, and how to read them."""

from workbench.tables.definition import TABLES, Column, Table
from workbench.tables.memory import memory_tables
from workbench.tables.order_changes import order_changes
from workbench.tables.stored import Tables, read_tables, shop_names, shop_tables

__all__ = [
    "TABLES",
    "Column",
    "Table",
    "Tables",
    "memory_tables",
    "order_changes",
    "read_tables",
    "shop_names",
    "shop_tables",
]
