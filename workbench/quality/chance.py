"""The chance that two strangers show the same masked value, and where it can be told from."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import ibis
import pandas as pd
from ibis.expr.types import StringValue, Table, Value

from workbench.quality.values import is_filled, is_masked

__all__ = ["FIELDS", "Chance", "chance_of", "match_chance", "seen_by_account", "shape_of"]

FIELDS = ("phone", "buyer_name", "address", "buyer_id", "buyer_account")
_PERSON = ("buyer_id", "buyer_account")
_LEAST_KNOWN = 200
"""With fewer whole values or accounts their own matches say little."""
_LONGEST = 8
"""So many visible characters behind a mask are looked at one by one."""


@dataclass(frozen=True)
class Chance:
    """The chance that two strangers match, what it is told from, and how many people there are."""

    chance: float
    basis: str
    strangers: int


def match_chance(counts: pd.Series[int]) -> float:
    """Chance that two of Σ counts strangers, drawn without putting back, show the same value.

    `counts` says how many strangers show each value: Σ n(n − 1) / (N(N − 1)); 0 for fewer than two.
    """
    total = int(counts.sum())
    return float((counts * (counts - 1)).sum() / (total * (total - 1))) if total > 1 else 0.0


def chance_of(
    values: Table, hidden: Table, alike: Table, name: str, seen: pd.Series[int] | None
) -> Chance:
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
            return Chance(match_chance(counts), "whole_values", strangers)
    if seen is not None and accounts >= _LEAST_KNOWN and seen.max() > 1:
        return Chance(match_chance(seen), "accounts", strangers)
    return Chance(_visible_chance(alike), "visible_part", strangers)


def _person(hidden: Table, name: str) -> str | None:
    """The account column that is known whole in these rows; None when there is none."""
    for column in _PERSON:
        if column != name and column in hidden.columns:
            whole = hidden.filter(is_filled(hidden[column]) & ~is_masked(hidden[column]))
            if int(whole.count().to_pyarrow().as_py()):
                return column
    return None


def seen_by_account(hidden: Table, name: str) -> pd.Series[int] | None:
    """How many whole accounts show each masked value, an account by that of its first row.

    None where no account is known.
    """
    person = _person(hidden, name)
    if person is None:
        return None
    known = hidden.filter(is_filled(hidden[person]) & ~is_masked(hidden[person]))
    firsts = known.group_by(person).aggregate(value=known.value.argmin(known.source_row))
    return firsts.group_by("value").aggregate(n=firsts.count()).n.to_pandas()


def _people(hidden: Table) -> int:
    """How many people there are at least: different combinations of all that is shown of them."""
    shown = [column for column in FIELDS if column in hidden.columns]
    return int(hidden.select(*shown).distinct().count().to_pyarrow().as_py())


def shape_of(text: StringValue, name: str) -> StringValue:
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
