"""The order list looks like a real one, quirks included."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest

from workbench.simulate import Shop, write_taobao
from workbench.simulate.taobao_export import EXPORT_NAME

BLANK_AT_END = {"收货地址 ", "联系电话 ", "订单付款时间 ", "宝贝标题 ", "宝贝种类 ", "物流单号 "}


@pytest.fixture(scope="module")
def folder(plain_shops: list[Shop], tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("taobao")
    write_taobao(plain_shops[0], target)
    return target


@pytest.fixture(scope="module")
def text(folder: Path) -> str:
    return (folder / EXPORT_NAME).read_bytes().decode("gbk")


@pytest.fixture(scope="module")
def cells(text: str) -> list[dict[str, str]]:
    # ="123" is no quoted cell for a plain reader: it comes through as it is.
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_header_is_the_61_columns_of_2019(text: str):
    headers = [h.strip('"') for h in text.split("\r\n", 1)[0].split(",")]
    assert len(headers) == 61
    assert headers[:3] == ["订单编号", "买家会员名", "买家支付宝账号"]
    assert headers[-1] == "主订单编号"
    assert {h for h in headers if h.endswith(" ")} == BLANK_AT_END
    assert len(set(headers)) == 61


def test_one_row_per_order_in_order_grain(cells: list[dict[str, str]], plain_shops: list[Shop]):
    ids = [row["订单编号"] for row in cells]
    assert len(ids) == len(set(ids)) == 5000
    assert {i.strip('="') for i in ids} == set(plain_shops[0].orders["order_id"])
    assert all(re.fullmatch(r'="\d{18}"', i) for i in ids)
    assert {row["主订单编号"] for row in cells} == {'=""'}


def test_cells_are_quoted_except_ids(text: str):
    first = text.split("\r\n")[1]
    assert re.fullmatch(r'="\d+"(,"[^"]*"){2},="\d+"(,"[^"]*"){56},=""', first)


def test_small_quirks(cells: list[dict[str, str]]):
    assert all(re.fullmatch(r"'100\d{8}", row["联系手机"]) for row in cells)
    assert {row["买家服务费"] for row in cells} == {"0元"}
    assert all(re.fullmatch(r"\d+\.\d\d元", row["打款商家金额"]) for row in cells)
    assert any(row["买家留言"] == "NULL" for row in cells)
    pattern = re.compile(r"\S+ \S+ \S+ .+\((\d{6})\)")
    codes = [m.group(1) for row in cells if (m := pattern.fullmatch(row["收货地址 "]))]
    assert len(codes) == 5000
    assert "000000" in codes
    assert any(" 其它区 " in row["收货地址 "] for row in cells)
    assert {row["是否手机订单"] for row in cells} == {"手机订单", ""}


def test_statuses_and_close_reasons(cells: list[dict[str, str]]):
    statuses = {row["订单状态"] for row in cells}
    assert {"交易成功", "交易关闭", "等待买家付款"} <= statuses
    assert {"卖家已发货，等待买家确认", "卖家已发货,等待买家确认"} <= statuses
    for row in cells:
        closed = row["订单状态"] == "交易关闭"
        assert (row["订单关闭原因"] == "订单未关闭") != closed


def test_amounts_add_up(cells: list[dict[str, str]]):
    for row in cells:
        due = Decimal(row["买家应付货款"]) + Decimal(row["买家应付邮费"])
        assert Decimal(row["总金额"]) == due
        paid = Decimal(row["买家实际支付金额"])
        assert paid == (due if row["订单付款时间 "] else 0)
        if row["订单状态"] == "交易成功":
            settled = Decimal(row["打款商家金额"].rstrip("元"))
            assert settled == paid - Decimal(row["退款金额"])


def test_orders_of_two_items_have_both_titles(cells: list[dict[str, str]], plain_shops: list[Shop]):
    second = plain_shops[0].orders.query("line_id == '2'").set_index("order_id")["product_title"]
    two = [row for row in cells if row["宝贝种类 "] == "2"]
    assert len(two) == len(second) > 50
    for row in two:
        assert row["宝贝标题 "].endswith("，" + second[row["订单编号"].strip('="')])


def test_hostile_cells_are_there(cells: list[dict[str, str]]):
    assert any(row["宝贝标题 "].startswith("=HYPERLINK") for row in cells)
    assert any("<script>" in row["宝贝标题 "] for row in cells)
    messages = {row["买家留言"] for row in cells}
    assert any("," in m for m in messages)
    assert any('"' in m for m in messages)
    assert any("\n" in m for m in messages)
    assert any(m.startswith("=") for m in messages)


def test_side_files_name_items_by_title_and_keep_recent_scans(
    folder: Path, plain_shops: list[Shop]
):
    shop = plain_shops[0]
    titles = set(shop.orders["product_title"])
    for name in ("purchases", "reviews", "campaigns"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert {row["product_id"] for row in csv.DictReader(file)} - {""} <= titles
    with (folder / "shipments.csv").open(encoding="utf-8", newline="") as file:
        parcels = {row["tracking_no"]: row for row in csv.DictReader(file)}
    with (folder / "shipment_events.csv").open(encoding="utf-8", newline="") as file:
        scanned = {parcels[row["tracking_no"]]["order_id"] for row in csv.DictReader(file)}
    named = set(shop.notices["order_id"])
    others = [p for p in parcels.values() if p["order_id"] in scanned - named]
    assert all(parcel["shipped_at"] >= "2025-12-18" for parcel in others)
    assert len(scanned & named) > 50
    # Weighed for comparison only: an older parcel with an item that the notice names.
    items = shop.orders.groupby("order_id")["product_id"].first()
    alone = [p["order_id"] for p in parcels.values() if p["order_id"] not in scanned]
    assert {items[order] for order in alone} <= {items[order] for order in named}
    assert 50 < len(alone) <= 12 * 25
