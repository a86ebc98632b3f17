"""What notebook 1 loads, where to, and the account of all that a case holds."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp

from workbench.case import Case, create_case, default_case, open_case
from workbench.commands.sample import AS_OF, sample_files
from workbench.load import LoadReport
from workbench.load.report import report_path
from workbench.tables.stored import loads

__all__ = ["case_to_fill", "files_to_load", "loaded"]


def case_to_fill() -> Case:
    """The case that is meant (see `default_case`), else a new, empty scratch case."""
    path = default_case()
    if path is not None:
        return open_case(path)
    scratch = Path(mkdtemp(prefix="workbench-load-")) / "case"
    return create_case(scratch, shop="样例小店 (sample shop)", platform="taobao", as_of=AS_OF)


def files_to_load() -> list[Path]:
    """The sample's files; [] in a case of one's own, which invented orders must not enter."""
    return sample_files() if default_case() is None else []


def loaded(case: Case) -> list[LoadReport]:
    """The account of every file that the case holds: table by table, oldest load first."""
    return [
        LoadReport.from_json(report_path(case.tables_dir, table, source).read_text("utf-8"))
        for table, sources in loads(case.tables_dir).items()
        for source in sources
    ]
