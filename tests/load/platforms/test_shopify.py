"""The Shopify export, under its real headers, with values worked out by hand."""

from datetime import datetime

import pytest

from tests.load.made import SHOPIFY, load, loaded, quarantined, text_file


def shopify(name, **cells):
    row = {
        "Name": name,
        "Email": "a@example.com",
        "Financial Status": "paid",
        "Paid at": "2026-01-02 10:01:00 -0500",
        "Fulfillment Status": "fulfilled",
        "Currency": "USD",
        "Subtotal": "50.00",
        "Shipping": "5.00",
        "Total": "55.00",
        "Created at": "2026-01-02 10:00:00 -0500",
        "Lineitem quantity": "1",
        "Lineitem name": "Mug",
        "Lineitem price": "20.00",
        "Shipping Name": "Ann",
        "Source": "web",
        "Device ID": "till 3",
    }
    return {**row, **{key.replace("_", " "): value for key, value in cells.items()}}


def further(name, **cells):
    row = {
        "Name": name,
        "Lineitem quantity": "2",
        "Lineitem name": "Cup",
        "Lineitem price": "15.00",
    }
    return {**row, **{key.replace("_", " "): value for key, value in cells.items()}}


def test_shopify(tmp_path):
    rows = [shopify("#1001"), further("#1001"), shopify("#1002", Total="9.00")]
    [report] = load(tmp_path, text_file(tmp_path / "orders_export.csv", SHOPIFY, rows))
    assert (report.format, report.rows_loaded) == ("shopify_orders", 3)
    first, second, third = loaded(tmp_path, report)
    assert first["created_at"] == second["created_at"] == datetime(2026, 1, 2, 23)
    assert [r["paid_amount"] for r in (first, second, third)] == [55, 0, 9]
    assert second["buyer_id"] == "a@example.com"
    assert (second["product_title"], second["quantity"]) == ("Cup", 2)
    assert (second["goods_amount"], second["shipping_amount"]) == (None, None)
    assert second["status"] == "shipped"
    assert "device" not in first
    assert [r["source_row"] for r in (first, second, third)] == [2, 3, 4]


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"Financial_Status": "pending", "Fulfillment_Status": "unfulfilled"}, "pending"),
        ({"Financial_Status": "authorized"}, "pending"),
        ({"Fulfillment_Status": "unfulfilled"}, "paid"),
        ({"Fulfillment_Status": ""}, "paid"),
        ({"Fulfillment_Status": "partial"}, "shipped"),
        ({"Financial_Status": "partially_refunded"}, "shipped"),
        ({"Financial_Status": "refunded"}, "closed"),
        ({"Financial_Status": "voided"}, "closed"),
        ({"Cancelled_at": "2026-01-03 10:00:00 -0500"}, "closed"),
    ],
)
def test_shopify_status_from_three_columns(tmp_path, cells, status):
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", SHOPIFY, [shopify("#1", **cells)]))
    assert [row["status"] for row in loaded(tmp_path, report)] == [status]


def test_shopify_order_whose_first_row_is_bad_is_quarantined_whole(tmp_path):
    rows = [shopify("#1", Total="free"), further("#1"), shopify("#2")]
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", SHOPIFY, rows))
    assert [row["order_id"] for row in loaded(tmp_path, report)] == ["#2"]
    assert quarantined(tmp_path, report) == [
        (2, "Total", "free", "not_an_amount"),
        (3, "", "#1", "order_quarantined"),
    ]


def test_shopify_unknown_pair_of_states_says_so(tmp_path):
    rows = [shopify("#1", Fulfillment_Status="restocked")]
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", SHOPIFY, rows))
    [(row, column, value, reason)] = quarantined(tmp_path, report)
    assert (row, reason) == (2, "no_rule")
    assert "restocked" in value
    assert "Fulfillment Status" in column
