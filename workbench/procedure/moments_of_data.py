"""What the shop's own tables tell of orders: placed, paid, packed, shipped, scanned, reviewed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
from ibis.expr.types import Table

from workbench.procedure.moments import Moment
from workbench.rows import each
from workbench.tables import Tables

__all__ = ["moments_of_data", "scan_step"]

_ORDER_STEPS = {
    "created_at": "placed",
    "paid_at": "paid",
    "shipped_at": "shipped",
    "completed_at": "confirmed",
}
_REFUND_STEPS = {"requested_at": "refund_asked", "finished_at": "refund_done"}
_APART = re.compile(r"[,，;；、/|]+")


def moments_of_data(tables: Tables, order_ids: Sequence[str]) -> list[Moment]:
    """Every moment that the tables hold of these orders, and of the campaigns they fell in."""
    wanted = ibis.memtable(pd.DataFrame({"order_id": list(dict.fromkeys(order_ids))}, dtype="str"))
    found = [
        *_of_orders(tables, wanted, "orders", _ORDER_STEPS),
        *_of_orders(tables, wanted, "refunds", _REFUND_STEPS),
        *_of_reviews(tables, wanted),
        *_of_parcels(tables, wanted),
    ]
    return [*found, *_of_campaigns(tables, wanted)]


def _of_orders(tables: Tables, wanted: Table, name: str, steps: dict[str, str]) -> Iterator[Moment]:
    """Columns of times as moments; lines of one order that say the same are one moment."""
    frame = _rows(tables, name, wanted, list(steps))
    for column, step in steps.items():
        if column not in frame.columns:
            continue
        told = frame.dropna(subset=column).drop_duplicates(["order_id", column])
        for row in each(told[["order_id", column, "source_file", "source_row"]]):
            yield Moment(
                row[1].to_pydatetime(),
                step,
                row.order_id,
                source_file=row.source_file,
                source_row=int(row.source_row),
            )


def _of_reviews(tables: Tables, wanted: Table) -> Iterator[Moment]:
    frame = _rows(tables, "reviews", wanted, ["posted_at", "rating"])
    for row in frame.to_dict("records"):
        if pd.isna(row["posted_at"]):
            continue
        rating = row.get("rating")
        stars = "" if rating is None or pd.isna(rating) else f"{rating:g}"
        yield Moment(
            row["posted_at"].to_pydatetime(),
            "reviewed",
            row["order_id"],
            figures={"rating": stars},
            source_file=row["source_file"],
            source_row=int(row["source_row"]),
        )


def _of_parcels(tables: Tables, wanted: Table) -> Iterator[Moment]:
    """Shipments and scans of the waybills of these orders; a shared one counts for each order."""
    links = _links(tables, wanted)
    if links.empty:
        return
    for name, column in (("shipments", "shipped_at"), ("shipment_events", "occurred_at")):
        for row in _of_waybills(tables, name, column, links).to_dict("records"):
            if pd.isna(row[column]):
                continue
            place = row.get("place")
            step = "handed_over" if name == "shipments" else scan_step(row)
            yield Moment(
                row[column].to_pydatetime(),
                step,
                row["order_id"],
                figures={
                    "parcel": row["waybill"],
                    "place": place.strip() if isinstance(place, str) else "",
                },
                source_file=row["source_file"],
                source_row=int(row["source_row"]),
                waybill=row["waybill"],
            )


def scan_step(row: Mapping[Any, Any]) -> str:
    """What a scan says happened: picked, collected, moved, signed, or only scanned.

    The carrier's state is read first, and its words where the state says none of it.
    """
    for text in (row.get("status"), row.get("text")):
        if not isinstance(text, str):
            continue
        for step, seen in _SCANS:
            if seen.search(text):
                return step
    return "scanned"


def _scan_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    own = tomllib.loads(Path(__file__).with_name("scans.toml").read_text("utf-8"))
    # How carriers tell collection and signature is written down once, for the detectors.
    carriers = tomllib.loads((files("workbench.detect") / "scans.toml").read_text("utf-8"))
    words = {
        "signed": carriers["signed"],
        "picked": own["picked"],
        "collected": carriers["collected"],
        "moved": carriers["moving"],
    }
    return tuple((step, re.compile(text, re.IGNORECASE)) for step, text in words.items())


_SCANS = _scan_words()


def _links(tables: Tables, wanted: Table) -> pd.DataFrame:
    """Which waybills belong to which orders: order_id, waybill, each pair once."""
    parts = [
        _rows(tables, name, wanted, ["tracking_no"])
        for name in ("orders", "shipments")
        if name in tables and {"order_id", "tracking_no"} <= set(tables[name].columns)
    ]
    pairs = [
        (row.order_id, waybill)
        for part in parts
        for row in each(part[["order_id", "tracking_no"]].dropna().drop_duplicates())
        for waybill in map(_waybill, _APART.split(row.tracking_no))
        if waybill
    ]
    return pd.DataFrame(pairs, columns=["order_id", "waybill"], dtype="str").drop_duplicates()


def _waybill(text: str) -> str:
    """A waybill as it is compared; "" for a masked one."""
    return "" if "*" in text else re.sub(r"[\s\-]", "", text).upper()


def _of_waybills(tables: Tables, name: str, column: str, links: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table of parcels with order_id and waybill; those without a time left out."""
    table = tables.get(name)
    if table is None or column not in table.columns:
        return pd.DataFrame(columns=[column])
    told = [one for one in ("status", "text", "place") if one in table.columns]
    waybill = table.tracking_no.re_replace(r"[\s\-]", "").upper()
    rows = table.select(column, "source_file", "source_row", *told, waybill=waybill)
    wanted = ibis.memtable(links)
    return rows.inner_join(wanted, "waybill").to_pandas()


