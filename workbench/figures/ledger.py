"""The tables that figures are counted from, as they are handed over in `reproduce/`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import ibis
import pandas as pd

from workbench.errors import BadInput
from workbench.figures.marks import defused
from workbench.figures.recompute import Origins, Row, Table
from workbench.rows import each
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["Ledger", "cell_text", "column_texts", "said_id", "said_rows", "text_rows"]

_PLACES = ("source_file", "source_row", "detail_file", "detail_row")


class Ledger:
    """Tables by name (`case/orders`, `results/said`, …) and where their rows were read from.

    A table is a frame, or a function that gives it when it is asked for. `tables` are the
    canonical ones: rows that name an order are looked up in its `orders`, and those that are not
    in the data in its `notices`.
    """

    def __init__(
        self, frames: Mapping[str, pd.DataFrame | Callable[[], pd.DataFrame]], tables: Tables
    ) -> None:
        self._frames = dict(frames)
        self._sources = tables
        self._texts: dict[str, Table] = {}

    @property
    def names(self) -> list[str]:
        """The names of the tables, sorted."""
        return sorted(self._frames)

    def frame(self, name: str) -> pd.DataFrame:
        """A table as a frame; raises BadInput where there is none of this name."""
        found = self._frames.get(name)
        if found is None:
            raise BadInput(f"There is no table {name} to count figures from")
        if not isinstance(found, pd.DataFrame):
            found = self._frames[name] = found()
        return found

    def table(self, name: str) -> Table:
        """A table as texts, as `recompute.py` reads it."""
        if name not in self._texts:
            frame = self.frame(name)
            self._texts[name] = Table(text_rows(frame), tuple(map(str, frame.columns)))
        return self._texts[name]

    def origins(self, rows: Collection[Row]) -> Origins:
        """Where the orders that these rows name, or whose groups they name, were read from."""
        found = Origins()
        named = {row["group_id"] for row in rows if _stands_for_group(row)}
        wanted = {row["order_id"] for row in rows if row.get("order_id")}
        if named:
            orders = self.frame("results/orders")
            for row in each(orders.loc[orders["group_id"].isin(named), ["group_id", "order_id"]]):
                found.groups.setdefault(row.group_id, []).append(row.order_id)
                wanted.add(row.order_id)
        for name in ("orders", "notices"):
            missing = sorted(wanted - set(found.orders))
            for row in _located(self._sources, name, missing):
                found.add(f"tables/{name}", row)
        return found


def _stands_for_group(row: Row) -> bool:
    return bool(row.get("group_id")) and not row.get("order_id") and not row.get("source_file")


def _located(tables: Tables, name: str, order_ids: list[str]) -> Iterator[Row]:
    table = tables.get(name)
    if table is None or not order_ids or "order_id" not in table.columns:
        return
    wanted = ibis.memtable({"order_id": order_ids}, schema={"order_id": "string"})
    columns = ["order_id", *(c for c in _PLACES if c in table.columns)]
    yield from text_rows(table.semi_join(wanted, "order_id").select(*columns).to_pandas())


def text_rows(frame: pd.DataFrame) -> Iterator[dict[str, str]]:
    """The rows of a frame as texts, by column."""
    names = list(map(str, frame.columns))
    for values in zip(*(column_texts(frame[name]) for name in frame.columns), strict=True):
        yield dict(zip(names, values, strict=True))


def column_texts(values: pd.Series, text: Callable[[Any], str] | None = None) -> list[str]:
    """The values of a column as they stand in a table (see `cell_text`); "" for missing ones.

    `text` words a value in another way. Each different value is worded once.
    """
    told = text or cell_text
    try:
        codes, different = pd.factorize(values, use_na_sentinel=True)
    except TypeError:
        # Lists cannot be told apart by their hash.
        return [told(value) for value in values.tolist()]
    texts = [*map(told, different.tolist()), ""]
    return [texts[code] for code in codes.tolist()]


def cell_text(value: Any) -> str:
    """A value as it stands in a table: yes or no, ISO 8601, plain numbers; "" for none."""
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def said_id(text: str) -> str:
    """What a sentence of the screening is called: the beginning of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def said_rows(assessment: Assessment) -> pd.DataFrame:
    """Everything that the screening says of its groups, one row per text.

    id (see `said_id`), group_id, kind ("sentence", the name of an innocent explanation, or that
    of a reading), language, text.
    """
    rows = [
        (said_id(defused(text)), group_id, kind, language, defused(text))
        for group_id, kind, language, text in _said(assessment.groups)
    ]
    frame = pd.DataFrame(rows, columns=["id", "group_id", "kind", "language", "text"])
    by = ["group_id", "language", "kind", "id"]
    return frame.drop_duplicates().sort_values(by, ignore_index=True)


def _said(groups: pd.DataFrame) -> Iterable[tuple[str, str, str, str]]:
    for row in each(groups):
        for language in ("zh", "en"):
            yield row.group_id, "sentence", language, getattr(row, f"sentence_{language}")
            for test in _list(row.explanation_tests):
                yield row.group_id, test["test"], language, test[language]
            for reading in _list(getattr(row, "readings", "")):
                for side in ("for", "against", "unknown"):
                    for told in reading[side]:
                        yield row.group_id, reading["reading"], language, told[language]


def _list(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, str):
        return list(json.loads(value)) if value else []
    return list(value) if isinstance(value, (list, tuple)) else []
