"""A case is run again after newer files came: what changed is said in words."""

import shutil
from datetime import datetime
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from workbench.case import Case, append, decide, open_case
from workbench.cli import main
from workbench.commands import load, pack, rerun, run_notebooks
from workbench.errors import BadInput
from workbench.explain import read_assessment
from workbench.resources import notebooks_dir, samples_dir

SAMPLE = samples_dir() / "canonical"


def notebook(source: str) -> str:
    return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]))


@pytest.fixture(scope="module")
def screened(screened_small: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copytree(screened_small.path, tmp_path_factory.mktemp("rerun") / "case"))
    # Notebooks of its own, so that what is tested is the running and not what they hold.
    (path / "notebooks").mkdir()
    for name in (file.name for file in notebooks_dir().glob("*.ipynb")):
        shown = notebook("from workbench.commands import sample_case\nsample_case().shop")
        (path / "notebooks" / name).write_text(shown, "utf-8")
    return path


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the notebooks alone: a test of its own runs them."""
    monkeypatch.setattr(run_notebooks, "run_notebooks", lambda case, progress: [])


@pytest.fixture
def case(screened: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(screened, tmp_path / "case"))


def members(case: Path) -> list[str]:
    orders = read_assessment(open_case(case).results_dir).orders
    return orders.loc[orders["group_id"].notna(), "order_id"].tolist()


@pytest.fixture(scope="module")
def sent(screened: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case after its groups were defended and the pack of that was sent."""
    case = Path(shutil.copytree(screened, tmp_path_factory.mktemp("sent") / "case"))
    opened = open_case(case)
    for order_id in members(case):
        decide(
            opened,
            subject="order",
            subject_id=order_id,
            decision="defend",
            reason="genuine",
            who="li",
        )
    made = pack(case)
    body = {
        "attempt": 1,
        "sent_at": datetime(2026, 1, 7, 9).isoformat(),
        "channel": "back office",
        "reference": "",
        "pack": made.sha256,
        "seal": made.seal,
    }
    append(opened.database, who="li", kind="submission", subject_kind="case", body=body)
    return case


@pytest.fixture
def submitted(sent: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sent, tmp_path / "case"))


def refunded_since(case: Path, folder: Path, count: int) -> list[str]:
    """Load a newer export: `count` orders of the group whose money went back say so by now."""
    payments = pd.read_csv(SAMPLE / "payments.csv", dtype=str)
    orders = pd.read_csv(SAMPLE / "orders.csv", dtype=str)
    back = set(payments.loc[payments["direction"] == "out", "counterparty_account"].dropna())
    paid_back = orders.loc[orders["buyer_account"].isin(back), "order_id"]
    chosen = [order for order in members(case) if order in set(paid_back)][:count]
    mine = orders["order_id"].isin(chosen)
    orders.loc[mine, "refund_amount"] = orders.loc[mine, "paid_amount"]
    orders.to_csv(folder / "newer.csv", index=False)
    load([folder / "newer.csv"], case)
    return chosen


@pytest.mark.usefixtures("quick")
def test_nothing_new_is_nothing_changed(submitted: Path):
    done = rerun(submitted)
    assert done.against == "submission"
    assert done.submitted_changed == 0
    assert done.problems == ()
    assert done.told["en"][0] == "No marked group changed."
    assert "figures of the letter are what they were" in done.told["en"][1]
    assert len(done.figures) > 10


@pytest.mark.usefixtures("quick")
def test_what_newer_files_change_is_told_with_its_reason(submitted: Path, tmp_path: Path, capsys):
    chosen = refunded_since(submitted, tmp_path, 4)
    assert len(chosen) == 4
    code = main(["rerun", "--case", str(submitted), "--language", "en"])
    out = capsys.readouterr().out
    assert code == 1
    assert "Held against the last submission:" in out
    told = [line for line in out.splitlines() if "were refunded" in line]
    assert len(told) == 1
    assert any(order in told[0] for order in chosen)
    assert " is told otherwise. Before: " in out or " lost " in out
    assert "figures of the letter change:" in out


@pytest.mark.usefixtures("quick")
def test_without_a_submission_it_is_held_against_the_screening(case: Path, tmp_path: Path):
    refunded_since(case, tmp_path, 4)
    done = rerun(case)
    assert done.against == "screening"
    assert done.submitted_changed == 0
    assert "changed" in done.groups["state"].tolist() or "gone" in done.groups["state"].tolist()


def test_notebooks_are_run_on_the_case_and_one_that_stops_is_named(case: Path):
    first, second, *_ = sorted((case / "notebooks").glob("*.ipynb"))
    second.write_text(notebook("raise ValueError('no such group')"), "utf-8")
    done = rerun(case)
    (problem,) = done.problems
    assert problem.where == second.name
    assert "no such group" in problem.what
    shown = nbformat.read(first, as_version=4).cells[0].outputs[0]["data"]["text/plain"]
    assert shown == "'S'"


def test_a_submitted_pack_that_is_gone_is_asked_for(submitted: Path):
    (open_case(submitted).exports_dir / "appeal.zip").unlink()
    with pytest.raises(BadInput, match="no longer lies in the case"):
        rerun(submitted)