def _of_campaigns(tables: Tables, wanted: Table) -> Iterator[Moment]:
    """Campaigns in which one of the orders was placed, each once: begin and end."""
    if "campaigns" not in tables:
        return
    placed = _rows(tables, "orders", wanted, ["created_at", "product_id"])
    if "created_at" not in placed.columns:
        return
    placed = placed.dropna(subset="created_at").drop_duplicates()
    frame = tables["campaigns"].to_pandas().dropna(subset=["starts_at", "ends_at"])
    seen: set[tuple[object, ...]] = set()
    for row in frame.sort_values(["source_file", "source_row"]).to_dict("records"):
        key = (row["name"], row["starts_at"], row["ends_at"])
        if key in seen or not _was_on(row, placed):
            continue
        seen.add(key)
        for step, column in (("campaign_starts", "starts_at"), ("campaign_ends", "ends_at")):
            yield Moment(
                row[column].to_pydatetime(),
                step,
                figures={"name": row["name"]},
                source_file=row["source_file"],
                source_row=int(row["source_row"]),
            )


def _was_on(campaign: dict[str, Any], placed: pd.DataFrame) -> bool:
    during = placed["created_at"].between(campaign["starts_at"], campaign["ends_at"])
    item = campaign.get("product_id")
    if isinstance(item, str) and item and "product_id" in placed.columns:
        during &= placed["product_id"].eq(item) | placed["product_id"].isna()
    return bool(during.any())


def _rows(tables: Tables, name: str, wanted: Table, columns: list[str]) -> pd.DataFrame:
    """The rows of a table that belong to the orders, in the order of their files."""
    table = tables.get(name)
    if table is None or "order_id" not in table.columns:
        return pd.DataFrame(columns=["order_id", "source_file", "source_row"])
    kept = [one for one in columns if one in table.columns]
    rows = table.semi_join(wanted, "order_id")
    told = rows.select("order_id", "source_file", "source_row", *kept)
    return told.order_by(["source_file", "source_row"]).to_pandas()
