"""The command line of the known-answer test: what it says and leaves, and what it leaves alone."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pandas as pd
import pytest

from workbench.case import create_case
from workbench.cli import main
from workbench.known_answer import COLUMNS, read_known_answers

command = importlib.import_module("workbench.commands.known_answer")


def answers(tables: object, *, seeds: int, progress: bool) -> pd.DataFrame:
    nothing = dict.fromkeys(("recall_evidence", "recall", "low", "high"), float("nan"))
    row = {"shop": "", "kind": "slow_phone", "level": "plain", "state": "not_visible"}
    row |= {"absent": "orders.phone", "seeds": seeds, **nothing}
    counts = ("rings", "planted", "evidence", "marked", "false_evidence", "false_marked")
    return pd.DataFrame([{**row, **dict.fromkeys(counts, 0)}])[list(COLUMNS)].astype(COLUMNS)


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(command, "known_answers", answers)
    monkeypatch.setattr(command, "open_tables", lambda case: {})
    create_case(tmp_path / "case")
    return tmp_path / "case"


def test_it_says_what_a_silence_is_worth(case, capsys):
    assert main(["known-answer", "--case", str(case)]) == 0
    assert "Shared phone over weeks: not visible in these data" in capsys.readouterr().out
    rows = read_known_answers(case / "results", case / "tables")
    assert rows is not None
    assert rows.seeds.tolist() == [5]


def test_machines_get_rows_without_not_a_number_and_both_languages(case, capsys):
    assert main(["known-answer", "--case", str(case), "--seeds", "2", "--json"]) == 0
    told = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert told["rows"][0]["seeds"] == 2
    assert told["rows"][0]["recall"] is None
    assert set(told["told"]) == {"zh", "en"}


def test_a_case_without_orders_is_refused_in_words(tmp_path, capsys):
    create_case(tmp_path / "empty")
    assert main(["known-answer", "--case", str(tmp_path / "empty")]) == 2
    assert "No orders have been loaded" in capsys.readouterr().err
