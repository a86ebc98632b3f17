from pathlib import Path

import pytest

from workbench.case import create_case
from workbench.commands import case_to_fill, files_to_load, load, loaded, sample_files


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKBENCH_CASE", raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_a_case_the_sample_goes_into_a_scratch_case():
    first, second = case_to_fill(), case_to_fill()
    assert first.path != second.path
    assert loaded(first) == []
    assert files_to_load() == sample_files()


def test_invented_orders_never_enter_a_case_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    case = create_case(tmp_path / "own")
    monkeypatch.setenv("WORKBENCH_CASE", str(case.path))
    assert case_to_fill() == case
    assert files_to_load() == []
    assert list(load([], case.path)) == []


def test_what_a_case_holds_is_told_file_by_file(tmp_path: Path):
    case = case_to_fill()
    for name, rows in (
        ("a.csv", "c1,2025-01-01,2025-01-02"),
        ("b.csv", "c2,2025-02-01,2025-02-02"),
    ):
        (tmp_path / name).write_text(f"name,starts_at,ends_at\n{rows}\n", "utf-8")
        load([tmp_path / name], case.path)
    assert [(one.file, one.rows_loaded) for one in loaded(case)] == [("a.csv", 1), ("b.csv", 1)]
