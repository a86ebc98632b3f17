"""Masked identifiers: what they show, and how often two strangers of this shop match on them."""

from __future__ import annotations

from dataclasses import dataclass
from math import expm1, prod

import ibis
import pandas as pd
from ibis.expr.types import StringValue, Table, Value

from workbench.language import words
from workbench.quality.headings import column_word, share_text, small_text
from workbench.quality.kept import kept
from workbench.quality.rows import each
from workbench.quality.values import is_filled, is_masked, is_opaque
from workbench.tables import TABLES, Tables

__all__ = ["FIELDS", "identifiers_data", "identifiers_table", "match_chance"]

FIELDS = ("phone", "buyer_name", "address", "buyer_id", "buyer_account")
_PERSON = ("buyer_id", "buyer_account")
_LEAST_KNOWN = 200
"""With fewer whole values or accounts their own matches say little."""
_LEAST_PEOPLE = 30
"""Of fewer people the chance cannot be told from what they show."""
_LONGEST = 8
"""So many visible characters behind a mask are looked at one by one."""


@dataclass(frozen=True)
class _Chance:
    chance: float
    basis: str
    strangers: int


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


def match_chance(counts: pd.Series[int]) -> float:
    """Chance that two of Σ counts strangers, drawn without putting back, show the same value.

    `counts` says how many strangers show each value: Σ n(n − 1) / (N(N − 1)); 0 for fewer than two.
    """
    total = int(counts.sum())
    return float((counts * (counts - 1)).sum() / (total * (total - 1))) if total > 1 else 0.0


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
    with kept(shown.select("value", "rows", shape=_shape(shown.value, name))) as shaped:
        shapes = shaped.group_by("shape").aggregate(n=shaped.rows.sum())
        usual = shapes.order_by([ibis.desc("n"), "shape"]).limit(1).to_pandas().iloc[0]
        person = _person(hidden, name)
        seen = _by_value(hidden, person) if person is not None else None
        alike = shaped.filter(shaped["shape"] == str(usual["shape"]))
        found = _chance(values, hidden, alike, name, seen)
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


def _chance(
    values: Table, hidden: Table, alike: Table, name: str, seen: pd.Series[int] | None
) -> _Chance:
    """The chance, by the first basis that there is enough of.

    `alike` are the different masked values of the usual shape, with their rows.
    """
    accounts = int(seen.sum()) if seen is not None else 0
    strangers = accounts if seen is not None else _people(hidden)
    shape = str(alike["shape"].max().to_pyarrow().as_py())
    # Addresses differ too much in length to be masked the same way.
    parts = None if name == "address" else _parts(shape)
    if parts is not None:
        whole = values.filter(~values.masked & ~values.opaque)
        shown = whole.mutate(shown=_shown(whole.value, *parts))
        counts = shown.group_by("shown").aggregate(n=shown.count()).n.to_pandas()
        if int(counts.sum()) >= _LEAST_KNOWN and counts.max() > 1:
            return _Chance(match_chance(counts), "whole_values", strangers)
    if seen is not None and accounts >= _LEAST_KNOWN and seen.max() > 1:
        return _Chance(match_chance(seen), "accounts", strangers)
    return _Chance(_visible_chance(alike), "visible_part", strangers)


def _person(hidden: Table, name: str) -> str | None:
    """The account column that is known whole in these rows; None when there is none."""
    for column in _PERSON:
        if column != name and column in hidden.columns:
            whole = hidden.filter(is_filled(hidden[column]) & ~is_masked(hidden[column]))
            if int(whole.count().to_pyarrow().as_py()):
                return column
    return None


def _by_value(hidden: Table, person: str) -> pd.Series[int]:
    """How many whole accounts show each masked value, an account by that of its first row."""
    known = hidden.filter(is_filled(hidden[person]) & ~is_masked(hidden[person]))
    firsts = known.group_by(person).aggregate(value=known.value.argmin(known.source_row))
    return firsts.group_by("value").aggregate(n=firsts.count()).n.to_pandas()


def _people(hidden: Table) -> int:
    """How many people there are at least: different combinations of all that is shown of them."""
    shown = [column for column in FIELDS if column in hidden.columns]
    return int(hidden.select(*shown).distinct().count().to_pyarrow().as_py())


def _shape(text: StringValue, name: str) -> StringValue:
    """What a value looks like, without saying what it is: letters of no script are kept."""
    shape = text.re_replace("[●•＊]", "*").re_replace(r"\p{N}", "9")
    shape = shape.re_replace(r"\p{Han}", "\x01").re_replace(r"[\p{L}\p{M}]", "a")
    shape = shape.replace("\x01", "字")
    if name == "phone":
        return shape
    for sign in ("9", "a", "字") if name == "address" else ():
        shape = shape.re_replace(f"{sign}+", sign)
    return shape.re_replace(r"\*+", "*")


def _parts(shape: str) -> tuple[int, int] | None:
    """How many characters a mask of one block shows before and behind; None for other masks."""
    blocks = [part for part in shape.replace("*", " ").split(" ") if part]
    first, last = shape.find("*"), shape.rfind("*")
    if first < 0 or set(shape[first : last + 1]) != {"*"} or len(blocks) > 2:
        return None
    return first, len(shape) - 1 - last


def _shown(value: StringValue, before: int, behind: int) -> StringValue:
    """What a mask would leave of a whole value."""
    tail = value.right(behind) if behind else ibis.literal("")
    return ibis.literal("").concat(value.left(before), "*", tail)


def _visible_chance(alike: Table) -> float:
    """Σ p² of what stands before the mask, times Σ p² of each character behind it."""
    ends = alike.select(
        "rows",
        before=alike.value.re_extract(r"^([^*＊●•]*)[*＊●•]", 1),
        behind=alike.value.re_extract(r"[*＊●•]([^*＊●•]*)$", 1),
    )
    longest = int(ends.behind.length().max().to_pyarrow().as_py() or 0)
    blocks: list[Value] = [ends.before]
    blocks += [ends.behind.substr(place, 1) for place in range(min(longest, _LONGEST))]
    return prod(_collision(ends, block) for block in blocks)


def _collision(ends: Table, block: Value) -> float:
    counted = ends.group_by(block=block).aggregate(n=ends.rows.sum()).n.to_pandas()
    return float(((counted / counted.sum()) ** 2).sum())
