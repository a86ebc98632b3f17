"""Tables that no format knows, loaded with a mapping file; and what a mapping may not say."""

import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.load.made import load, loaded, quarantined
from workbench.errors import BadInput
from workbench.load.formats import parse_format, read_mapping

DOCS = Path(__file__).resolve().parents[2] / "docs" / "mappings"

RETAIL = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,LANTERN,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
C536379,D,Discount,-2,2010-12-01 09:41:00,27.5,14527.0,United Kingdom
A563186,B,Adjust bad debt,1,2011-08-12 14:51:00,-11062.06,,United Kingdom
"""
ITEMS = """order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value
o1,1,p1,s1,2018-08-15 10:10:18,12.99,12.79
o1,2,p2,s1,2018-08-15 10:10:18,5.00,1.00
o2,1,p1,s1,2018-08-15 10:10:18,7.00,0.50
o9,1,p1,s1,2018-08-15 10:10:18,7.00,0.50
"""
OLIST_ORDERS = """order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,\
order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date
o1,c1,delivered,2018-03-27 18:00:43,2018-03-29 03:28:47,,,
o2,c2,canceled,2018-03-28 18:00:43,,,,
o3,c3,unavailable,2018-03-28 18:00:43,,,,
"""
PAYMENTS = """order_id,payment_sequential,payment_type,payment_installments,payment_value
o1,1,credit_card,8,20
o1,2,voucher,1,11.78
o2,1,boleto,1,7.5
"""
CUSTOMERS = """customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state
c1,u1,01310,sao paulo,SP
c2,u1,01310,sao paulo,SP
"""


def put(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8", newline="")
    return path


def test_online_retail(tmp_path):
    [report] = load(
        tmp_path / "case",
        put(tmp_path / "a.csv", RETAIL),
        mapping=DOCS / "online_retail.toml",
        zone="Europe/London",
        currency="GBP",
    )
    sold, returned, adjusted = loaded(tmp_path / "case", report)
    assert (sold["status"], sold["paid_amount"]) == ("completed", Decimal("15.3"))
    assert (sold["buyer_id"], sold["quantity"], sold["currency"]) == ("17850", 6, "GBP")
    assert sold["created_at"] == datetime(2010, 12, 1, 8, 26)
    assert (returned["status"], returned["paid_amount"]) == ("closed", 0)
    assert (returned["refund_amount"], returned["quantity"]) == (55, -2)
    assert (adjusted["status"], adjusted["paid_amount"]) == ("closed", 0)
    assert adjusted["refund_amount"] is None


def olist(folder: Path, **other: str) -> Path:
    put(folder / "olist_orders_dataset.csv", other.get("orders", OLIST_ORDERS))
    put(folder / "olist_order_payments_dataset.csv", other.get("payments", PAYMENTS))
    put(folder / "olist_customers_dataset.csv", other.get("customers", CUSTOMERS))
    return put(folder / "items.csv", ITEMS)


def test_files_that_join(tmp_path):
    file = olist(tmp_path)
    options = {"mapping": DOCS / "olist.toml", "zone": "America/Sao_Paulo", "currency": "BRL"}
    [report] = load(tmp_path / "case", file, **options)
    first, second, third = loaded(tmp_path / "case", report)
    assert [(r["order_id"], r["line_id"]) for r in (first, second)] == [("o1", "1"), ("o1", "2")]
    assert first["paid_amount"] == Decimal("25.78")
    assert (first["payment_method"], second["payment_method"]) == ("credit_card", "credit_card")
    assert first["buyer_id"] == third["buyer_id"] == "u1"
    assert first["postcode"] == "01310"
    assert (first["status"], third["status"]) == ("completed", "closed")
    assert (first["quantity"], first["country"]) == (1, "BR")
    assert [r["source_row"] for r in (first, second, third)] == [2, 3, 4]
    # The order o9 is in no file of orders, and the order o3 has no line: both are told.
    assert {problem[0] for problem in quarantined(tmp_path / "case", report)} == {5}
    assert [file["rows_that_joined_nothing"] for file in report.joined] == [1, 0, 0]
    for file_joined in report.joined:
        assert (tmp_path / "case/sources" / file_joined["sha256"]).is_file()
    assert load(tmp_path / "case", file, **options)[0].already_loaded
    olist(tmp_path, customers=CUSTOMERS.replace("u1", "u2"))
    [again] = load(tmp_path / "case", file, **options)
    assert not again.already_loaded
    assert loaded(tmp_path / "case", again)[0]["buyer_id"] == "u2"


def test_join_that_would_double_rows_is_refused(tmp_path):
    file = olist(tmp_path, orders=OLIST_ORDERS + "o1,c2,delivered,2018-03-27 18:00:43,,,,\n")
    with pytest.raises(BadInput, match="2 rows have the same order_id o1"):
        load(tmp_path / "case", file, mapping=DOCS / "olist.toml")


def test_join_without_its_file(tmp_path):
    file = olist(tmp_path)
    (tmp_path / "olist_customers_dataset.csv").unlink()
    with pytest.raises(BadInput, match="olist_customers_dataset"):
        load(tmp_path / "case", file, mapping=DOCS / "olist.toml")


def test_a_mapping_on_the_wrong_file(tmp_path):
    file = put(tmp_path / "a.csv", "x,y\n1,2\n")
    with pytest.raises(BadInput, match="order_id, created_at"):
        load(tmp_path / "case", file, mapping=DOCS / "online_retail.toml")


GOOD = """table = "orders"
[columns]
order_id = "no"
created_at = "when"
status = { constant = "paid" }
paid_amount = "sum"
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("table = ", "no TOML"),
        ('table = "order"', "must be one of"),
        ('table = "orders"', "no [columns]"),
        (GOOD.replace('"no"', '"no"\nfoo = "x"'), "no column 'foo'"),
        (GOOD.replace('order_id = "no"\n', ""), "'order_id' has no rule"),
        (GOOD.replace('"paid"', '"bezahlt"'), "'bezahlt' is none of"),
        (GOOD.replace('"sum"', '{ add = ["a"] }'), "exactly one of"),
        (GOOD.replace('"sum"', '{ header = "a", word = {} }'), "knows no word"),
        (GOOD.replace('"sum"', '{ constant = "0", when = { filled = true } }'), "names a header"),
        (GOOD.replace('"sum"', '{ constant = "free" }'), "no number"),
        (GOOD.replace('"when"', '{ sum = ["a"] }'), "is no number"),
        (GOOD.replace('"no"', '{ header = "a", pattern = "(" }'), "pattern"),
        (GOOD.replace('"no"', '{ header = "a", pattern = "a" }'), "one group"),
        (GOOD.replace('"no"', '{ header = "a", part = 3, of = 2 }'), "`part` is a number"),
        (GOOD.replace('"sum"', '{ header = "a", scale = 0 }'), "above 0"),
        (GOOD.replace('"no"', '{ header = "a", scale = 2 }'), "nothing can be scaled"),
        ('zone = "Mars"\n' + GOOD, "Unknown time zone"),
        ('colour = "red"\n' + GOOD, "Unknown entry"),
        ('encodings = ["klingon"]\n' + GOOD, "Unknown encoding"),
        (GOOD + '[[join]]\nfile = "b.csv"\n', "A join has"),
    ],
)
def test_what_a_mapping_may_not_say(tmp_path, text, said):
    with pytest.raises(BadInput) as error:
        read_mapping(put(tmp_path / "m.toml", text))
    assert said in str(error.value)


