"""Make the pack that is handed over."""

from __future__ import annotations

from pathlib import Path

from workbench.appeal import PackResult, build_pack, charted_groups, gather
from workbench.case import Case, open_case
from workbench.charts import case_charts
from workbench.commands.tables import open_tables
from workbench.explain import read_assessment
from workbench.known_answer import read_known_answers

__all__ = ["pack"]


def pack(
    case: Path,
    out: Path | None = None,
    *,
    masked: bool = True,
    template: Path | None = None,
    overwrite: bool = False,
    progress: bool = False,
) -> PackResult:
    """Write the pack of a screened case to the zip file `out`, by default `exports/appeal.zip`.

    Buyers' personal data are masked unless `masked` is False. `template` is the firm's own Word
    file for the letter (see `letter_template`). Raises BadInput when the case has
    not been screened, `out` exists, or an evidence file is not what it was when it was attached.
    """
    opened = open_case(case)
    with opened.lock():
        tables = open_tables(opened)
        assessment = read_assessment(opened.results_dir)
        answers = read_known_answers(opened.results_dir, opened.tables_dir)
        charts = case_charts(
            tables,
            assessment,
            opened.language,
            answers=answers,
            groups=charted_groups(gather(opened, tables, assessment)),
            progress=progress,
        )
        return build_pack(
            opened,
            _target(opened, out),
            tables=tables,
            assessment=assessment,
            attachments=charts.files,
            notes=charts.notes,
            masked=masked,
            template=template,
            overwrite=overwrite,
            progress=progress,
        )


def _target(case: Case, out: Path | None) -> Path:
    if out is not None:
        return Path(out)
    case.exports_dir.mkdir(exist_ok=True)
    return case.exports_dir / "appeal.zip"
