"""The command that says how good the data are."""

import json

import pytest
from openpyxl import load_workbook

from workbench.case import create_case
from workbench.cli import main
from workbench.commands import quality, write_quality
from workbench.errors import BadInput


@pytest.fixture(scope="module")
def report(screened_sample):
    return quality(screened_sample.path)


def test_the_sample_is_in_order(report):
    assert report.account.balanced.all()
    assert report.odd_values.rows.found.sum() == 0
    assert report.gaps.empty
    assert report.checks.set_index("check").state["address_variants"] == "can_run"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_workbook_with_a_sheet_per_part(report, screened_sample, tmp_path, language):
    out = write_quality(report, screened_sample.path, tmp_path / "q.xlsx", language=language)
    titles = load_workbook(out, read_only=True).sheetnames
    assert len(titles) == 14
    assert titles[0] == {"zh": "摘要", "en": "Summary"}[language]


def test_a_page_in_the_language_of_the_case(report, screened_sample, tmp_path):
    out = write_quality(report, screened_sample.path, tmp_path / "q.HTML")
    assert '<html lang="zh-CN">' in out.read_text("utf-8")


@pytest.mark.parametrize("name", ["q.pdf", "q", "missing/q.xlsx"])
def test_another_kind_of_file_or_no_folder_is_told(report, screened_sample, tmp_path, name):
    with pytest.raises(BadInput):
        write_quality(report, screened_sample.path, tmp_path / name)


def test_a_case_without_orders_is_told(tmp_path):
    case = create_case(tmp_path / "case")
    with pytest.raises(BadInput, match="No orders"):
        quality(case.path)


def test_the_command_line(screened_sample, tmp_path, capsys):
    out = tmp_path / "q.xlsx"
    assert main(["quality", "--case", str(screened_sample.path), "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert "Rows read: 10,706 = 10,706 loaded + 0 quarantined" in told
    assert str(out) in told
    assert out.stat().st_size > 0


def test_the_command_line_for_machines(screened_sample, capsys):
    assert main(["quality", "--case", str(screened_sample.path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is True
    assert {row["state"] for row in told["checks"]} == {"can_run", "partly", "cannot_run"}
    # The platform's order export names an item by its title only.
    (blind,) = [row for row in told["checks"] if row["state"] == "cannot_run"]
    assert (blind["check"], blind["missing"]) == ("beyond_stock", "orders.product_id")
    assert told["coverage"][0]["orders_named"] is None
