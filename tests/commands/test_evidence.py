"""Attach files and ask for what is missing, at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.case import Case, decide, evidence_files
from workbench.cli import main
from workbench.commands.evidence import attach_file, evidence, write_requests
from workbench.errors import BadInput
from workbench.proof import Request


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = main([str(argument) for argument in arguments])
    return code, capsys.readouterr().out


@pytest.fixture
def orders(sample_copy: Case) -> list[str]:
    """Two orders that the notice of the sample names."""
    return evidence(sample_copy.path).strength["order_id"].tolist()[:2]


def test_the_orders_at_issue_are_those_that_the_notice_names_and_nobody_conceded(sample_copy: Case):
    found = evidence(sample_copy.path).strength
    first, other = found["order_id"].tolist()[:2]
    assert set(found["level"]) == {"none"}
    for order, decision in ((first, "concede"), (other, "defend")):
        reason = {"reason": "r", "who": "li"}
        decide(sample_copy, subject="order", subject_id=order, decision=decision, **reason)
    assert (
        evidence(sample_copy.path).strength["order_id"].tolist() == found["order_id"].tolist()[1:]
    )


def test_files_are_attached_and_counted(
    capsys: pytest.CaptureFixture[str], sample_copy: Case, orders: list[str], tmp_path: Path
):
    case = ["--case", sample_copy.path]
    about = [f"--order={one}" for one in orders]
    assert run(capsys, "evidence", *case, *about)[0] == 1
    for name, code in (("scans.csv", "E01"), ("film.mp4", "E06")):
        (tmp_path / name).write_bytes(name.encode())
        given = ["--code", code, "--copy", "original", "--origin", "x", "--who", "Li"]
        done, out = run(capsys, "attach", tmp_path / name, *case, *about, *given)
        assert (done, out.split()[1]) == (0, name)
    assert evidence_files(sample_copy)["origin"].tolist() == ["x"] * 4
    done, out = run(capsys, "evidence", *case, *about, "--json")
    told = json.loads(out)
    assert (done, told["ok"]) == (0, True)
    assert [row["level"] for row in told["orders"]] == ["enough", "enough"]
    assert told["orders"][0]["systems"] == ["carrier", "warehouse"]


def test_requests_are_written_once(
    capsys: pytest.CaptureFixture[str], sample_copy: Case, orders: list[str], tmp_path: Path
):
    arguments = ["evidence", "--case", sample_copy.path, f"--order={orders[0]}"]
    arguments += ["--requests", tmp_path / "ask", "--language", "zh"]
    done, out = run(capsys, *arguments)
    assert done == 1
    files = sorted((tmp_path / "ask").iterdir())
    assert files
    assert all(str(path) in out for path in files)
    assert "索取：关于提供 1 票运单记录的请求（E01" in out
    assert orders[0] in files[1].read_text("utf-8")
    assert run(capsys, *arguments)[0] == 2  # what was completed is not written over


def test_an_order_that_nobody_knows_is_told(sample_copy: Case):
    with pytest.raises(BadInput, match="no order 77"):
        evidence(sample_copy.path, ["77"])


def test_without_orders_and_groups_a_file_speaks_for_the_case(sample_copy: Case, tmp_path: Path):
    (tmp_path / "a").write_bytes(b"a")
    file = attach_file(sample_copy.path, tmp_path / "a", codes=["E07"], who="Li")
    assert (file.subject, file.subject_id) == ("case", "")


@settings(deadline=None, max_examples=20)
@given(to=st.text(max_size=20))
def test_no_stranger_s_name_becomes_a_path(tmp_path_factory: pytest.TempPathFactory, to: str):
    folder = tmp_path_factory.mktemp("requests") / "new"
    one = Request("carrier", f"../{to}", ("1",), ("E01",), "题", "subject", "文", "text")
    names = [path.name for path in write_requests([one], folder)]
    assert names == ["01-carrier.zh.txt", "01-carrier.en.txt"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)


def test_the_orders_of_a_notice_that_a_person_recorded_are_at_issue(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    orders = tmp_path / "orders.csv"
    orders.write_text(
        "order_id,created_at,status,paid_amount,buyer_id\n"
        "536365,2026-01-01 10:00:00,completed,59.00,b1\n"
        "536366,2026-01-02 10:00:00,completed,59.00,b2\n",
        "utf-8",
    )
    case = tmp_path / "case"
    assert run(capsys, "load", orders, "--case", case)[0] == 0
    assert run(capsys, "screen", "--case", case, "--shuffles", "0")[0] == 0
    assert "目前没有涉及的订单" in run(capsys, "evidence", "--case", case)[1]
    told = tmp_path / "notice.txt"
    told.write_text("通知编号：T-1\n违规类型：虚假交易\n涉及订单：536366、999999\n", "utf-8")
    said = ["notice", told, "--case", case, "--confirm", "--who", "Li"]
    assert run(capsys, *said)[0] == 0
    assert evidence(case).strength["order_id"].tolist() == ["536366", "999999"]
