"""Masked identifiers: what they show, and how often two strangers of this shop match on them."""

from __future__ import annotations

from math import expm1

import ibis
import pandas as pd
from ibis.expr.types import Table

from workbench.language import words
from workbench.quality.chance import FIELDS, chance_of, seen_by_account, shape_of
from workbench.quality.headings import column_word, share_text, small_text
from workbench.quality.kept import kept
from workbench.quality.values import is_filled, is_masked, is_opaque
from workbench.rows import each
from workbench.tables import TABLES, Tables

__all__ = ["identifiers_data", "identifiers_table"]

_LEAST_PEOPLE = 30
"""Of fewer people the chance cannot be told from what they show."""


def identifiers_data(tables: Tables) -> pd.DataFrame:
    """One row per field of the orders that holds masked values or ciphertext.

    Columns: field, rows (filled), masked_share, opaque_share, pattern (the most frequent shape of
    a masked value: 9 for a digit, 字 for a Chinese character, a for a letter), pattern_share (of
    the masked values), strangers (n: how many different people a match could be between), chance
    (that two of them show the same masked value), basis (where the chance comes from), pairs
    (expected coincidental pairs, chance · n(n − 1)/2), others (expected strangers that match one
    given value, chance · (n − 1)), some (chance of at least one coincidence, 1 − exp(−pairs)),
    seen (pairs of different accounts that do show the same value; missing where no account is
    known), worth: identifier (others < 0.05), weak (< 1), none (a value is expected to match at
    least one stranger), too_few (fewer than 30 people), opaque (only ciphertext).

    The chance is the collision probability Σ n_v(n_v − 1) / (N(N − 1)), over the masked values v
    that n_v of N strangers show; pairs is the mean of the birthday problem (Feller 1968, An
    Introduction to Probability Theory I, II.3). Basis, the first that there is enough of:

    whole_values: the shop's own whole values, masked the same way: each is a stranger for certain.
    accounts: accounts that are known whole, each by its first masked value; those who really share
        a phone are counted as strangers, so that the chance is at most so high.
    visible_part: what the mask shows, its beginning as a block and each character behind the
        mask by itself, taken as independent: Σ p² of each, multiplied. For digits that are evenly
        spread this is 10^−k for k of them. People who order often weigh more than others.
    """
    columns = ["field", "rows", "masked_share", "opaque_share", "pattern", "pattern_share"]
    columns += ["strangers", "chance", "basis", "pairs", "others", "some", "seen", "worth"]
    if "orders" not in tables:
        return pd.DataFrame(columns=columns)
    orders = tables["orders"]
    found = [_field(orders, name) for name in FIELDS if name in orders.columns]
    return pd.DataFrame([row for row in found if row], columns=columns)


def identifiers_table(rows: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """The fields as a reader sees them."""
    say = words("quality", language)
    basis = {
        "whole_values": say("this shop's whole values, masked the same way"),
        "accounts": say("accounts of this shop that are known whole (at most so high)"),
        "visible_part": say("the visible characters, taken as independent"),
        "": "",
    }
    worth = {
        "identifier": say("usable as an identifier, together with its chance"),
        "weak": say("weak: strangers match now and then; only with a second sign"),
        "none": say("no identifier: a value matches strangers by chance"),
        "too_few": say("too few people to tell"),
        "opaque": say("ciphertext: whether equal people have equal ciphertext is not known"),
    }
    records = []
    for row in each(rows):
        told = not pd.isna(row.chance)
        records.append(
            {
                say("Column"): column_word("orders", row.field, language),
                say("Masked (% of filled)"): share_text(row.masked_share),
                say("Ciphertext (% of filled)"): share_text(row.opaque_share),
                say("Usual shape"): row.pattern,
                say("People compared"): row.strangers if told else "",
                say("Chance that two strangers match"): small_text(row.chance) if told else "",
                say("Where the chance comes from"): basis[row.basis],
                say("Coincidental pairs expected here"): f"{row.pairs:.3g}" if told else "",
                say("Pairs of accounts that match"): "" if pd.isna(row.seen) else f"{row.seen:.0f}",
                say("Worth"): worth[row.worth],
            }
        )
    return pd.DataFrame(records)


def _field(orders: Table, name: str) -> dict[str, object] | None:
    mask = TABLES["orders"].column(name).mask or ""
    filled = orders.filter(is_filled(orders[name])).mutate(value=orders[name].strip())
    values = filled.group_by("value").aggregate(rows=filled.count())
    kinds = values.mutate(masked=is_masked(values.value), opaque=is_opaque(values.value, mask))
    with kept(kinds) as told:
        return _told(told, filled, name)


def _told(values: Table, filled: Table, name: str) -> dict[str, object] | None:
    """What there is to tell of a field; None where all its values are whole.

    `values` are its different values, with rows, masked and opaque; `filled` the orders' rows
    that have one, as `value`.
    """
    counts = values.aggregate(
        rows=values.rows.sum(),
        masked=values.rows.sum(where=values.masked),
        opaque=values.rows.sum(where=values.opaque),
    )
    shares = counts.to_pandas().fillna(0).iloc[0]
    rows, masked, opaque = int(shares.rows), int(shares.masked), int(shares.opaque)
    if not masked and not opaque:
        return None
    told: dict[str, object] = {
        "field": name,
        "rows": rows,
        "masked_share": masked / rows,
        "opaque_share": opaque / rows,
        "pattern": "",
        "pattern_share": float("nan"),
        "strangers": 0,
        "chance": float("nan"),
        "basis": "",
        **dict.fromkeys(("pairs", "others", "some", "seen"), float("nan")),
        "worth": "opaque",
    }
    if masked:
        told |= _masked(values, filled.filter(is_masked(filled.value)), name, masked)
    return told


def _masked(values: Table, hidden: Table, name: str, masked: int) -> dict[str, object]:
    shown = values.filter(values.masked)
    with kept(shown.select("value", "rows", shape=shape_of(shown.value, name))) as shaped:
        shapes = shaped.group_by("shape").aggregate(n=shaped.rows.sum())
        usual = shapes.order_by([ibis.desc("n"), "shape"]).limit(1).to_pandas().iloc[0]
        seen = seen_by_account(hidden, name)
        alike = shaped.filter(shaped["shape"] == str(usual["shape"]))
        found = chance_of(values, hidden, alike, name, seen)
    pairs = found.chance * found.strangers * (found.strangers - 1) / 2
    others = found.chance * max(found.strangers - 1, 0)
    return {
        "pattern": str(usual["shape"]),
        "pattern_share": int(usual.n) / masked,
        "strangers": found.strangers,
        "chance": found.chance,
        "basis": found.basis,
        "pairs": pairs,
        "others": others,
        "some": -expm1(-pairs),
        "seen": float("nan") if seen is None else float((seen * (seen - 1)).sum() / 2),
        "worth": _worth(others, found.strangers),
    }


def _worth(others: float, strangers: int) -> str:
    if strangers < _LEAST_PEOPLE:
        return "too_few"
    return "identifier" if others < 0.05 else "weak" if others < 1 else "none"
