from pathlib import Path

import openpyxl
import pytest

from workbench.case import Case, create_case
from workbench.errors import BadInput
from workbench.load import load_files, saved_mappings
from workbench.resources import samples_dir
from workbench.widgets import MappingHelper

WORDS = {"完成了": "completed", "路上": "shipped", "退了": "closed"}


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_MAPPINGS", str(tmp_path / "kept"))


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case", language="en")


@pytest.fixture
def helper(case: Case) -> MappingHelper:
    return MappingHelper(samples_dir() / "unknown_table.csv", case)


def chosen(helper: MappingHelper) -> dict[str, str]:
    return {header: field.value for header, field in helper.columns.items() if field.value}


def test_what_known_tables_call_so_is_proposed_with_the_reason(helper: MappingHelper):
    assert chosen(helper) == {
        "单号": "order_id",
        "下单日期": "created_at",
        "手机": "phone",
        "数量": "quantity",
        "实收金额": "paid_amount",
    }
    line = helper._lines.children[0]
    assert "A0001 | A0002 | A0003" in line.children[0].value
    assert "the header 单号 is what a usual list of this kind calls it" in line.children[2].value


def test_what_nobody_pointed_at_is_not_guessed(helper: MappingHelper):
    assert "No header is status yet" in helper.preview.value
    assert helper.derived["status"].value is False
    helper.derived["status"].value = True
    assert "Of the first 20 rows 19 would load and 1 be quarantined." in helper.preview.value


def test_pointing_at_a_column_shows_how_its_rows_would_load(helper: MappingHelper):
    helper.columns["进度"].value = "status"
    assert [word for _, word in helper.words] == ["完成了", "路上", "退了", "没付"]
    for word, meaning in WORDS.items():
        helper.words[("进度", word)].value = meaning
    assert "18 would load and 2 be quarantined" in helper.preview.value
    assert '<th scope="row">12</th><td>进度</td><td>没付</td>' in helper.preview.value
    assert "三十九块九" in helper.preview.value


def test_code_can_point_as_a_hand_does(helper: MappingHelper):
    helper.point("进度", "status", WORDS)
    assert helper.told().splitlines()[-3:] == [
        "Of the first 20 rows 18 would load and 2 be quarantined.",
        "12: 进度 '没付' – the format does not know this word",
        "13: 实收金额 '三十九块九' – this is no amount",
    ]


@pytest.mark.parametrize(
    ("header", "column", "words"),
    [
        ("价格", "paid_amount", {}),
        ("进度", "progress", {}),
        ("进度", "status", {"nie": "closed"}),
        ("进度", "status", {"退了": "gone"}),
    ],
)
def test_pointing_at_what_is_not_there_is_told(
    helper: MappingHelper, header: str, column: str, words: dict[str, str]
):
    with pytest.raises(BadInput):
        helper.point(header, column, words)


def test_saving_writes_a_mapping_that_loads_the_file(
    helper: MappingHelper, case: Case, tmp_path: Path
):
    helper.point("进度", "status", WORDS)
    helper.point("客人", "buyer_name")
    helper.saving.button.click()
    mapping = case.path / "mappings" / "unknown_table.toml"
    assert str(mapping) in helper.saving.result.value
    (report,) = load_files(
        [samples_dir() / "unknown_table.csv"],
        tables_dir=tmp_path / "tables",
        sources_dir=tmp_path / "sources",
        zone=case.zone,
        currency=case.currency,
        mapping=mapping,
    )
    assert (report.rows_loaded, report.rows_quarantined) == (18, 2)
    assert ("客人", "buyer_name") in report.columns_mapped


def test_an_unfinished_mapping_is_not_saved(helper: MappingHelper, case: Case):
    helper.saving.button.click()
    assert "Nothing was written." in helper.saving.result.value
    assert not (case.path / "mappings").exists()
    assert saved_mappings() == []


@pytest.mark.parametrize("name", ["", "../../evil", "/etc/evil", "a/../evil.toml"])
def test_a_name_cannot_leave_the_folder(helper: MappingHelper, case: Case, name: str):
    helper.point("进度", "status", WORDS)
    helper.saving.name.value = name
    helper.saving.button.click()
    outside = [
        path
        for path in case.path.parent.rglob("*evil*")
        if path.parent.name not in ("mappings", "kept")
    ]
    assert outside == []
    assert bool(name) == (case.path / "mappings" / "evil.toml").is_file()


def test_two_headers_cannot_be_one_column(helper: MappingHelper):
    helper.point("进度", "status", WORDS)
    helper.point("客人", "phone")
    assert "only one can be phone" in helper.preview.value
    for header in ("客人", "手机"):
        assert "only one can be phone" in helper._by_header[header].children[2].value
    assert "only one" not in helper._by_header["单号"].children[2].value


