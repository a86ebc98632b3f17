"""The folder `reproduce/` of a pack: everything that its figures are counted from."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workbench.case import Case
from workbench.errors import BadInput
from workbench.explain import Assessment
from workbench.figures.handed import written
from workbench.figures.how import how
from workbench.figures.letters import letter_json, told_ids
from workbench.figures.masked import masked_tables
from workbench.figures.recompute import FIGURES, FOLDER, Difference, Pack, recount
from workbench.figures.registry import Figure, Figures
from workbench.figures.rescreen import figures_again, screened_again, screened_today
from workbench.figures.settings import case_settings, versions
from workbench.figures.unmasked import only_stated, why_open
from workbench.language import LANGUAGES, words
from workbench.tables import Tables

__all__ = ["reproduce_files"]


def reproduce_files(
    case: Case,
    tables: Tables,
    assessment: Assessment,
    figures: Figures,
    models: Mapping[str, Any],
    key: bytes,
    *,
    progress: bool = False,
) -> dict[str, bytes]:
    """The files of `reproduce/`, by their path in the pack; the same case gives the same bytes.

    `models` are the letters' data by language, in which figures stand marked; `key` is the
    secret of the case (`workbench.case.Masker`). tables/ are the masked tables, results/ what the
    screening said of the true ones, case/ what people and the platform said. Before anything is
    handed over every figure is counted again and the masked tables are screened again: figures
    of the screening that do not come out are marked so, with the reason. Raises BadInput where
    another figure does not come out.
    """
    files = dict(written(f"tables/{name}", frame) for name, frame in masked_tables(tables, key))
    files |= dict(written(name, figures.ledger.frame(name)) for name in figures.ledger.names)
    files["settings.json"] = _json(case_settings(case, assessment))
    files["versions.json"] = _json(versions())
    for language, model in models.items():
        files[f"letter.{language}.json"] = _json(letter_json(model))
    for language in LANGUAGES:
        files[f"README.{language}.txt"] = _readme(language).encode()
    told = {language: told_ids(model) for language, model in models.items()}
    listed = _listed(figures, {})
    again = screened_again(_pack(files), progress=progress)
    lost = figures_again([one for one in listed if one["screened"]], again)
    stale = _stale(lost, listed, tables)
    left = why_open(lost, stale, figures, assessment, tables) | only_stated(figures)
    files[FIGURES] = _json(
        {
            "format": 1,
            "languages": told,
            "figures": _listed(figures, left),
        }
    )
    _check(files)
    return {f"{FOLDER}/{path}": content for path, content in sorted(files.items())}


def _stale(
    lost: Sequence[Difference], listed: Sequence[Mapping[str, Any]], tables: Tables
) -> set[str]:
    """Which of the lost figures the case's own tables do not give today either."""
    if not lost:
        return set()
    named = {one.where for one in lost}
    wanted = [one for one in listed if one["id"] in named]
    return {one.where for one in figures_again(wanted, screened_today(tables))}


def _listed(figures: Figures, left: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    origins = figures.origins()
    return [_figure(one, origins[one.id], left.get(one.id)) for one in figures.all()]


def _figure(
    one: Figure, rows: list[dict[str, str]], left: Mapping[str, str] | None
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": one.id,
        "name": dict(one.name),
        "value": one.value,
        "how": {language: how(one.operation, language) for language in LANGUAGES},
        "operation": dict(one.operation),
        "screened": one.screened,
        "rows": rows,
    }
    return told | {"not_recomputed": dict(left)} if left else told


def _pack(files: Mapping[str, bytes]) -> Pack:
    def reader(content: bytes) -> Callable[[], bytes]:
        return lambda: content

    return Pack({f"{FOLDER}/{path}": reader(content) for path, content in files.items()})


def _check(files: Mapping[str, bytes]) -> None:
    """Count as whoever receives the pack will: what does not come out must not be sent."""
    found: tuple[Difference, ...] = recount(_pack(files)).differences
    if found:
        raise BadInput(
            f"{len(found)} figures of the letter do not come out of the tables of the pack",
            "; ".join(f"{one.where}: {one.what}" for one in found[:5]),
            "This is an error of the workbench: do not send the letter",
        )


def _readme(language: str) -> str:
    say = words("figures", language)
    told = [
        say("How to count the figures of the letter again"),
        say(
            "1. python verify.py PACK.zip says whether the pack is what it was; python "
            "recompute.py PACK.zip counts every figure again. Both need nothing but Python and "
            "can be read from the first line to the last."
        ),
        say(
            "2. workbench verify PACK.zip --recompute does both, screens the masked tables again "
            "with the settings named here, and holds the result against results/."
        ),
        say(
            "figures.json names for each figure the table, the rows and the operation, and the "
            "rows of the original files, each file by its SHA-256."
        ),
        say(
            "tables/ hold the shop's data with every personal value as a code: equal values have "
            "equal codes, and no code leads back without the key of the case. Texts are replaced "
            "by codes that the screening reads alike. A cell that a spreadsheet would run has an "
            "apostrophe in front; an empty text is one apostrophe."
        ),
    ]
    return "\n\n".join(told) + "\n"


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    return f"{text}\n".encode("utf-8", "replace")
