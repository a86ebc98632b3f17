"""The orders of a group, every row with the place in the shop's own file that it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ibis
import pandas as pd

from workbench.explain import Assessment
from workbench.load.report import LoadReport, report_path
from workbench.tables import TABLES, Tables

__all__ = ["group_orders", "member_ids", "orders_heading", "source_names"]

_SHOWN = (
    *("order_id", "created_at", "status", "buyer_id", "buyer_account", "buyer_name", "phone"),
    *("address", "device", "ip", "product_title", "product_id", "quantity", "paid_amount"),
    *("refund_amount", "carrier", "tracking_no", "buyer_message", "seller_memo"),
)


def member_ids(assessment: Assessment, group_id: str) -> list[str]:
    """Orders whose main group this is, sorted."""
    orders = assessment.orders
    return sorted(orders.loc[orders["group_id"] == group_id, "order_id"])


def group_orders(tables: Tables, order_ids: Sequence[str], tables_dir: Path) -> pd.DataFrame:
    """The order lines of `order_ids`, oldest first, unmasked: they are for the analyst.

    Columns: those of the orders table that an analyst compares and that hold anything, `named`
    (whether a notice of the platform names the order; absent without notices), `file` (name of
    the source file) and `source_row` (its row there, as a spreadsheet counts).
    """
    orders = tables["orders"]
    wanted = ibis.memtable(
        pd.DataFrame({"order_id": pd.Series(list(order_ids), dtype="str")}),
        schema={"order_id": "string"},
    )
    shown = [name for name in _SHOWN if name in orders.columns]
    rows = orders.semi_join(wanted, "order_id").select(*shown, "source_file", "source_row")
    frame = rows.to_pandas().sort_values(["created_at", "order_id", "source_row"])
    empty = [name for name in shown if frame[name].isna().all() and name != "order_id"]
    frame = frame.drop(columns=empty).reset_index(drop=True)
    if "notices" in tables and "order_id" in tables["notices"].columns:
        named = set(tables["notices"].order_id.to_pandas().dropna())
        frame.insert(1, "named", [order in named for order in frame["order_id"]])
    names = source_names(tables_dir, frame["source_file"].unique())
    frame["file"] = frame["source_file"].map(names)
    rest = [name for name in frame.columns if name not in ("file", "source_file", "source_row")]
    return frame[[*rest, "file", "source_row"]]


def source_names(tables_dir: Path, sources: Sequence[str]) -> dict[str, str]:
    """SHA-256 of a source of the orders table → the name of its file, or the hash itself."""
    names = {}
    for sha256 in sources:
        path = report_path(tables_dir, "orders", sha256)
        known = path.is_file()
        names[sha256] = LoadReport.from_json(path.read_text("utf-8")).file if known else sha256
    return names


def orders_heading(name: str, language: str) -> str:
    """What a reader calls a canonical column of the orders table; KeyError for another."""
    column = TABLES["orders"].column(name)
    return column.zh if language == "zh" else name.replace("_", " ")
