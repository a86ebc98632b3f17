"""Tables of any shape give a report: without rows, with one row, with nothing but empty cells."""

import pandas as pd

from workbench.charts import quality_figures
from workbench.quality import quality_report, report_tables, summary_lines
from workbench.tables import TABLES

from .made import NOW, tables_of

ONE = {
    "text": "x",
    "money": 1,
    "number": 1.5,
    "integer": 1,
    "time": "2025-05-01 10:00",
    "date": "2025-05-01",
}


def tables_with(cells, names=tuple(TABLES)):
    """Canonical tables, each with one row per kind of cell."""
    return tables_of(
        **{
            name: (
                " ".join(column.name for column in table.columns),
                [[cell(column) for column in table.columns] for cell in cells],
            )
            for name, table in TABLES.items()
            if name in names
        }
    )


def whole(column):
    return ONE[column.type]


def empty(column):
    return ONE[column.type] if column.required else None


def told(tables):
    report = quality_report(tables, [], needs={"a": ("orders.ip",)}, now=NOW)
    assert summary_lines(report, "zh")
    assert len(report_tables(report, "zh")) == 14
    return report


def test_every_table_with_a_full_and_an_empty_row():
    report = told(tables_with([whole, empty]))
    assert set(report.completeness.table) == set(TABLES)
    assert report.completeness.groupby(["table", "column"]).rows.sum().eq(2).all()
    assert list(quality_figures(report, "zh")) == ["order-days", "completeness"]


def test_tables_without_a_row():
    report = told(tables_with([], ("orders", "shipment_events", "reviews")))
    assert report.days.empty
    assert quality_figures(report, "en") == {}


def test_orders_without_a_usable_time():
    tables = tables_of(orders=("order_id created_at", [("1", None), ("2", "2999-01-01")]))
    report = quality_report(tables, [], needs={}, now=NOW)
    assert report.days.empty
    assert pd.isna(report.coverage["first"][0])
    assert report.odd_values.rows.set_index("code").found["in_the_future"] == 1
    assert summary_lines(report, "zh")
