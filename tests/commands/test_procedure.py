"""`workbench procedure`: what is told, and what people record through it."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from workbench.case import Case, create_case, events, open_case
from workbench.cli.main import main
from workbench.commands import load, procedure


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of three orders and a notice on two of them; take `case` to write to it."""
    tmp_path = tmp_path_factory.mktemp("procedure")
    folder = tmp_path / "case"
    orders = "order_id,created_at,status,paid_amount\n"
    orders += "".join(
        f"{n},2026-02-0{n - 1000} 10:00:00,completed,100\n" for n in (1001, 1002, 1003)
    )
    notices = "notice_id,platform,violation,rule_clause,issued_at,decided_at,appeal_deadline,"
    notices += "attempts_allowed,attempts_used,measure,order_id\n"
    told = "N-1,某平台,虚假交易,《规则》第五条,2026-03-02 09:00:00,2026-03-01 09:00:00,"
    told += "2026-03-09 09:00:00,2,0,降权30天,"
    notices += f"{told}1001\n{told}1002\n"
    files = []
    for name, text in (("orders", orders), ("notices", notices)):
        files.append(tmp_path / f"{name}.csv")
        files[-1].write_text(text, "utf-8")
    create_case(folder, shop="小店", platform="某平台", as_of=datetime(2026, 3, 5, 12, 0))
    load(files, folder)
    return folder


@pytest.fixture
def case(loaded: Path, tmp_path: Path) -> Case:
    """A copy of the case that a test may change."""
    shutil.copytree(loaded, tmp_path / "case")
    return open_case(tmp_path / "case")


def run(case: Case, *words: str) -> int:
    return main(["procedure", "--case", str(case.path), *words])


def told(capsys, case: Case, *words: str) -> dict:
    assert run(case, "--json", *words) == 0
    return json.loads(capsys.readouterr().out)


def states(found: dict) -> dict[str, str]:
    return {row["code"]: row["state"] for row in found["checks"]}


def test_it_prints_the_checks_the_ladder_and_what_it_is_not(capsys, case: Case):
    assert run(case) == 0
    text = capsys.readouterr().out
    assert "F01 [通过]" in text
    assert "[当前] 平台内申诉" in text
    assert "不是法律意见" in text
    assert "This is not legal advice" in text
    assert run(case, "--language", "en") == 0
    assert "F01 [passed] Does the notice cite" in capsys.readouterr().out


def test_machines_get_every_frame(capsys, case: Case):
    found = told(capsys, case)
    assert found["notice"] == "N-1"
    assert len(found["checks"]) == 23
    assert found["ladder"][0]["state"] == "now"
    assert found["ladder"][0]["clock"] == "2026-03-09 09:00:00"
    assert found["ladder"][1]["clock"] is None
    assert [row["record"] for row in found["clocks"]] == ["platform", "carrier"]
    assert found["conduct"][0]["law"] == "AUCL2025.9; AUCL2025.25"
    assert "不是法律意见" in found["not_advice"]["zh"]


def test_an_answer_is_recorded_under_a_name(capsys, case: Case):
    assert states(told(capsys, case))["F05"] == "needs_answer"
    found = told(capsys, case, "--answer", "F05=no", "--text", "没有公告", "--who", "李")
    assert states(found)["F05"] == "failed"
    (event,) = events(case.database).to_dict("records")
    assert (event["kind"], event["who"]) == ("answer", "李")
    both = ("--answer", "F14=yes", "--answer", "F17=na", "--answer", "preservation=na")
    found = told(capsys, case, *both, "--who", "李")
    assert (states(found)["F14"], states(found)["F17"]) == ("passed", "not_applicable")
    assert {row["step"]: row["state"] for row in found["ladder"]}["preservation"] == "closed"


def test_a_rule_version_a_charge_and_a_request_are_recorded(capsys, case: Case):
    version = ("--rule", "规则", "--effective", "2026-02-02", "--published", "2026-01-30")
    assert states(told(capsys, case, *version, "--who", "李"))["F03"] == "failed"
    charge = ("--charged", "50", "--on", "2026-03-02", "--who", "李")
    assert states(told(capsys, case, *charge))["F23"] == "failed"
    asked = ("--asked", "human_review", "--to", "平台", "--on", "2026-03-04", "--who", "李")
    found = told(capsys, case, *asked)
    assert found["ladder"][1]["asked_at"] == "2026-03-04 00:00:00"
    assert states(found)["F11"] == "needs_answer"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--answer", "F05=maybe", "--who", "李"), "This is no answer: 'F05=maybe'"),
        (("--answer", "F99=no", "--text", "x", "--who", "李"), "There is no check or step 'F99'"),
        (("--answer", "appeal=yes", "--who", "李"), "There is no check or step 'appeal'"),
        (("--answer", "F05=no", "--who", "李"), "The flaw F05 needs a word of why"),
        (("--answer", "F05=yes"), "An answer needs a name"),
        (("--answer", "F05=yes", "--answer", "F14=yes", "--text", "x"), "One text cannot be"),
        (("--rule", "规则", "--who", "李"), "The version has no first day"),
        (("--charged", "5", "--who", "李"), "It is not said on which day"),
        (("--charged", "x", "--on", "2026-03-02", "--who", "李"), "This is no amount: 'x'"),
        (("--answer", "F05=yes", "--who", "李", "--asked", "data"), "not said on which day"),
    ],
)
def test_what_cannot_be_is_one_message_and_leaves_nothing(capsys, case: Case, words, says):
    assert run(case, *words) == 2
    assert says in capsys.readouterr().err
    assert len(events(case.database)) == 0


def test_a_case_without_a_notice(tmp_path: Path):
    orders = tmp_path / "orders.csv"
    orders.write_text("order_id,created_at,status,paid_amount\n1,2026-02-01 10:00:00,paid,5\n")
    load([orders], tmp_path / "case")
    found = procedure(tmp_path / "case")
    assert found.notice is None
    assert set(found.checks["state"]) == {"needs_answer"}
    assert found.conduct.empty
