"""The hostile case and all that is made of it, once per run."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from once_per_run import once

from workbench.appeal import build_pack
from workbench.case import Case
from workbench.charts import case_figures, html_pages
from workbench.commands.publish import publish
from workbench.commands.tables import open_tables
from workbench.explain import read_assessment
from workbench.language import LANGUAGES

from .hostile_case import HostileCase, make_hostile_case


@dataclass(frozen=True)
class Handed:
    """A pack that was made: the zip file and the folder in which it was unpacked."""

    hostile: HostileCase
    pack: Path
    folder: Path
    masked: bool

    def files(self, pattern: str) -> list[Path]:
        """The files of a name that were made for the pack; there is always at least one."""
        data = self.folder / "data"
        given = data / "evidence"
        found = sorted(path for path in data.rglob(pattern) if given not in path.parents)
        assert found, pattern
        return found


@pytest.fixture(scope="session")
def hostile(screened_sample: Case, tmp_path_factory: pytest.TempPathFactory) -> HostileCase:
    return once(
        tmp_path_factory, "hostile", lambda folder: make_hostile_case(screened_sample, folder)
    )


@pytest.fixture(scope="session", params=["masked", "unmasked"])
def handed(
    request: pytest.FixtureRequest, hostile: HostileCase, tmp_path_factory: pytest.TempPathFactory
) -> Handed:
    """The whole pack, with the page of charts; pictures of them are drawn elsewhere."""
    masked = request.param == "masked"
    return once(
        tmp_path_factory, request.param, lambda folder: _handed(hostile, folder, masked=masked)
    )


def _handed(hostile: HostileCase, folder: Path, *, masked: bool) -> Handed:
    tables, assessment = open_tables(hostile.case), read_assessment(hostile.case.results_dir)
    pages = {
        f"charts.{language}.html": html_pages(
            case_figures(tables, assessment, language), language, "charts"
        ).encode()
        for language in LANGUAGES
    }
    made = build_pack(
        hostile.case,
        folder / "pack.zip",
        tables=tables,
        assessment=assessment,
        attachments=pages,
        masked=masked,
    )
    with zipfile.ZipFile(made.path) as archive:
        archive.extractall(folder / "unpacked")
    [root] = (folder / "unpacked").iterdir()
    return Handed(hostile, made.path, root, masked)


@pytest.fixture(scope="session")
def snapshot(hostile: HostileCase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "snapshot", lambda folder: publish(hostile.case.path))
