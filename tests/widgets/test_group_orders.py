from workbench.widgets.group_orders import group_orders, member_ids, orders_heading

from .conftest import Shop


def test_members_are_those_whose_main_group_it_is(shop: Shop):
    assert member_ids(shop.assessment, "G-aaaaaaaa") == ["o1", "o2", "o3"]
    assert member_ids(shop.assessment, "") == []


def test_every_row_walks_back_to_its_source(shop: Shop):
    rows = group_orders(shop.tables, ["o3", "o1", "o2"], shop.case.tables_dir)
    assert rows["order_id"].tolist() == ["o1", "o2", "o3"]
    assert rows["file"].unique().tolist() == ["orders.csv"]
    assert rows["source_row"].tolist() == [2, 3, 4]
    assert rows["named"].tolist() == [False, True, False]
    assert [str(amount) for amount in rows["paid_amount"]] == ["19.9000", "19.9000", "39.8000"]
    assert "refund_amount" not in rows


def test_without_notices_nobody_is_named(shop: Shop):
    rows = group_orders({"orders": shop.tables["orders"]}, ["o1"], shop.case.tables_dir)
    assert "named" not in rows


def test_headings_in_both_languages():
    assert orders_heading("paid_amount", "zh") == "实付金额"
    assert orders_heading("paid_amount", "en") == "paid amount"
