"""Make the pack that is handed over."""

from __future__ import annotations

from pathlib import Path

from workbench.appeal import PackResult, build_pack, charted_groups, check_pack, gather
from workbench.case import Case, open_case
from workbench.case.unmask import unmask
from workbench.charts import case_charts
from workbench.commands.final import final_target, record_final, refuse_final
from workbench.commands.tables import open_tables
from workbench.explain import read_assessment
from workbench.gate import checks, lacking
from workbench.known_answer import read_known_answers
from workbench.language import LANGUAGES
from workbench.tables import Tables

__all__ = ["pack"]


def pack(
    case: Path,
    out: Path | None = None,
    *,
    masked: bool = True,
    final: bool = False,
    who: str = "",
    reason: str = "",
    template: Path | None = None,
    form_template: Path | None = None,
    overwrite: bool = False,
    progress: bool = False,
) -> PackResult:
    """Write the pack of a screened case to the zip file `out`, by default `exports/appeal.zip`.

    Buyers' personal data are masked unless `masked` is False: then `who` decided so for a
    `reason`, and both stay in the record. `template` and `form_template` are the firm's own Word
    files for the letter and for the forms (see `letter_template`).

    A `final` pack, by default `exports/appeal-attempt-N.zip`, is the one to be sent: it is refused
    while a blocking check of the gate has not passed, and `who` made it is written down. Any
    other is a draft, and says what holds it back.

    Raises BadInput when the case has not been screened, `out` exists, or an evidence file is not
    what it was when it was attached; `workbench.gate.NotReady` when a final pack is refused.
    """
    opened = open_case(case)
    with opened.lock():
        tables = open_tables(opened)
        target = _target(opened, out, tables, final=final)
        # Said before anything that takes long, or stays in the record, is done.
        check_pack(opened, target, overwrite=overwrite)
        if not masked:
            unmask(opened, scope=_name(out), reason=reason, who=who)
        assessment = read_assessment(opened.results_dir)
        found = checks(opened, tables, assessment, masked=masked)
        if final:
            refuse_final(found, who)
        answers = read_known_answers(opened.results_dir, opened.tables_dir)
        matter = gather(opened, tables, assessment)
        charts = case_charts(
            tables,
            assessment,
            opened.language,
            answers=answers,
            groups=charted_groups(matter),
            moments=matter.chronology,
            progress=progress,
        )
        made = build_pack(
            opened,
            target,
            tables=tables,
            assessment=assessment,
            attachments=charts.files,
            notes=charts.notes,
            lacking={language: lacking(found, language) for language in LANGUAGES},
            masked=masked,
            template=template,
            form_template=form_template,
            overwrite=overwrite,
            progress=progress,
        )
        if final:
            record_final(opened, made, tables, assessment, masked=masked, who=who)
        return made


def _name(out: Path | None) -> str:
    return "the pack" if out is None else Path(out).name


def _target(case: Case, out: Path | None, tables: Tables, *, final: bool) -> Path:
    if out is not None:
        return Path(out)
    return final_target(case, tables) if final else case.exports_dir / "appeal.zip"
