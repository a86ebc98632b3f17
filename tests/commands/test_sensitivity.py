"""The command line of the sensitivity view: what it says, leaves, and refuses."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pandas as pd
import pytest

from workbench.case import create_case
from workbench.cli import main

command = importlib.import_module("workbench.commands.sensitivity")


def rows_of(tables: object, names: object, *, progress: bool) -> pd.DataFrame:
    row = {"room": "weighing", "constant": "cap_digits", "reason": "because", "value": "12"}
    row |= {"listed": 40, "down_value": "10.8", "down_entered": 0, "down_left": 3}
    row |= {"down_evidence": -3, "up_value": "13.2", "up_entered": 0, "up_left": 0}
    still = {**row, "constant": "jaccard", "down_left": 0, "down_evidence": 0, "up_evidence": 0}
    return pd.DataFrame([{**row, "up_evidence": 0}, still])


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(command, "sensitivity_data", rows_of)
    monkeypatch.setattr(command, "open_tables", lambda case: {})
    create_case(tmp_path / "case")
    return tmp_path / "case"


def test_it_says_what_moves_and_how_many_do_not(case: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["sensitivity", "--case", str(case)]) == 0
    told = capsys.readouterr().out
    assert "40 orders are listed." in told
    assert "cap_digits (12) 10.8: 0 in, 3 out; 13.2: 0 in, 0 out" in told
    assert "Constants that move none: 1." in told
    assert len(pd.read_parquet(case / "results" / "sensitivity.parquet")) == 2


def test_machines_get_every_row(case: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["sensitivity", "--case", str(case), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [row["constant"] for row in rows] == ["cap_digits", "jaccard"]


def test_a_name_that_no_constant_has(case: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["sensitivity", "--case", str(case), "--constant", "nonsense"]) == 2
    told = capsys.readouterr().err
    assert "no constant nonsense" in told
    assert "cap_digits" in told
