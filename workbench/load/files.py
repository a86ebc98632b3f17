"""Load files into the tables of a case: all of them, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from workbench.errors import BadInput, Problem
from workbench.load.decide import Wanted
from workbench.load.formats import read_mapping
from workbench.load.keep import staging
from workbench.load.one_file import Settings, load_one
from workbench.load.report import LoadReport
from workbench.load.settle import settle

__all__ = ["load_files"]


def load_files(
    files: Sequence[Path],
    *,
    tables_dir: Path,
    sources_dir: Path,
    zone: str,
    currency: str,
    mapping: Path | None = None,
    dates: str = "",
    decimals: str = "",
    shop: str = "",
    case_shop: str = "",
    needs: Mapping[str, tuple[str, ...]] | None = None,
    progress: bool = False,
) -> list[LoadReport]:
    """Load files into the tables under `tables_dir`, and keep the originals in `sources_dir`.

    `zone` and `currency` are the case's; `mapping` is a TOML file that says what columns mean where
    no format does; `dates` (day-first, month-first or year-first) and `decimals` (point or comma)
    say how to read columns that do not tell themselves; `shop` is the shop of files that
    name none themselves, by default the case's own, `case_shop`; `needs` are the columns each check
    needs, to tell which are lost. What several files tell is merged (workbench.tables.precedence).
    A file that is loaded already with the same rules is left as it is.
    Gives one report per file, in order. Raises BadInput with the problems of all files; then
    nothing has changed.
    """
    settings = Settings(
        zone=zone,
        currency=currency,
        mapping=read_mapping(mapping) if mapping is not None else None,
        wanted=Wanted(dates, decimals),
        needs=dict(needs or {}),
        progress=progress,
        shop=shop,
    )
    reports: list[LoadReport] = []
    problems: list[Problem] = []
    with staging(tables_dir, sources_dir, case_shop) as stage:
        for file in files:
            try:
                reports.append(load_one(Path(file), stage, settings))
            except BadInput as error:
                problems += error.problems
        if problems:
            raise BadInput.many(problems)
        reports = settle(stage, reports)
        stage.commit()
    return reports
