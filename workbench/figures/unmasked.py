"""Why a figure of the screening cannot be had again from masked tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from workbench.detect import detectors
from workbench.explain import Assessment
from workbench.explain.innocent import INNOCENT_TESTS
from workbench.figures.recompute import Difference
from workbench.figures.registry import Figure, Figures
from workbench.language import LANGUAGES, words
from workbench.rows import each
from workbench.tables import TABLES, Tables

__all__ = ["only_stated", "why_open"]


def only_stated(figures: Figures) -> dict[str, dict[str, str]]:
    """The reason, in both languages, for each figure that is only read back from a sentence."""
    told = {}
    for language in LANGUAGES:
        say = words("figures", language)
        told[str(language)] = say(
            "stated by a check on the case's own records: read back, not counted"
        )
    return {
        one.id: told
        for one in figures.all()
        if one.operation["aggregate"] == "number" and not one.screened
    }


def why_open(
    lost: Sequence[Difference],
    stale: Collection[str],
    figures: Figures,
    assessment: Assessment,
    tables: Tables,
) -> dict[str, dict[str, str]]:
    """Per id of a figure that did not come out the reason, in both languages.

    It names the columns that the signals of its group, or its test, read and that are masked.
    `stale` are those that the case's own tables do not give today either: then the masking is not
    the reason.
    """
    wanted = {one.where for one in lost}
    groups = {row.group_id: row.detectors for row in each(assessment.groups)}
    needs = {one.name: _read_by(one, tables) for one in detectors()}
    return {
        one.id: _is_stale() if one.id in stale else _reason(_columns(one, groups, needs, tables))
        for one in figures.all(wanted)
    }


def _columns(
    figure: Figure,
    groups: Mapping[str, Sequence[str]],
    needs: Mapping[str, list[str]],
    tables: Tables,
) -> list[str]:
    rows = figure.counted_rows
    kinds = {row.get("kind", "sentence") for row in rows}
    own = [name for row in rows for name in groups.get(row.get("group_id", ""), ())]
    read = [column for name in own for column in needs.get(name, ())]
    for kind in kinds & set(INNOCENT_TESTS):
        read += _masked(INNOCENT_TESTS[kind].needs, tables)
    return sorted(dict.fromkeys(read))


def _read_by(detector: Any, tables: Tables) -> list[str]:
    choices = [need for choice in detector.needs_any for need in choice]
    return _masked([*detector.needs, *choices], tables)


def _masked(needs: Iterable[str], tables: Tables) -> list[str]:
    pairs = [need.split(".", 1) for need in needs]
    return [
        f"{table}.{column}"
        for table, column in pairs
        if table in tables
        and column in tables[table].columns
        and TABLES[table].column(column).mask is not None
    ]


def _is_stale() -> dict[str, str]:
    told = {}
    for language in LANGUAGES:
        say = words("figures", language)
        told[str(language)] = say(
            "the case's own tables do not give it today either: screen the case again"
        )
    return told


def _reason(columns: Sequence[str]) -> dict[str, str]:
    told = {}
    for language in LANGUAGES:
        say = words("figures", language)
        told[str(language)] = (
            say("needs unmasked values of {columns}", columns=", ".join(columns))
            if columns
            else say("masked tables do not give it again")
        )
    return told
