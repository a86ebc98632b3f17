"""What a cell holds: nothing, a whole value, a masked one, or ciphertext."""

from __future__ import annotations

import ibis
from ibis.expr.types import BooleanValue, StringValue, Table, Value

from workbench.normalise import is_masked
from workbench.tables import TABLES

__all__ = ["ORIGIN", "data_columns", "is_filled", "is_masked", "is_opaque", "moment_of"]

# Where a row comes from; says nothing of the shop.
ORIGIN = ("source_file", "source_row", "detail_file", "detail_row")

_DETAILS = ("phone", "name", "address")
_CIPHER = r"^[A-Za-z0-9+/=_-]+$"
_LEAST_CIPHER = 20


def is_filled(cell: Value) -> BooleanValue:
    """Whether a cell holds anything; blanks alone are nothing."""
    if cell.type().is_string():
        return cell.notnull() & (cell.strip() != "")
    return cell.notnull()


def is_opaque(text: StringValue, mask: str) -> BooleanValue:
    """Whether a value is a platform's ciphertext, by the mask rule of its column.

    A text wrapped in "##", "$$" or "~"; in a phone, name or address also a token of twenty or more
    letters and digits without a blank. An account's token is simply its id: it is whole.
    """
    wrapped = ibis.literal(False)
    for sign in ("##", "$$", "~"):
        ends = text.startswith(sign) & text.endswith(sign)
        wrapped = wrapped | (ends & (text.length() > 2 * len(sign)))
    if mask not in _DETAILS:
        return wrapped
    token = text.re_search(_CIPHER) & text.re_search("[0-9]") & text.re_search("[A-Za-z]")
    # Few values are long enough: only those are held against the pattern, which costs most.
    return wrapped | ibis.ifelse(text.length() >= _LEAST_CIPHER, token, False)


def data_columns(name: str, table: Table) -> list[str]:
    """The canonical columns that a loaded table has, in canonical order."""
    return [column.name for column in TABLES[name].columns if column.name in table.columns]


def moment_of(name: str, table: Table) -> str | None:
    """The column that says when a row happened: the table's first time or date."""
    for column in TABLES[name].columns:
        if column.type in ("time", "date"):
            return column.name if column.name in table.columns else None
    return None
