"""Several exports of one shop, loaded one after the other, as a merchant downloads them."""

import json

from tests.load.made import ORDERS, content, load, order, text_file
from workbench.engine import connect
from workbench.load.report import LoadReport
from workbench.tables import order_changes, read_tables
from workbench.tables.loads import LOADS_FILE, MERGED, read_book

LIST = ["订单编号", "买家会员名", "买家应付货款", "买家应付邮费", "买家实际支付金额", "订单状态"]
LIST += ["订单创建时间", "订单付款时间", "收货人姓名", "宝贝标题", "退款金额"]
ITEMS = ["订单编号", "标题", "价格", "购买数量", "商品属性"]
NUMBER = "2407291122334455667"


def list_row(**cells):
    row = {
        "订单编号": f'="{NUMBER}"',
        "买家会员名": "买家甲",
        "买家应付货款": "100.00",
        "买家应付邮费": "5.00",
        "买家实际支付金额": "105.00",
        "订单状态": "卖家已发货，等待买家确认",
        "订单创建时间": "2026-01-02 03:04:05",
        "订单付款时间": "2026-01-02 03:05:00",
        "收货人姓名": "张三",
        "宝贝标题": "杯子, 盘子",
    }
    return {**row, **cells}


def rows_of(case):
    frame = read_tables(connect(threads=1), case / "tables")["orders"].to_pandas()
    return frame.sort_values(["order_id", "product_title"]).to_dict("records")


def test_taobao_orders_and_items_become_lines_and_a_later_list_supersedes(tmp_path):
    case = tmp_path / "case"
    orders = text_file(tmp_path / "ExportOrderList.csv", LIST, [list_row()], encoding="gb18030")
    items = text_file(
        tmp_path / "ExportOrderDetailList.csv",
        ITEMS,
        [
            {"订单编号": f'="{NUMBER}"', "标题": "杯子", "价格": "30", "购买数量": "2"},
            {"订单编号": f'="{NUMBER}"', "标题": "盘子", "价格": "40", "购买数量": "1"},
        ],
        encoding="gb18030",
    )
    first, second = load(case, orders, items)
    assert (first.table, second.table) == ("orders", "order_lines")
    cup, plate = sorted(rows_of(case), key=lambda row: row["detail_row"])
    assert [cup["order_id"], plate["order_id"]] == [NUMBER] * 2
    assert (cup["product_title"], cup["quantity"], str(cup["paid_amount"])) == (
        "杯子",
        2,
        "105.0000",
    )
    assert (plate["product_title"], str(plate["paid_amount"])) == ("盘子", "0.0000")
    assert (plate["source_file"], plate["detail_file"]) == (first.sha256, second.sha256)
    later = text_file(
        tmp_path / "later.csv",
        LIST,
        [list_row(订单状态="交易成功", 退款金额="10.00")],
        encoding="gb18030",
    )
    [report] = load(case, later)
    assert report.superseded_orders == 1
    assert report.orders_changed == {"orders": 1, "refund_amount": 1, "status": 1}
    assert {row["status"] for row in rows_of(case)} == {"completed"}
    found = order_changes(case / "tables").set_index("column")
    assert found.loc["status", ["before", "after"]].tolist() == ["shipped", "completed"]
    assert found.loc["status", ["before_file", "after_file"]].tolist() == [
        first.sha256,
        report.sha256,
    ]
    kept = case / "tables/orders" / f"{report.sha256}.json"
    assert LoadReport.from_json(kept.read_text("utf-8")).orders_changed == report.orders_changed


def test_overlapping_months_count_each_order_once(tmp_path):
    case = tmp_path / "case"
    january = text_file(tmp_path / "jan.csv", ORDERS, [order(1), order(2)])
    february = text_file(tmp_path / "feb.csv", ORDERS, [order(2), order(3)])
    load(case, january)
    load(case, february)
    assert sum(row["paid_amount"] for row in rows_of_plain(case)) == 37.5
    assert [row["order_id"] for row in rows_of_plain(case)] == ["A1", "A2", "A3"]
    assert order_changes(case / "tables").empty


def rows_of_plain(case):
    frame = read_tables(connect(threads=1), case / "tables")["orders"].to_pandas()
    return frame.sort_values("order_id").to_dict("records")


def test_a_case_from_before_merging_is_taken_over(tmp_path):
    case = tmp_path / "case"
    [a] = load(case, text_file(tmp_path / "a.csv", ORDERS, [order(1), order(2)]))
    [b] = load(case, text_file(tmp_path / "b.csv", ORDERS, [order(2, status="closed")]))
    book = case / "tables" / LOADS_FILE
    book.write_text(json.dumps({"orders": [a.sha256, b.sha256]}), "utf-8")
    for path in (case / "tables" / MERGED).iterdir():
        path.unlink()
    assert [row["status"] for row in rows_of_plain(case)] == ["paid", "closed"]
    load(case, text_file(tmp_path / "c.csv", ORDERS, [order(1, status="closed")]))
    assert [row["status"] for row in rows_of_plain(case)] == ["closed", "closed"]
    assert {load.recipe for load in read_book(case / "tables").loads} >= {a.recipe, b.recipe}


def test_merged_files_of_earlier_loads_are_gone(tmp_path):
    case = tmp_path / "case"
    for number in range(3):
        load(case, text_file(tmp_path / "a.csv", ORDERS, [order(1, paid_amount=str(number))]))
    kept = {name for name in content(case) if f"/{MERGED}/" in name}
    assert kept == {f"tables/{MERGED}/{n}" for n in read_book(case / "tables").merged.values()}
    assert len(kept) == 2


def test_a_shop_is_told_once_and_stays(tmp_path):
    case = tmp_path / "case"
    file = text_file(tmp_path / "a.csv", ORDERS, [order(1)])
    [first] = load(case, file, shop="B", case_shop="A")
    assert first.shops == ["B"]
    [again] = load(case, file, case_shop="A")
    assert (again.already_loaded, again.shops) == (True, ["B"])
    assert read_book(case / "tables").shops == ("B",)
    load(case, text_file(tmp_path / "b.csv", ORDERS, [order(1, paid_amount="1")]), case_shop="A")
    found = rows_of_plain(case)
    assert [(row["order_id"], row["shop"]) for row in found] == [("A1", "B"), ("A1 (A)", "A")]
