from datetime import datetime
from pathlib import Path

import pytest
from invented_matter import HOSTILE_TITLE, SHA, Example
from openpyxl import Workbook, load_workbook

from appeal.told_letter import figures_of
from workbench.appeal.letter_model import letter_model
from workbench.appeal.matter import gather
from workbench.appeal.workbook import write_workbook


def make(example: Example, out: Path, *, masked: bool = True) -> Workbook:
    masker = example.masker if masked else None
    matter = gather(example.case, example.tables, example.assessment, masker)
    write_workbook(matter, example.tables, out)
    return load_workbook(out)


@pytest.fixture(scope="module")
def book(example: Example, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return make(example, tmp_path_factory.mktemp("book") / "a.xlsx")


def rows(book: Workbook, sheet: str) -> list[dict[str, object]]:
    (title,) = (name for name in book.sheetnames if name.endswith(f" {sheet}"))
    head, *lines = book[title].iter_rows(values_only=True)
    names = [str(name).split(" / ")[-1] for name in head]
    return [dict(zip(names, line, strict=True)) for line in lines]


def test_every_sheet_is_there(book: Workbook):
    assert book.sheetnames == [
        "说明 About",
        "分组 Groups",
        "订单 Orders",
        "解释检验 Tests",
        "待补材料 Papers",
        "决定 Decisions",
        "证据 Evidence",
        "证据强度 Strength",
        "时间线 Chronology",
        "程序核查 Procedure",
        "救济途径 Remedies",
        "检测项 Detectors",
        "来源 Sources",
    ]


def test_each_order_line_can_be_walked_back_to_its_source(book: Workbook):
    orders = rows(book, "Orders")
    assert [order["order_id"] for order in orders] == ["1001", "1002", "1003", "1004", "9999"]
    assert [order["source_row"] for order in orders] == [2, 3, 4, 5, None]
    assert [order["source_file"] for order in orders] == [SHA] * 4 + [None]
    first, last = orders[0], orders[-1]
    assert first["in_notice"] == "是 / yes"
    assert first["assessment"] == "异常 / Unusual"
    assert first["decision"] == "申辩 / Defend"
    assert first["evidence"] == "1"
    assert first["created_at"] == datetime(2026, 1, 1, 10)
    assert first["paid_amount"] == pytest.approx(9.9)
    assert first["product_title"] == HOSTILE_TITLE
    assert "paid_at" not in first
    assert last["assessment"] == "数据中没有 / not in the data"
    assert last["decision"] == "尚未决定 / Not decided yet"


def test_no_cell_of_the_workbook_is_a_formula(book: Workbook):
    kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert "f" not in kinds
    assert "s" in kinds


def test_personal_columns_are_masked_unless_asked_otherwise(
    book: Workbook, example: Example, tmp_path: Path
):
    masked = rows(book, "Orders")[0]
    assert masked["buyer_id"] == example.masker.alias("B", "buyer_wang")
    assert masked["buyer_name"] == "王*"
    assert str(masked["phone"]).startswith("139****")
    assert "969" not in str(masked["address"])
    whole = rows(make(example, tmp_path / "b.xlsx", masked=False), "Orders")[0]
    assert (whole["buyer_name"], whole["phone"]) == ("王小明", "13912345678")


def test_groups_tests_and_papers(book: Workbook):
    first, second = rows(book, "Groups")
    assert (first["group_id"], first["size"], first["orders_at_issue"]) == ("G-aaaaaaaa", 2, 2)
    assert first["p_value"] == pytest.approx(1e-9)
    assert first["order_ids"] == "1001, 1002"
    assert second["decision"] == "尚未决定 / Not decided yet"
    assert [row["result"] for row in rows(book, "Tests")] == [
        "相符 / Fits",
        "不符 / Contradicted",
        "无法判断 / Cannot be told",
    ]
    assert rows(book, "Papers") == [
        {
            "group_id": "G-aaaaaaaa",
            "code": "E02",
            "paper_zh": "称重记录",
            "paper_en": "weighing record",
            "who_zh": "快递公司",
            "who_en": "carrier",
        }
    ]


def test_decisions_evidence_detectors_and_sources(book: Workbook, example: Example):
    decided = rows(book, "Decisions")
    assert [(row["subject_id"], row["decision"], row["order_count"]) for row in decided] == [
        ("G-aaaaaaaa", "申辩 / Defend", 2),
        ("1002", "承认 / Concede", 1),
        ("1004", "暂缓 / Hold", 1),
    ]
    assert decided[1]["reason"] == "=店员"
    assert [row["sha256"] for row in rows(book, "Evidence")] == [*example.evidence.values()]
    assert rows(book, "Detectors")[1] == {
        "detector": "device",
        "state": "not_available",
        "groups": 0,
        "needs": "orders.device",
    }
    (source,) = rows(book, "Sources")
    assert source == {
        "table": "orders",
        "file": source["file"],
        "sha256": SHA,
        "rows_read": 7,
        "rows_loaded": 5,
        "rows_quarantined": 2,
    }
    assert "13912345678" not in str(source["file"])


def test_the_same_case_gives_the_same_bytes(example: Example, tmp_path: Path):
    make(example, tmp_path / "a.xlsx")
    make(example, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_strength_of_evidence_order_by_order(book: Workbook):
    first, *_, last = rows(book, "Strength")
    assert first["order_id"] == "1001"
    assert first["evidence"] == "E1"
    assert first["strength"] == "证明力弱 / weak"
    assert first["independent"] == 1
    assert first["systems"] == "快递公司 / carrier"
    assert first["neutral"] == "是 / yes"
    assert "A second source that is independent of the first." in str(first["lacking_en"])
    assert (last["order_id"], last["strength"]) == ("9999", "尚无证据 / no evidence")


def test_every_moment_with_where_it_is_written(book: Workbook):
    moments = rows(book, "Chronology")
    placed = next(one for one in moments if one["order_id"] == "1001")
    assert placed["when"] == datetime(2026, 1, 1, 10)
    assert (placed["source_file"], placed["source_row"]) == (SHA, 2)
    recorded = [one for one in moments if one["event"] is not None]
    assert recorded
    assert all(one["source_file"] is None for one in recorded)


def test_every_check_and_every_remedy(book: Workbook):
    checks = rows(book, "Procedure")
    assert [one["check"] for one in checks] == [f"F{n:02d}" for n in range(1, 24)]
    assert {str(one["state"]).split(" / ")[1] for one in checks} <= {
        "in order",
        "a flaw",
        "needs an answer",
        "does not apply",
    }
    remedies = rows(book, "Remedies")
    assert remedies[0]["step"] == "当前 / now"
    assert remedies[0]["clock"] == datetime(2026, 1, 12, 8)


def test_the_figures_of_the_letters(example: Example, tmp_path: Path):
    matter = gather(example.case, example.tables, example.assessment, example.masker)
    figures = figures_of(example, matter)
    letter_model(matter, figures, "zh")
    letter_model(matter, figures, "en")
    write_workbook(matter, example.tables, tmp_path / "a.xlsx", figures)
    told = rows(load_workbook(tmp_path / "a.xlsx"), "Figures")
    defended = next(one for one in told if one["name_en"] == "orders decided: Defend")
    assert defended["value"] == "1"
    assert defended["rows"] == f"orders {SHA}: 2"
    assert len({one["figure"] for one in told}) == len(told)