def test_missing_mapping(tmp_path):
    with pytest.raises(BadInput, match="no such mapping file"):
        read_mapping(tmp_path / "m.toml")


def test_all_faults_at_once(tmp_path):
    text = GOOD.replace('"no"', '{ x = "" }').replace('"paid"', '"p"')
    with pytest.raises(BadInput) as error:
        read_mapping(put(tmp_path / "m.toml", text))
    assert len(error.value.problems) == 2


@pytest.mark.parametrize(
    ("rule", "cells", "value"),
    [
        ('["a", "b"]', ("", "2"), "2"),
        ('["a", "b"]', ("1", "2"), "1"),
        ('{ header = "a", strip = "No:" }', ("No: 7", ""), "7"),
        ("{ header = \"a\", pattern = '^(\\d+)-' }", ("12-34", ""), "12"),
        ("{ header = \"a\", pattern = '^(\\d+)-' }", ("x", ""), None),
        ('{ header = "a", part = 2, of = 3 }', ("x y z", ""), "y"),
        ('{ header = "a", part = 2, of = 3 }', ("x y", ""), None),
        ('{ header = "a", empty = ["none"] }', ("none", ""), None),
        ('{ header = "a", when = { header = "b", filled = true } }', ("1", ""), None),
        ('{ header = "a", when = { header = "b", is = "Yes" } }', ("1", "yes"), "1"),
        ('{ header = "a", when = { header = "b", not = ["Yes"] } }', ("1", "yes"), None),
        ('{ header = "a", when = { header = "b", contains = "ell" } }', ("1", "Hello"), "1"),
        ('{ header = "a", when = { header = "b", starts_with = "h" } }', ("1", "Hello"), "1"),
        ('{ header = "a", when = { header = "b", ends_with = "x" } }', ("1", "Hello"), None),
        ('{ header = "a", when = { header = "b", negative = true } }', ("1", "-2"), "1"),
        ('{ header = "a", when = { header = "nowhere", filled = false } }', ("1", ""), "1"),
        ('{ constant = "c" }', ("", ""), "c"),
    ],
)
def test_rules_of_texts(tmp_path, rule, cells, value):
    mapping = put(tmp_path / "m.toml", GOOD + f"buyer_id = {rule}\n")
    row = ",".join(("n1", "2026-01-02", "1", *cells))
    file = put(tmp_path / "a.csv", f"no,when,sum,a,b\n{row}\n")
    [report] = load(tmp_path / "case", file, mapping=mapping)
    assert loaded(tmp_path / "case", report)[0]["buyer_id"] == value


