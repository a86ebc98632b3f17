"""Every canonical table of a shop, masked so that it can be screened again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import ibis
import pandas as pd

from workbench.case.scrub import scrub
from workbench.figures.masked.addresses import coded_addresses, coded_places
from workbench.figures.masked.codes import Codes
from workbench.figures.masked.talk import TalkCodes
from workbench.figures.masked.words import memo_words, scan_words
from workbench.tables import TABLES, Column, Tables

__all__ = ["masked_tables"]

_PLACES = ("source_file", "source_row", "detail_file", "detail_row")
# Texts that no step of the screening reads.
_UNREAD = frozenset({("refunds", "reason")})
_TALK = {"buyer_message": "buyer", "seller_memo": "seller"}
_NUMBERED = ("_id", "_no", "_hashes", "seller_sku", "currency", "sku")


def masked_tables(tables: Tables, key: bytes) -> Iterator[tuple[str, pd.DataFrame]]:
    """Name and rows of each table, one after the other, sorted by the place in their sources.

    The table `places` says which coded addresses are one place (see
    `workbench.figures.masked.addresses`). `key` is the secret of the case: without it no code
    leads to a value.
    """
    rules = _Rules(tables, Codes(key))
    for name in sorted(set(tables) & set(TABLES)):
        frame = tables[name].to_pandas()
        by = [column for column in _PLACES[:2] if column in frame]
        frame = frame.sort_values(by, kind="stable", ignore_index=True)
        yield name, rules.masked(name, frame)
    if "orders" in tables and "address" in tables["orders"].columns:
        yield "places", coded_places(tables["orders"], rules.addresses, rules.codes)


class _Rules:
    """What becomes of each column."""

    def __init__(self, tables: Tables, codes: Codes) -> None:
        self.codes = codes
        self.addresses = _addresses(tables, codes)
        self._talk = TalkCodes(codes, _buyers_lines(tables))
        self._orders = _order_ids(tables) if "payments" in tables else frozenset()

    def masked(self, table: str, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame with every personal column coded; columns that nothing reads are left out."""
        kept = {}
        for name in frame.columns:
            if name in _PLACES:
                kept[name] = frame[name]
                continue
            column = TABLES[table].column(name)
            if column.mask == "drop" or (table, name) in _UNREAD:
                continue
            kept[name] = self._column(table, column, frame)
        return pd.DataFrame(kept, index=frame.index)

    def _column(self, table: str, column: Column, frame: pd.DataFrame) -> pd.Series:
        values = frame[column.name]
        if column.mask in ("alias", "name"):
            return _each(values, self.codes.value)
        if column.mask == "phone":
            return _each(values, self.codes.phone)
        if column.mask == "address":
            return _each(values, self.addresses.__getitem__)
        if column.mask == "text":
            return self._text(table, column.name, frame)
        if column.mask is not None:
            raise KeyError(f"there is no mask rule {column.mask}")
        if column.type == "text" and not column.name.endswith(_NUMBERED):
            return _each(values, scrub)
        return values

    def _text(self, table: str, name: str, frame: pd.DataFrame) -> pd.Series:
        if table == "shipment_events":
            return _each(frame[name], scan_words)
        if table == "payments":
            return _each(frame[name], lambda text: memo_words(text, self._orders))
        if table == "messages":
            told = [
                self._talk.text(str(text), str(who), "chat") if pd.notna(text) else None
                for text, who in zip(frame[name], frame["speaker"], strict=True)
            ]
            return pd.Series(told, frame.index, dtype="object")
        return _each(frame[name], lambda text: self._talk.text(text, _TALK[name], "note"))


def _each(values: pd.Series, rule: Callable[[str], str]) -> pd.Series:
    """The rule applied once per different value; missing ones stay so."""
    codes, different = pd.factorize(values, use_na_sentinel=True)
    done = [rule(str(value)) for value in different]
    return pd.Series([done[n] if n >= 0 else None for n in codes], values.index, dtype="object")


def _addresses(tables: Tables, codes: Codes) -> dict[str, str]:
    parts = [
        tables[name].select("address")
        for name in ("orders", "staff")
        if name in tables and "address" in tables[name].columns
    ]
    if not parts:
        return {}
    return coded_addresses(ibis.union(*parts) if len(parts) > 1 else parts[0], codes)


def _buyers_lines(tables: Tables) -> list[str]:
    messages = tables.get("messages")
    if messages is None:
        return []
    own = messages.filter(messages.speaker == "buyer", messages.text.notnull())
    return own.select("text").distinct().to_pandas().text.tolist()


def _order_ids(tables: Tables) -> frozenset[str]:
    return frozenset(tables["orders"].select("order_id").distinct().to_pandas().order_id.dropna())
