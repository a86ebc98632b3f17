"""Many addresses or phones at once: every different text is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
import pandas as pd

from workbench.normalise.address import Address, normalise_address
from workbench.normalise.phone import Phone, normalise_phone

__all__ = ["address_frame", "phone_frame"]


def address_frame(texts: pd.Series) -> pd.DataFrame:
    """One row per text, in its index, with the fields of Address as columns.

    A missing text is an address of which nothing is known.
    """
    return _frame(texts, normalise_address, Address)


def phone_frame(texts: pd.Series, calling_code: str | None = None) -> pd.DataFrame:
    """One row per text, in its index, with the fields of Phone as columns; missing ones are empty.

    `calling_code` as for normalise_phone.
    """
    return _frame(texts, lambda text: normalise_phone(text, calling_code), Phone)


def _frame(texts: pd.Series, one: Callable[[str], Any], kind: type) -> pd.DataFrame:
    codes, different = pd.factorize(texts, use_na_sentinel=True)
    made = [one(str(text)) for text in different] + [one("")]
    rows = np.where(codes < 0, len(different), codes)
    columns = {}
    for field in fields(kind):
        each = (getattr(one_made, field.name) for one_made in made)
        values = np.fromiter(each, dtype=object, count=len(made))
        columns[field.name] = pd.Series(values[rows], texts.index, dtype=object)
    return pd.DataFrame(columns, index=texts.index)
