"""Walmart purchase orders, under their real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import VARIANTS, load, loaded, quarantined, sheet_file

HEADERS = VARIANTS["walmart"]["po_data_37col"]["headers"]


def purchase(**cells):
    row = {
        "PO#": "108812345678901",
        "Order#": "200010012345678",
        "Order Date": "2026-01-02",
        "Ship By": "2026-01-04",
        "Customer Name": "Ann Lee",
        "Customer Shipping Address": "Ann Lee, 1 Main St, Austin, TX 78701",
        "Customer Phone Number": "5125550100",
        "Ship to Address 1": "1 Main St",
        "City": "Austin",
        "State": "TX",
        "Zip": "07301",
        "Line#": "1",
        "UPC": "012345678905",
        "Status": "Shipped",
        "Item Description": "Mug, 12 oz",
        "Qty": "2",
        "SKU": "MUG-12",
        "Item Cost": "9.99",
        "Shipping Cost": "4.50",
        "Tax": "1.65",
        "Carrier": "UPS",
        "Tracking Number": "1Z999",
    }
    return {**row, **cells}


def test_walmart(tmp_path):
    rows = [purchase(), purchase(**{"Order Date": ""}), purchase(**{"Item Cost": "free"})]
    file = sheet_file(tmp_path / "a.xlsx", HEADERS, rows)
    [report] = load(tmp_path / "case", file)
    assert (report.format, report.table) == ("walmart_orders", "orders")
    assert loaded(tmp_path / "case", report) == [
        {
            "order_id": "108812345678901",
            "line_id": "1",
            "created_at": datetime(2026, 1, 2),
            "status": "shipped",
            "buyer_name": "Ann Lee",
            "phone": "5125550100",
            "address": "Ann Lee, 1 Main St, Austin, TX 78701",
            "province": "TX",
            "city": "Austin",
            "postcode": "07301",
            "product_id": "012345678905",
            "seller_sku": "MUG-12",
            "product_title": "Mug, 12 oz",
            "quantity": 2,
            "unit_price": Decimal("9.99"),
            "goods_amount": Decimal("19.98"),
            "shipping_amount": Decimal("4.5"),
            # 9.99 × 2 + 4.50 + 1.65
            "paid_amount": Decimal("26.13"),
            "currency": "USD",
            "carrier": "UPS",
            "tracking_no": "1Z999",
            "source_file": report.sha256,
            "source_row": 2,
        }
    ]
    assert [(row, reason) for row, _, _, reason in quarantined(tmp_path / "case", report)] == [
        (3, "required"),
        (4, "not_an_amount"),
    ]


def test_status_words(tmp_path):
    words = {
        ("Created", ""): "paid",
        ("Acknowledged", ""): "paid",
        ("Delivered", "1Z"): "completed",
        ("Cancelled", ""): "closed",
        ("Lost", "1Z"): "shipped",
        ("Lost", ""): "pending",
    }
    rows = [purchase(**{"Status": word, "Tracking Number": no}) for word, no in words]
    [report] = load(tmp_path / "case", sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    assert [r["status"] for r in loaded(tmp_path / "case", report)] == list(words.values())
    assert report.words_unknown == {"Status": {"Lost": 2}}