def test_rules_of_amounts(tmp_path):
    mapping = put(
        tmp_path / "m.toml",
        GOOD
        + 'refund_amount = { header = "a", absolute = true }\n'
        + 'discount_amount = { sum = ["a", "b"] }\n'
        + 'goods_amount = { sum = ["a"], minus = ["b"] }\n'
        + 'shipping_amount = { product = ["a", "b"] }\n'
        + 'unit_price = { sum = ["a", "nowhere"] }\n',
    )
    body = "n1,2026-01-02,1,-3,1.5\nn2,2026-01-02,1,,2\nn3,2026-01-02,1,,\nn4,2026-01-02,1,x,\n"
    file = put(tmp_path / "a.csv", f"no,when,sum,a,b\n{body}")
    [report] = load(tmp_path / "case", file, mapping=mapping)
    names = ("refund_amount", "discount_amount", "goods_amount", "shipping_amount")
    assert [[row[name] for name in names] for row in loaded(tmp_path / "case", report)] == [
        [3, Decimal("-1.5"), Decimal("-4.5"), Decimal("-4.5")],
        [None, 2, -2, None],
        [None, None, None, None],
    ]
    # A sum that lacks a header would be too small: the column is missing instead.
    assert "unit_price" in report.columns_missing
    # One bad cell is told once, though three rules read it.
    assert quarantined(tmp_path / "case", report) == [(5, "a", "x", "not_an_amount")]


def test_kilograms_become_whole_grams(tmp_path):
    mapping = put(
        tmp_path / "m.toml",
        'table = "shipments"\n[columns]\ntracking_no = "no"\n'
        'weighed_weight_g = { header = "kg", scale = 1000 }\n',
    )
    file = put(tmp_path / "a.csv", "no,kg\nA,1.25\nB,0.0304\nC,heavy\nD,\n")
    [report] = load(tmp_path / "case", file, mapping=mapping)
    weights = [row["weighed_weight_g"] for row in loaded(tmp_path / "case", report)]
    assert weights == [1250, 30, None]
    assert quarantined(tmp_path / "case", report) == [(4, "kg", "heavy", "not_an_amount")]


def test_the_mapping_in_the_documentation_can_be_read():
    text = (DOCS.parent / "load-your-data.md").read_text("utf-8")
    [example] = [e for e in re.findall(r"```toml\n(.*?)```", text, re.S) if "table = " in e]
    mapping = parse_format(example.encode(), "example", "load-your-data.md")
    assert (mapping.dates, mapping.decimal, mapping.grain) == ("day-first", "comma", "line")
    assert mapping.per_order == ("discount_amount",)
