"""Take personal data out of the free texts of a case: reasons, notes, names of files."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial

import ibis
import pandas as pd

from workbench.case import Masker, mask_frame, scrub
from workbench.tables import TABLES, Tables

__all__ = ["Conceal", "concealer", "orders_of"]

Conceal = Callable[[str], str]

_PERSONAL = ("alias", "phone", "name", "address")
# Shorter values ("1", "*") would be found inside ordinary words.
_SHORTEST = 2
_SHORTEST_STREET = 4
# Those of workbench.figures.marks and workbench.appeal.render.links.
_MARKS = re.compile("[\ue000-\ue01f]")
_PLACE_END = re.compile(r"[省市州区县旗镇乡\s]")


def concealer(tables: Tables, order_ids: Sequence[str], masker: Masker | None) -> Conceal:
    """A function that makes a free text fit to be handed over.

    Besides contact details of any form (see `scrub`), it replaces every name, phone, address
    and account that the tables hold of these orders' buyers and of staff by its masked form.
    Numbers of these orders stay. Without a masker, texts stay what they are, but for the
    characters that mark figures and links, which strangers may not set.
    """
    if masker is None:
        return _unmarked
    known: dict[str, str] = {}
    for name in ("orders", "staff"):
        if name in tables:
            table = orders_of(tables[name], order_ids) if name == "orders" else tables[name]
            known |= _masked_forms(_personal(table.to_pandas(), name), name, masker)
    # Longest first: a name inside an address must not split it.
    words = [*sorted(known, key=len, reverse=True), *sorted(set(order_ids), key=len, reverse=True)]
    starts: dict[str, list[str]] = {}
    for word in words:
        starts.setdefault(word[:_SHORTEST], []).append(word)
    replace = partial(_replaced, known=known, kept=frozenset(order_ids))
    return lambda text: "".join(replace(part) for part in _parts(_unmarked(text), starts))


def orders_of(table: ibis.Table, order_ids: Collection[str]) -> ibis.Table:
    """The rows of `table` whose order is one of `order_ids`."""
    wanted = ibis.memtable({"order_id": sorted(order_ids)}, schema={"order_id": "string"})
    return table.semi_join(wanted, "order_id")


def _parts(text: str, starts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The text cut at each word; `starts` are words by how they begin, the first that fits wins.

    A pattern of thousands of words would be tried word by word at every sign of the text.
    """
    begin = at = 0
    while at < len(text):
        near = [*starts.get(text[at : at + _SHORTEST], ()), *starts.get(text[at], ())]
        word = next((one for one in near if one and text.startswith(one, at)), None)
        if word is None:
            at += 1
            continue
        yield text[begin:at]
        yield word
        begin = at = at + len(word)
    yield text[begin:]


def _unmarked(text: str) -> str:
    return _MARKS.sub("", text)


def _replaced(part: str, known: dict[str, str], kept: frozenset[str]) -> str:
    if part in known:
        return known[part]
    return part if part in kept else scrub(part)


def _personal(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    personal = [c.name for c in TABLES[table].columns if c.mask in _PERSONAL and c.name in frame]
    return frame[personal]


def _masked_forms(frame: pd.DataFrame, table: str, masker: Masker) -> dict[str, str]:
    masked = mask_frame(frame, table, masker)
    forms = {
        (column, str(value)): str(form)
        for column in frame
        for value, form in zip(frame[column], masked[column], strict=True)
        if not pd.isna(value)
    }
    # People write the street and leave the town out.
    forms |= {
        (column, street): form
        for (column, value), form in forms.items()
        if column == "address"
        for street in _streets(value)
    }
    return {value: form for (_, value), form in forms.items() if len(value) >= _SHORTEST}


def _streets(address: str) -> list[str]:
    """What is left of an address after each part of it that may be a place."""
    tails = (address[part.end() :].strip() for part in _PLACE_END.finditer(address))
    return [tail for tail in tails if len(tail) >= _SHORTEST_STREET]