def test_what_is_still_required_shows(helper: MappingHelper):
    assert "<li>○ <b>status</b>: still required</li>" in helper.required.value
    assert "<li>✓ <b>order_id</b>: 单号</li>" in helper.required.value
    helper.point("进度", "status", WORDS)
    assert "still required" not in helper.required.value


def test_a_problem_is_told_beside_its_field(helper: MappingHelper):
    helper.point("进度", "status", WORDS)
    told = helper._by_header["实收金额"].children[2].value
    assert "1 of 20 rows: this is no amount (row 13: 三十九块九)" in told
    assert "does not know this word (row 12: 没付)" in helper._by_header["进度"].children[2].value
    helper.columns["进度"].value = ""
    assert "row 12" not in helper._by_header["进度"].children[2].value


def test_a_kept_mapping_loads_the_next_file_and_is_replaced_only_when_ticked(
    helper: MappingHelper, case: Case, tmp_path: Path
):
    helper.point("进度", "status", WORDS)
    helper.saving.button.click()
    assert [kept.name for kept in saved_mappings()] == ["unknown_table"]
    assert "loads at once" in helper.saving.result.value
    assert "mapping=" not in helper.saving.result.value
    (report,) = load_files(
        [samples_dir() / "unknown_table.csv"],
        tables_dir=tmp_path / "tables",
        sources_dir=tmp_path / "sources",
        zone=case.zone,
        currency=case.currency,
    )
    assert report.format == "saved:unknown_table"
    helper.point("客人", "buyer_name")
    assert helper.saving.result.value == ""
    assert helper.saving.replace.layout.display == "none"
    helper.saving.button.click()
    assert "has this name, or reads files with these headers" in helper.saving.result.value
    assert helper.saving.replace.layout.display is None
    assert "buyer_name" not in saved_mappings()[0].form.columns
    helper.saving.replace.value = True
    helper.saving.button.click()
    assert "buyer_name" in saved_mappings()[0].form.columns


def test_a_mapping_for_once_is_not_kept(helper: MappingHelper, case: Case):
    helper.point("进度", "status", WORDS)
    helper.saving.keep.value = False
    helper.saving.button.click()
    assert saved_mappings() == []
    assert "mapping=Path" in helper.saving.result.value
    assert (case.path / "mappings" / "unknown_table.toml").is_file()


def test_a_sheet_of_a_workbook_can_be_chosen(case: Case, tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.title = "进货"
    book.active.append(["进货单号", "供应商", "货号", "数量", "进货日期"])
    book.active.append(["P1", "石磨", "A1", 5, "2026-01-02"])
    sheet = book.create_sheet("盘点")
    for row in (["盘点日期", "货号", "盘点数量"], ["2026-01-03", "A1", 7]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    helper = MappingHelper(tmp_path / "a.xlsx", case)
    assert helper.table.value == "purchases"
    assert helper.sheet.layout.display is None
    helper.sheet.value = "盘点"
    assert helper.table.value == "stock"
    assert "1 would load" in helper.preview.value
    assert "2026-01-03" in helper.preview.value


def test_form_of_times_and_currency_go_into_the_file(case: Case, tmp_path: Path):
    file = tmp_path / "us.csv"
    file.write_text("order id,date,status,paid amount\n1,31/10/2025 9:05,done,5\n", "utf-8")
    helper = MappingHelper(file, case)
    helper.point("date", "created_at")
    helper.point("status", "status", {"done": "completed"})
    assert "would load" in helper.preview.value
    assert "2025-10-31 09:05:00" in helper.preview.value  # no month is the 31st
    helper.settings["time"].value = "%d/%m/%Y %H:%M"
    helper.settings["currency"].value = "EUR"
    assert "1 would load" in helper.preview.value
    assert "2025-10-31 09:05:00" in helper.preview.value
    assert "EUR" in helper.preview.value
    helper.saving.button.click()
    text = (case.path / "mappings" / "us.toml").read_text("utf-8")
    assert 'times = ["%d/%m/%Y %H:%M"]\n' in text


def test_another_kind_of_table_has_other_columns(helper: MappingHelper):
    helper.table.value = "reviews"
    assert "rating" in [value for _, value in helper.columns["单号"].options]
    assert helper.columns["下单日期"].value == ""
    assert "perhaps posted_at" in helper._by_header["下单日期"].children[2].value
    assert "No header is posted_at yet" in helper.preview.value


def test_cells_of_strangers_are_escaped(case: Case, tmp_path: Path):
    file = tmp_path / "a.csv"
    file.write_text("order id,<b>date,x\n1,<script>alert(1)</script>,<i>\n", "utf-8")
    helper = MappingHelper(file, case)
    line = helper._lines.children[1]
    assert "<script>" not in line.children[0].value
    assert "<b>date" not in line.children[0].value
