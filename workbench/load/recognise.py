"""Which format a file has, told by its headers and never by its name or their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.errors import BadInput, Problem
from workbench.load.by_names import told_lacks
from workbench.load.formats import Format, built_in
from workbench.load.headers import header_key
from workbench.load.names import known_names
from workbench.load.saved import saved_mappings
from workbench.tables import TABLES

__all__ = ["UNKNOWN", "Match", "NotRecognised", "choose_format", "known_headers", "not_recognised"]

# Reads any table as it stands: every known header may mark the header row, and nothing is required.
UNKNOWN = Format("unknown", "notices", {})

# With fewer required names than this, most of the headers must be canonical ones as well.
_CANONICAL_SHARE = 0.5
_ENOUGH = 3
# So many formats are told of a table that is none of them.
_NEAR = 5


class NotRecognised(BadInput):
    """A table whose headers are those of no known format."""


@dataclass(frozen=True)
class Match:
    """The format of a file and the headers it was recognised by."""

    form: Format
    keys: tuple[str, ...]


def known_headers(mapping: Format | None = None) -> set[str]:
    """Keys of the headers that mark a header row."""
    if mapping is not None and mapping is not UNKNOWN:
        return mapping.headers()
    forms = (*built_in(), *(kept.form for kept in saved_mappings() if kept.form))
    return set(known_names()).union(*(form.headers() for form in forms))


def choose_format(headers: Sequence[str], mapping: Format | None = None) -> Match | None:
    """The format whose key headers are all there, or None.

    Platform formats come first, then the mappings that the user has saved, then canonical tables.
    Of several platforms or mappings the one with the most key headers wins, of several canonical
    tables the one that knows the largest share of the headers.
    """
    keys = {header_key(header) for header in headers if header.strip()}
    if mapping is not None:
        used = tuple(h for h in headers if header_key(h) in mapping.headers())
        return Match(mapping, used)
    platforms = [form for form in built_in() if not form.name.startswith("canonical_")]
    saved = [kept.form for kept in saved_mappings() if kept.form]
    for forms in (platforms, saved):
        matches = [match for form in forms if (match := _match(form, keys))]
        if matches:
            return max(matches, key=lambda match: len(match.keys))
    return _canonical(keys)


def not_recognised(
    headers: Sequence[str], where: str, rows: Sequence[Sequence[str]] = ()
) -> Problem:
    """What to say of a table that is no known format: its headers, and what each near one lacks.

    `rows` are its first ones; with them it is also said what keeps the table from being taken by
    the usual names of its columns.
    """
    keys = {header_key(header) for header in headers}
    near = sorted(built_in(), key=lambda form: -_nearness(form, keys))[:_NEAR]
    lacking = told_lacks(headers, rows) if rows else []
    for form in near:
        if _nearness(form, keys) > 0:
            lacks = [key for key in form.all_of if header_key(key) not in keys]
            if form.any_of and not any(header_key(key) in keys for key in form.any_of):
                lacks.append(" or ".join(form.any_of))
            title = form.title.get("en", form.name)
            lacking.append(
                f"{title} lacks {', '.join(lacks) or 'nothing, but has foreign headers'}"
            )
    lacking += [f"saved mapping {k.name}: {k.fault}" for k in saved_mappings() if k.fault]
    shown = ", ".join(header.strip() for header in headers if header.strip()) or "none"
    nearest = "; ".join(lacking) or "no format is near"
    return Problem(
        "The table is of no known format, and its headers do not say enough to take it for one",
        f"{where}; headers: {shown}; nearest: {nearest}",
        "Say what its columns mean in notebook 1, or draft a mapping with `workbench map FILE` and "
        "load the file with --mapping FILE.toml",
    )


def _match(form: Format, keys: set[str]) -> Match | None:
    if any(header_key(header) in keys for header in form.none_of):
        return None
    if not all(header_key(header) in keys for header in form.all_of):
        return None
    some = [header for header in form.any_of if header_key(header) in keys]
    if form.any_of and not some:
        return None
    return Match(form, (*form.all_of, *some))


def _canonical(keys: set[str]) -> Match | None:
    """The one canonical table that the headers fit best; None where two fit equally well."""
    found: list[tuple[float, int, Match]] = []
    for form in built_in():
        if not form.name.startswith("canonical_"):
            continue
        known = tuple(name for name in form.columns if name in keys)
        share = len(known) / max(len(keys), 1)
        whole = all(name in keys for name in TABLES[form.table].required)
        if not whole or len(known) < min(2, len(form.columns)):
            continue
        # One or two required names may be there by chance; the rest must look canonical as well.
        if share < _CANONICAL_SHARE and len(form.all_of) < _ENOUGH:
            continue
        # An order number and one more word tell nothing, unless there is nothing else.
        if share < 1 and len(known) < _ENOUGH:
            continue
        found.append((share, len(known), Match(form, known)))
    found.sort(key=lambda match: match[:2], reverse=True)
    tied = len(found) > 1 and found[0][:2] == found[1][:2]
    return None if tied or not found else found[0][2]


def _nearness(form: Format, keys: set[str]) -> float:
    wanted = [*form.all_of, *form.any_of]
    there = sum(header_key(header) in keys for header in wanted)
    return there / len(wanted) if wanted else 0.0
