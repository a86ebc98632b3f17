"""Proposals for a table that nobody knows, and the mapping written from them."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.load.made import load, loaded
from workbench.errors import BadInput
from workbench.load import propose_mapping, write_mapping
from workbench.load.formats import read_mapping

HEADERS = ["订单号", "下单时间", "订单状态", "实付金额", "手机", "数量", "备注", "颜色"]
ROWS = [
    ["X1", "2026-01-02 10:00:00", "已发货", "¥12.50", "13800000000", "1", "", "红"],
    ["X2", "2026/1/3 9:00", "交易成功", "1,200", "13800000001", "2", "-", "蓝"],
]


def test_a_chinese_sheet(tmp_path):
    proposals = {p.column: p for p in propose_mapping(HEADERS, ROWS)}
    rules = {name: p.rule for name, p in proposals.items()}
    assert rules == {
        "order_id": "订单号",
        "created_at": "下单时间",
        "status": {"header": "订单状态", "words": {"已发货": "shipped", "交易成功": "completed"}},
        "phone": "手机",
        "quantity": "数量",
        "paid_amount": "实付金额",
        "seller_memo": "备注",
    }
    assert all(p.sure for p in proposals.values())
    assert "实付金额" in proposals["paid_amount"].reasons["zh"]
    assert "实付金额" in proposals["paid_amount"].reasons["en"]
    mapping = tmp_path / "m.toml"
    write_mapping(mapping, list(proposals.values()), zone="Asia/Shanghai", currency="CNY")
    file = tmp_path / "a.csv"
    file.write_text("\n".join(",".join(f'"{c}"' for c in row) for row in [HEADERS, *ROWS]), "utf-8")
    [report] = load(tmp_path / "case", file, mapping=mapping)
    assert report.columns_unused == ["颜色"]
    assert [(r["status"], r["paid_amount"]) for r in loaded(tmp_path / "case", report)] == [
        ("shipped", Decimal("12.5")),
        ("completed", Decimal("1200")),
    ]


def test_what_no_header_names_is_marked(tmp_path):
    headers = ["InvoiceNo", "InvoiceDate", "Quantity", "UnitPrice"]
    rows = [["1", "2010-12-01 08:26:00", "6", "2.55"]]
    proposals = {p.column: p for p in propose_mapping(headers, rows)}
    assert proposals["paid_amount"].rule == {"product": ["Quantity", "UnitPrice"]}
    assert proposals["status"].rule == {"constant": "completed"}
    assert not proposals["paid_amount"].sure
    assert not proposals["status"].sure
    assert proposals["order_id"].sure


def test_cells_must_look_like_the_column():
    proposals = propose_mapping(["订单号", "下单时间", "实付金额"], [["1", "soon", "a lot"]])
    assert {p.column for p in proposals} == {"order_id", "status"}


def test_unknown_status_words_are_left_to_a_person():
    [proposal] = propose_mapping(["订单状态"], [["已发货"], ["飞走了"]])
    assert proposal.rule["words"] == {"已发货": "shipped"}
    assert not proposal.sure


def test_a_mapping_that_cannot_load_is_not_written(tmp_path):
    with pytest.raises(BadInput, match="created_at"):
        write_mapping(tmp_path / "m.toml", propose_mapping(["订单号"], [["1"]]))
    assert list(tmp_path.iterdir()) == []


def test_headers_with_odd_signs_survive_writing(tmp_path):
    odd = 'pa"id\\ 金额'
    proposals = propose_mapping(HEADERS, ROWS)
    changed = [
        type(p)(p.column, odd, p.sure, p.reasons) if p.column == "paid_amount" else p
        for p in proposals
    ]
    path: Path = tmp_path / "m.toml"
    write_mapping(path, changed)
    assert read_mapping(path).columns["paid_amount"].header == odd


def test_shapes_are_proposed_with_their_share_and_never_sure():
    headers = ["甲", "乙", "丙", "丁", "戊", "己"]
    rows = [
        ["240728699116526468", "2026-01-02 10:00:00", "13800000000", "12.50", "已发货", "红"],
        ["240728699116526469", "2026-01-03 10:00:00", "138****0001", "13.50", "交易成功", "蓝"],
        ["240728699116526470", "2026-01-04 10:00:00", "13800000002", "14.50", "待付款", "红"],
    ]
    proposals = {p.column: p for p in propose_mapping(headers, rows)}
    words = {"已发货": "shipped", "交易成功": "completed", "待付款": "pending"}
    assert {name: p.rule for name, p in proposals.items()} == {
        "order_id": "甲",
        "created_at": "乙",
        "phone": "丙",
        "paid_amount": "丁",
        "status": {"header": "戊", "words": words},
    }
    assert not any(p.sure for p in proposals.values())
    assert "3 of 3 cells look like mobile numbers" in proposals["phone"].reasons["en"]
    assert "3 个单元格中 3 个像手机号" in proposals["phone"].reasons["zh"]
    assert propose_mapping(headers, rows, guesses=False) == []


def test_two_headers_of_one_shape_are_left_to_a_person():
    rows = [["2026-01-02", "2026-01-03"]]
    assert [p.column for p in propose_mapping(["甲", "乙"], rows, "reviews")] == []


def test_the_likeliest_name_wins_wherever_it_stands():
    rows = [["77", "24072869911652"]]
    [proposal] = [
        p for p in propose_mapping(["单号", "线上订单号"], rows) if p.column == "order_id"
    ]
    assert proposal.rule == "线上订单号"


def test_a_doubtful_name_is_never_sure():
    [proposal] = [
        p
        for p in propose_mapping(["运单号", "重量(kg)"], [["SF1", "1.5"]], "shipments")
        if p.column == "weighed_weight_g"
    ]
    assert proposal.rule == {"header": "重量(kg)", "scale": 1000}
    assert not proposal.sure
