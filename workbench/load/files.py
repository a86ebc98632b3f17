"""Load files into the tables of a case: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import overload

from tqdm.auto import tqdm

from workbench.errors import BadInput, Problem
from workbench.load.corrections import is_correction, load_corrections
from workbench.load.decide import Wanted
from workbench.load.formats import read_mapping
from workbench.load.gather import Gathered, LeftOut, gather, left_out_file
from workbench.load.keep import Staging, staging
from workbench.load.one_file import Settings, load_one
from workbench.load.report import LoadReport
from workbench.load.settle import settle

__all__ = ["Loads", "load_files"]


@dataclass(frozen=True)
class Loads(Sequence[LoadReport]):
    """The reports of the files that were loaded, in order, and the files that were `left_out`."""

    reports: tuple[LoadReport, ...]
    left_out: tuple[LeftOut, ...] = ()

    @overload
    def __getitem__(self, index: int) -> LoadReport: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[LoadReport]: ...

    def __getitem__(self, index: int | slice) -> LoadReport | Sequence[LoadReport]:
        return self.reports[index]

    def __len__(self) -> int:
        return len(self.reports)

    def __iter__(self) -> Iterator[LoadReport]:
        return iter(self.reports)


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
    sellers: Sequence[str] = (),
    corrects: bool = False,
    needs: Mapping[str, tuple[str, ...]] | None = None,
    progress: bool = False,
) -> Loads:
    """Load files, and those in folders and zip archives, into the tables under `tables_dir`.

    The originals are kept in `sources_dir`.

    `zone` and `currency` are the case's; `mapping` is a TOML file that says what columns mean where
    no format does; `dates` (day-first, month-first or year-first) and `decimals` (point or comma)
    say how to read columns that do not tell themselves; `shop` is the shop of files that
    name none themselves, by default the case's own, `case_shop`; `needs` are the columns each check
    needs, to tell which are lost. What several files tell is merged (workbench.tables.precedence).
    `sellers` are the names that the shop writes under in pasted chats.
    A file that `write_quarantine` wrote holds corrected rows, and is known by its leading columns;
    `corrects` says that the files must be such. A file that is loaded already with the same rules
    is left as it is.
    Gives one report per file, in order, and the files of folders and archives that were left out.
    Raises BadInput with the problems of all files when a named file is bad or nothing could be
    loaded; then nothing has changed.
    """
    settings = Settings(
        zone=zone,
        currency=currency,
        mapping=read_mapping(mapping) if mapping is not None else None,
        wanted=Wanted(dates, decimals),
        needs=dict(needs or {}),
        progress=progress,
        shop=shop,
        sellers=tuple(name for name in (*sellers, shop, case_shop) if name),
    )
    with staging(tables_dir, sources_dir, case_shop) as stage:
        found, left_out = gather(files, stage.folder / "unpacked")
        reports: list[LoadReport] = []
        problems: list[Problem] = []
        for file in tqdm(found, unit=" files", disable=not progress or len(found) < 2, leave=False):
            try:
                if corrects or is_correction(file.path):
                    reports += load_corrections(file.path, stage)
                else:
                    reports.append(_load(file, stage, settings))
            except BadInput as error:
                if file.named:
                    problems += error.problems
                else:
                    left_out.append(left_out_file(file.name, error))
        if not reports:
            problems += [problem for one in left_out for problem in one.problems]
        if problems:
            raise BadInput.many(problems)
        if files and not reports:
            raise _nothing(files)
        reports = settle(stage, reports)
        stage.commit()
    return Loads(tuple(reports), tuple(left_out))


def _load(file: Gathered, stage: Staging, settings: Settings) -> LoadReport:
    """Load one file; one that nobody named need not be the one that a mapping is for."""
    try:
        return load_one(file.path, stage, settings)
    except BadInput:
        if file.named or settings.mapping is None:
            raise
    return load_one(file.path, stage, replace(settings, mapping=None))


def _nothing(files: Sequence[Path]) -> BadInput:
    return BadInput(
        "There is no file to load",
        ", ".join(str(file) for file in files),
        "Name exports, or a folder or zip archive that holds some",
    )
