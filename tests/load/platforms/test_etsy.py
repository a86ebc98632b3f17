"""Etsy exports, under their real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import VARIANTS, load, loaded, quarantined, text_file
from workbench.engine import connect
from workbench.tables import read_tables

ORDERS = VARIANTS["etsy"]["sold_orders_33col"]["headers"]
ITEMS = VARIANTS["etsy"]["sold_order_items_29col"]["headers"]


def order(**cells):
    row = {
        "Sale Date": "09/12/26",
        "Order ID": "9002",
        "Buyer User ID": "777",
        "Full Name": "Bob Smith",
        "Number of Items": "3",
        "Payment Method": "Credit Card",
        "Date Shipped": "09/14/26",
        "Street 1": "99 Hidden Road",
        "Ship City": "Seattle",
        "Ship State": "WA",
        "Ship Zipcode": "98101",
        "Ship Country": "United States",
        "Currency": "CAD",
        "Order Value": "27.00",
        "Coupon Code": "SAVE10",
        "Discount Amount": "2.70",
        "Shipping": "6.00",
        "Sales Tax": "0",
        "Order Total": "30.30",
        "Status": "Completed",
        "Adjusted Order Total": "30.30",
        "Buyer": "bobsmith",
        "Order Type": "online",
    }
    return {**row, **cells}


def test_etsy_orders(tmp_path):
    rows = [
        order(),
        order(**{"Order ID": "#9003", "Order Total": "$20.00", "Adjusted Order Total": "$15.00"}),
        order(**{"Order ID": "9004", "Adjusted Order Total": "", "Buyer User ID": ""}),
        order(**{"Sale Date": "23/12/26"}),
    ]
    [report] = load(tmp_path / "case", text_file(tmp_path / "a.csv", ORDERS, rows))
    assert (report.format, report.table) == ("etsy_orders", "orders")
    first, second, third = loaded(tmp_path / "case", report)
    assert first == {
        "order_id": "9002",
        "created_at": datetime(2026, 9, 12),
        "shipped_at": datetime(2026, 9, 14),
        "status": "completed",
        "buyer_id": "777",
        "buyer_name": "Bob Smith",
        "address": "99 Hidden Road",
        "province": "WA",
        "city": "Seattle",
        "postcode": "98101",
        "country": "United States",
        "quantity": 3,
        "goods_amount": Decimal("27"),
        "shipping_amount": Decimal("6"),
        "discount_amount": Decimal("2.7"),
        "paid_amount": Decimal("30.3"),
        "refund_amount": Decimal("0"),
        "currency": "CAD",
        "payment_method": "Credit Card",
        "channel": "online",
        "source_file": report.sha256,
        "source_row": 2,
    }
    assert (second["order_id"], second["paid_amount"]) == ("9003", 20)
    assert second["refund_amount"] == Decimal("5")
    assert (third["refund_amount"], third["buyer_id"]) == (None, "bobsmith")
    assert quarantined(tmp_path / "case", report) == [(5, "Sale Date", "23/12/26", "not_a_time")]


def test_status_words(tmp_path):
    words = {
        ("Paid", ""): "paid",
        ("Paid", "09/14/26"): "shipped",
        ("Canceled", ""): "closed",
        ("On its way", "09/14/26"): "shipped",
        ("On its way", ""): "pending",
    }
    rows = [order(**{"Status": word, "Date Shipped": day}) for word, day in words]
    [report] = load(tmp_path / "case", text_file(tmp_path / "a.csv", ORDERS, rows))
    assert [r["status"] for r in loaded(tmp_path / "case", report)] == list(words.values())
    assert report.words_unknown == {"Status": {"On its way": 2}}


def test_etsy_items_say_what_orders_consist_of(tmp_path):
    row = {
        "Sale Date": "08/14/25",
        "Item Name": "Sunset Fox | Greeting Card",
        "Buyer": "coolbuyer42",
        "Quantity": "2",
        "Price": "$5.00",
        "Discount Amount": "",
        "Order Shipping": "$4.50",
        "Item Total": "$10.00",
        "Currency": "USD",
        "Transaction ID": "4001",
        "Listing ID": "9001",
        "Date Paid": "08/14/25",
        "Order ID": "#3001",
        "Variations": "Style: Matte",
        "SKU": "FOX-01",
    }
    rows = [row, {**row, "Order ID": ""}, {**row, "Quantity": "two"}]
    [report] = load(tmp_path / "case", text_file(tmp_path / "a.csv", [*ITEMS, "SKU"], rows))
    assert (report.format, report.table) == ("etsy_items", "order_lines")
    [first] = loaded(tmp_path / "case", report)
    assert first == {
        "order_id": "3001",
        "line_id": "4001",
        "product_id": "9001",
        "sku": "Style: Matte",
        "seller_sku": "FOX-01",
        "product_title": "Sunset Fox | Greeting Card",
        "quantity": 2,
        "unit_price": Decimal("5"),
        "source_file": report.sha256,
        "source_row": 2,
    }
    # Item Total is before discounts, shipping and tax: it is not what was paid.
    assert {"Item Total", "Discount Amount"} <= set(report.columns_unused)
    assert [(row, reason) for row, _, _, reason in quarantined(tmp_path / "case", report)] == [
        (3, "required"),
        (4, "not_a_count"),
    ]


def test_items_split_an_order_and_its_total_stays_whole(tmp_path):
    item = {
        "Sale Date": "09/12/26",
        "Item Name": "Card",
        "Quantity": "2",
        "Item Total": "18.00",
        "Transaction ID": "4001",
        "Order ID": "#9002",
    }
    other = {**item, "Item Name": "Sticker", "Quantity": "1", "Transaction ID": "4002"}
    load(
        tmp_path,
        text_file(tmp_path / "orders.csv", ORDERS, [order()]),
        text_file(tmp_path / "items.csv", ITEMS, [item, other]),
    )
    orders = read_tables(connect(), tmp_path / "tables")["orders"].execute()
    assert list(orders["product_title"]) == ["Card", "Sticker"]
    assert list(orders["paid_amount"]) == [Decimal("30.3"), 0]
    assert set(orders["buyer_id"]) == {"777"}
