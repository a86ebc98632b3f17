"""Load one file: recognise it, convert its rows, account for every one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from workbench.language import LANGUAGES
from workbench.load.account import Account
from workbench.load.compiler import make_plan
from workbench.load.container import copy_and_hash, kind_of
from workbench.load.decide import Decided, Wanted, decide
from workbench.load.formats import Format
from workbench.load.joins import JoinedFile
from workbench.load.keep import Staging
from workbench.load.plan import Check, Plan
from workbench.load.reading import Reading, reading_path
from workbench.load.recognise_file import recognise_file
from workbench.load.recognised import Recognised
from workbench.load.report import LoadReport, lost_checks, report_path
from workbench.load.write_rows import write_rows
from workbench.tables.loads import Load

__all__ = ["Settings", "load_one"]

# Raise it when the same file and format lead to other rows than before.
_LOADER = 3


@dataclass(frozen=True)
class Settings:
    """What is the same for every file of one load."""

    zone: str
    currency: str
    mapping: Format | None = None
    wanted: Wanted = field(default_factory=Wanted)
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    progress: bool = False
    shop: str = ""
    sellers: tuple[str, ...] = ()


def load_one(path: Path, stage: Staging, settings: Settings) -> LoadReport:
    """Load the file at `path` into the staging folder; raises BadInput when it cannot be used.

    What is read is the copy that is kept, so that every row provably comes from the kept bytes.
    """
    kind_of(path)
    copy = stage.copy_place(path.name)
    sha256 = copy_and_hash(path, copy).sha256
    try:
        return _load_copy(copy, path, sha256, stage, settings, trust=True)
    except UnicodeDecodeError:
        # The usual encoding does not fit after all: find the one that does, or say where it fails.
        return _load_copy(copy, path, sha256, stage, settings, trust=False)


def _load_copy(
    copy: Path, path: Path, sha256: str, stage: Staging, settings: Settings, *, trust: bool
) -> LoadReport:
    found = recognise_file(
        copy, settings.mapping, beside=path.parent, trust=trust, sellers=settings.sellers
    )
    further = [_copy_joined(file, stage) for file in found.joined]
    recipe = _recipe(found.form, settings, [sha256 for _, sha256 in further])
    table = found.form.table
    if sha256 in stage.order().get(table, []):
        report_file = stage.waiting(report_path(stage.tables_dir, table, sha256))
        earlier = LoadReport.from_json(report_file.read_text("utf-8"))
        if earlier.recipe == recipe and settings.shop in ("", *earlier.shops):
            return replace(earlier, file=path.name)
    decided = decide(found.form, found.headers, found.rows(), settings.wanted, found.file)
    plan = _plan(found, settings, decided)
    rows_file, problems_file = copy.parent / "rows", copy.parent / "problems"
    account = write_rows(found, plan, sha256, rows_file, problems_file, progress=settings.progress)
    target = stage.tables_dir / table / f"{sha256}.parquet"
    stage.move(rows_file, target)
    stage.move(problems_file, target.with_suffix(".quarantine.parquet"))
    shops = own_shops(rows_file)
    joined = []
    for (kept, digest), unused in zip(further, account.unused, strict=True):
        stage.move(kept, stage.sources_dir / digest)
        joined.append({"file": kept.name, "sha256": digest, "rows_that_joined_nothing": unused})
    report = replace(
        _describe(found, plan, sha256, recipe, settings),
        rows_read=account.read,
        rows_loaded=account.loaded,
        rows_quarantined=account.quarantined,
        blank_rows=account.blank,
        repeated_orders=account.repeated,
        rows_skipped=account.skipped.total(),
        skipped=_skipped(found.form, account),
        joined=joined,
        quarantined_by=dict(sorted(account.reasons.items())),
        words_unknown=account.unknown,
        date_order=dict(decided.dates),
        decimal_sign=dict(decided.decimals),
        zone=found.form.zone or settings.zone,
        notes=_notes(found.form.notes, decided.notes, account.notes),
        shops=_named(shops, settings.shop),
    )
    target = report_path(stage.tables_dir, table, sha256)
    stage.file(target).write_text(report.to_json(), "utf-8")
    reading = _reading(found, settings, decided)
    stage.file(reading_path(stage.tables_dir, table, sha256)).write_text(reading.to_json(), "utf-8")
    stage.move(copy, stage.sources_dir / sha256)
    grain = found.form.grain
    stage.loaded(Load(table, sha256, settings.shop, shops, grain, recipe))
    return report


def _copy_joined(file: JoinedFile, stage: Staging) -> tuple[Path, str]:
    """A copy of a file that joins, and its SHA-256."""
    copy = stage.copy_place(file.path.name)
    return copy, copy_and_hash(file.path, copy).sha256


def _recipe(form: Format, settings: Settings, joined: Sequence[str]) -> str:
    wanted = (settings.wanted.dates, settings.wanted.decimals)
    parts = (str(_LOADER), form.digest, settings.zone, settings.currency, *wanted, *joined)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _plan(found: Recognised, settings: Settings, decided: Decided) -> Plan:
    plan = make_plan(
        found.form, found.headers, settings.zone, settings.currency, found.under, decided
    )
    if found.header.extra:
        # The headless last cell is dropped only where it is empty.
        last = len(found.header.cells)
        plan.cells.add(last)
        plan.checks.append(
            Check("", f"k{last} IS NOT NULL", f"k{last}", "misshapen", f"k{last} IS NOT NULL")
        )
    return plan


def _reading(found: Recognised, settings: Settings, decided: Decided) -> Reading:
    return Reading(
        form=found.form,
        headers=found.headers,
        headless=len(found.header.cells) if found.header.extra else -1,
        decided=Decided(decided.dates, decided.decimals),
        delimiter=found.header.delimiter,
        zone=settings.zone,
        currency=settings.currency,
    )


def _describe(
    found: Recognised, plan: Plan, sha256: str, recipe: str, settings: Settings
) -> LoadReport:
    return LoadReport(
        file=found.file,
        sha256=sha256,
        table=plan.table,
        format=found.form.name,
        reasons={language: found.reason(language) for language in LANGUAGES},
        encoding=found.encoding,
        delimiter=found.header.delimiter,
        header_row=found.header.row,
        columns_mapped=plan.mapped,
        columns_unused=plan.unused,
        columns_missing=plan.missing,
        checks_lost=lost_checks(plan.missing, plan.table, settings.needs),
        recipe=recipe,
    )


def _skipped(form: Format, account: Account) -> list[dict[str, Any]]:
    """The rows that were left out, and why, for each kind of them that the file has."""
    return [
        {"why": dict(skip.why), "rows": account.skipped[number]}
        for number, skip in enumerate(form.skip)
        if account.skipped[number]
    ]


def _notes(*sources: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What a reader should know, by language: of the format, then of this file."""
    return {
        language: [note for notes in sources for note in notes.get(language, ())]
        for language in LANGUAGES
    }


def _named(own: Sequence[str], told: str) -> list[str]:
    """The shops of a file's rows, as far as the file or the loader names them."""
    return list(dict.fromkeys(shop for shop in (one or told for one in own or ("",)) if shop))


def own_shops(rows_file: Path) -> tuple[str, ...]:
    """The shops that the loaded rows of a file name themselves; "" where some name none."""
    if "shop" not in pq.read_schema(rows_file).names:
        return ()
    names = pq.read_table(rows_file, columns=["shop"])["shop"].unique().to_pylist()
    found = sorted({(name or "").strip() for name in names})
    return tuple(found) if any(found) else ()
