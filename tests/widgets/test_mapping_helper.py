from pathlib import Path

import pytest

from workbench.case import Case, create_case
from workbench.errors import BadInput
from workbench.load import load_files
from workbench.resources import samples_dir
from workbench.widgets import MappingHelper

WORDS = {"完成了": "completed", "路上": "shipped", "退了": "closed"}


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
    helper.save.click()
    mapping = case.path / "mappings" / "unknown_table.toml"
    assert str(mapping) in helper.result.value
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
    helper.save.click()
    assert "Nothing was written." in helper.result.value
    assert not list((case.path / "mappings").iterdir())


@pytest.mark.parametrize("name", ["", "../../evil", "/etc/evil", "a/../evil.toml"])
def test_a_name_cannot_leave_the_folder(helper: MappingHelper, case: Case, name: str):
    helper.point("进度", "status", WORDS)
    helper.name.value = name
    helper.save.click()
    outside = [path for path in case.path.parent.rglob("*evil*") if path.parent.name != "mappings"]
    assert outside == []
    assert bool(name) == (case.path / "mappings" / "evil.toml").is_file()


def test_two_headers_cannot_be_one_column(helper: MappingHelper):
    helper.point("进度", "status", WORDS)
    helper.point("客人", "phone")
    assert "only one can be phone" in helper.preview.value


def test_form_of_times_and_currency_go_into_the_file(case: Case, tmp_path: Path):
    file = tmp_path / "us.csv"
    file.write_text("order id,date,status,paid amount\n1,31/10/2025 9:05,done,5\n", "utf-8")
    helper = MappingHelper(file, case)
    helper.point("date", "created_at")
    helper.point("status", "status", {"done": "completed"})
    assert "would load" in helper.preview.value
    assert "0 would load" in helper.preview.value
    helper.settings["time"].value = "%d/%m/%Y %H:%M"
    helper.settings["currency"].value = "EUR"
    assert "1 would load" in helper.preview.value
    assert "2025-10-31 09:05:00" in helper.preview.value
    assert "EUR" in helper.preview.value
    helper.save.click()
    text = (case.path / "mappings" / "us.toml").read_text("utf-8")
    assert text.startswith('times = ["%d/%m/%Y %H:%M"]\n')


def test_another_kind_of_table_has_other_columns(helper: MappingHelper):
    helper.table.value = "reviews"
    assert "rating" in [value for _, value in helper.columns["单号"].options]
    assert "No header is posted_at yet" in helper.preview.value


def test_cells_of_strangers_are_escaped(case: Case, tmp_path: Path):
    file = tmp_path / "a.csv"
    file.write_text("order id,<b>date,x\n1,<script>alert(1)</script>,<i>\n", "utf-8")
    helper = MappingHelper(file, case)
    line = helper._lines.children[1]
    assert "<script>" not in line.children[0].value
    assert "<b>date" not in line.children[0].value
