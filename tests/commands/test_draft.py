"""`workbench map` and `workbench mappings`: propose, check, keep, forget."""

import json
from pathlib import Path

import pytest

from workbench.cli import main
from workbench.commands.draft import draft_mapping
from workbench.errors import BadInput
from workbench.load.formats import read_mapping

SHEET = """单号,下单日期,手机,实收金额,进度,颜色
A1,2026/1/2 10:00,13800138000,5.00,已发货,红
A2,2026/1/2 11:00,13800138001,6.00,飞走了,蓝
"""


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_MAPPINGS", str(tmp_path / "kept"))
    path = tmp_path / "a.csv"
    path.write_text(SHEET, "utf-8")
    return path


def test_what_is_proposed_and_what_must_be_checked(sheet):
    draft = draft_mapping(sheet)
    assert draft.table == "orders"
    sure = {p.column: p.header for p in draft.proposals if p.sure}
    assert sure == {
        "order_id": "单号",
        "created_at": "下单日期",
        "phone": "手机",
        "paid_amount": "实收金额",
    }
    assert [p.column for p in draft.proposals if not p.sure] == ["status"]
    assert draft.missing == ()
    assert draft.unused == ("进度", "颜色")
    assert draft_mapping(sheet, "reviews").missing == ()
    assert draft_mapping(sheet, "stock").missing == ("product_id", "quantity")


def test_a_draft_is_used_only_after_a_person_checked_it(sheet, tmp_path, capsys):
    out = tmp_path / "m.toml"
    assert main(["map", str(sheet), "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert "? derived → status: no header names it: every order taken as completed" in told
    assert "Check (?): status" in told
    assert "Not used: 进度, 颜色" in told
    with pytest.raises(BadInput, match="status"):
        read_mapping(out)
    out.write_text(out.read_text("utf-8").replace("# CHECK: ", ""), "utf-8")
    case = tmp_path / "case"
    assert main(["mappings", "--keep", str(out), "--name", "ours"]) == 0
    assert "ours: orders, read by 单号, 下单日期" in capsys.readouterr().out
    assert main(["load", str(sheet), "--case", str(case), "--shop", "s"]) == 0
    assert "your saved mapping ours" in capsys.readouterr().out
    assert main(["mappings", "--keep", str(out)]) == 2
    assert "ours has this name, or reads files with these headers" in capsys.readouterr().err
    assert main(["mappings", "--keep", str(out), "--name", "new", "--replace", "--json"]) == 0
    [listed] = json.loads(capsys.readouterr().out)["mappings"]
    assert (listed["name"], listed["table"]) == ("new", "orders")
    assert main(["mappings", "--forget", "new"]) == 0
    assert "No mapping is saved." in capsys.readouterr().out
    assert main(["mappings", "--forget", "new"]) == 2


def test_bad_requests(sheet, tmp_path, capsys):
    assert main(["map", str(sheet), "--table", "order"]) == 2
    assert "There is no table 'order'" in capsys.readouterr().err
    (tmp_path / "m.toml").write_text("mine", "utf-8")
    assert main(["map", str(sheet), "--out", str(tmp_path / "m.toml")]) == 2
    assert (tmp_path / "m.toml").read_text("utf-8") == "mine"
    assert main(["map", str(sheet), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["table"] == "orders"
