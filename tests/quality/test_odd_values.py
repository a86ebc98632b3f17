"""Every rule finds what it is about, and only that."""

import json

import pytest

from workbench.quality import examples_table, odd_values_data, odd_values_table
from workbench.quality.rules import RULES

from .made import NOW, orders_of, tables_of

EARLY, LATE = "2025-05-01 10:00", "2025-05-02 10:00"
ORDER = ("order_id created_at shipped_at tracking_no", [("1", LATE, LATE, "W")])


def of_orders(columns, rows):
    return {"orders": (columns, rows)}


# Per rule: the tables, and how many were tested and found (worked out by hand).
CASES = {
    "paid_before_created": (
        of_orders(
            "order_id created_at paid_at",
            [("1", LATE, EARLY), ("2", EARLY, LATE), ("3", EARLY, EARLY), ("4", EARLY, None)],
        ),
        (3, 1),
    ),
    "shipped_before_created": (
        of_orders("order_id created_at shipped_at", [("1", LATE, EARLY), ("2", EARLY, LATE)]),
        (2, 1),
    ),
    "completed_before_created": (
        of_orders("order_id created_at completed_at", [("1", LATE, EARLY), ("2", EARLY, LATE)]),
        (2, 1),
    ),
    "shipped_before_paid": (
        of_orders(
            "order_id created_at paid_at shipped_at",
            [("1", EARLY, LATE, EARLY), ("2", EARLY, EARLY, LATE)],
        ),
        (2, 1),
    ),
    "completed_before_shipped": (
        of_orders(
            "order_id created_at shipped_at completed_at",
            [("1", EARLY, LATE, EARLY), ("2", EARLY, EARLY, LATE)],
        ),
        (2, 1),
    ),
    "completed_before_paid": (
        of_orders(
            "order_id created_at paid_at completed_at",
            [("1", EARLY, LATE, EARLY), ("2", EARLY, EARLY, LATE)],
        ),
        (2, 1),
    ),
    "signed_before_shipped": (
        {
            "orders": ORDER,
            "shipment_events": (
                "tracking_no occurred_at status text",
                [
                    ("W", EARLY, "signed", ""),
                    ("W", EARLY, "", "已签收，签收人：门卫"),
                    ("W", EARLY, "", "快件已到驿站，请及时签收"),  # not signed for yet
                    ("W", EARLY, "collected", "已揽收"),
                    ("other", EARLY, "signed", ""),  # of no known order
                ],
            ),
        },
        (2, 2),
    ),
    "scan_before_order": (
        {
            "orders": ("order_id created_at", [("1", LATE)]),
            "shipments": ("tracking_no order_id", [("W", "1")]),
            "shipment_events": ("tracking_no occurred_at", [("W", EARLY), ("W", LATE)]),
        },
        (2, 1),
    ),
    "parcel_before_order": (
        {
            "orders": ("order_id created_at", [("1", LATE)]),
            "shipments": (
                "tracking_no order_id shipped_at",
                [("W", "1", EARLY), ("X", "9", EARLY)],
            ),
        },
        (1, 1),
    ),
    "review_before_order": (
        {
            "orders": ("order_id created_at", [("1", LATE), ("2", EARLY)]),
            "reviews": ("order_id posted_at", [("1", EARLY), ("2", LATE), ("3", EARLY)]),
        },
        (2, 1),
    ),
    "refund_before_order": (
        {
            "orders": ("order_id created_at", [("1", LATE)]),
            "refunds": ("order_id requested_at", [("1", EARLY), ("1", LATE)]),
        },
        (2, 1),
    ),
    "refund_finished_before_requested": (
        {
            "orders": ("order_id created_at", [("1", EARLY)]),
            "refunds": (
                "order_id requested_at finished_at",
                [("1", LATE, EARLY), ("1", EARLY, LATE)],
            ),
        },
        (2, 1),
    ),
    "money_before_order": (
        {
            "orders": ("order_id created_at", [("1", LATE)]),
            "payments": (
                "order_id posted_at amount direction",
                [("1", EARLY, 5, "in"), ("1", EARLY, 5, "out"), ("1", LATE, 5, "in")],
            ),
        },
        (2, 1),
    ),
    "negative_amount": (
        of_orders(
            "order_id created_at status paid_amount",
            [("1", EARLY, "completed", -1), ("2", EARLY, "closed", -1), ("3", EARLY, "paid", 1)],
        ),
        (2, 1),
    ),
    "negative_discount": (
        of_orders("order_id created_at discount_amount", [("1", EARLY, -1), ("2", EARLY, 1)]),
        (2, 1),
    ),
    "negative_quantity_sold": (
        of_orders(
            "order_id created_at status quantity",
            [("1", EARLY, "completed", -1), ("2", EARLY, "closed", -1), ("3", EARLY, "paid", 1)],
        ),
        (2, 1),
    ),
    "no_pieces": (
        of_orders(
            "order_id created_at status quantity",
            [("1", EARLY, "completed", 0), ("2", EARLY, "closed", 0), ("3", EARLY, "paid", 1)],
        ),
        (2, 1),
    ),
    "refund_above_paid": (
        of_orders(
            "order_id created_at paid_amount refund_amount",
            # Order 1 has its refund on one line and its payment on both: 12 of 15 are paid back.
            [
                ("1", EARLY, 10, 12),
                ("1", EARLY, 5, 0),
                ("2", EARLY, 10, 11),
                ("3", EARLY, 9, 0),
            ],
        ),
        (2, 1),
    ),
    "nothing_paid_completed": (
        of_orders(
            "order_id created_at status paid_amount",
            [
                ("1", EARLY, "completed", 0),
                ("2", EARLY, "completed", 0),
                ("2", EARLY, "completed", 9),  # the order's other line
                ("3", EARLY, "closed", 0),
            ],
        ),
        (2, 1),
    ),
    "parts_do_not_add_up": (
        of_orders(
            "order_id created_at status goods_amount shipping_amount discount_amount paid_amount",
            [
                ("1", EARLY, "paid", 100, 10, 20, 90),
                ("2", EARLY, "paid", 100, None, None, 99),
                ("3", EARLY, "pending", 100, 0, 0, 0),
            ],
        ),
        (2, 1),
    ),
    "waybill_on_several_orders": (
        of_orders(
            "order_id created_at tracking_no",
            [("1", EARLY, "W"), ("2", EARLY, "W"), ("3", EARLY, "X"), ("3", EARLY, "X")],
        ),
        (2, 1),
    ),
    "in_the_future": (
        of_orders("order_id created_at", [("1", "2025-07-01 12:01"), ("2", "2025-07-01 12:00")]),
        (2, 1),
    ),
    "placeholder_time": (
        of_orders("order_id created_at", [("1", "1970-01-01 08:00"), ("2", EARLY)]),
        (2, 1),
    ),
    "before_first_day": (
        of_orders(
            "order_id created_at",
            # The bulk is one day long, so that a year ahead of it is the first plausible day.
            [("0", "2019-01-01"), ("x", "1970-01-01")] + [(str(n), EARLY) for n in range(1, 2000)],
        ),
        (2000, 1),
    ),
    "pending_but_paid": (
        of_orders(
            "order_id created_at status paid_at",
            [("1", EARLY, "pending", LATE), ("2", EARLY, "pending", None)],
        ),
        (2, 1),
    ),
    "unshipped_but_shipped": (
        of_orders(
            "order_id created_at status shipped_at",
            [("1", EARLY, "paid", LATE), ("2", EARLY, "shipped", LATE)],
        ),
        (1, 1),
    ),
    "open_but_completed": (
        of_orders(
            "order_id created_at status completed_at",
            [("1", EARLY, "shipped", LATE), ("2", EARLY, "completed", LATE)],
        ),
        (1, 1),
    ),
    "done_without_payment_time": (
        of_orders(
            "order_id created_at status paid_at",
            [("1", EARLY, "paid", None), ("2", EARLY, "closed", None), ("3", EARLY, "paid", LATE)],
        ),
        (2, 1),
    ),
    "done_without_shipping_time": (
        of_orders(
            "order_id created_at status shipped_at",
            [("1", EARLY, "shipped", None), ("2", EARLY, "paid", None)],
        ),
        (1, 1),
    ),
}


def test_every_rule_is_tried():
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("code", CASES)
def test_a_rule_finds_what_it_is_about(code):
    given, expected = CASES[code]
    found = odd_values_data(tables_of(**given), NOW, rules=[RULES[code]])
    (row,) = found.rows.itertuples(index=False)
    assert (row.tested, row.found) == expected
    assert row.share == expected[1] / expected[0]
    assert len(found.examples) == expected[1]


def test_an_example_names_file_row_and_cells():
    tables = orders_of(
        "order_id created_at paid_at source_file source_row",
        [("1", LATE, EARLY, "b", 7), ("2", LATE, EARLY, "a", 9), ("3", LATE, EARLY, "a", 3)],
    )
    rule = [RULES["paid_before_created"]]
    examples = odd_values_data(tables, NOW, examples=2, rules=rule).examples
    assert examples[["source_file", "source_row", "order_id"]].to_numpy().tolist() == [
        ["a", 3, "3"],
        ["a", 9, "2"],
    ]
    assert json.loads(examples.cells[0]) == {
        "paid_at": "2025-05-01 10:00:00",
        "created_at": "2025-05-02 10:00:00",
    }
    shown = examples_table(odd_values_data(tables, NOW, rules=rule), "zh", files={"a": "订单.csv"})
    assert shown["文件"].tolist() == ["订单.csv", "订单.csv", "b"]
    assert shown["单元格"][0] == "付款时间 = 2025-05-01 10:00:00; 下单时间 = 2025-05-02 10:00:00"


def test_campaigns_may_lie_in_the_future():
    tables = tables_of(campaigns=("name starts_at ends_at", [("sale", "2025-08-01", "2025-08-02")]))
    assert set(odd_values_data(tables, NOW).rows.code) == {"placeholder_time"}


def test_impossible_comes_first_and_the_table_speaks_both_languages():
    tables = orders_of(
        "order_id created_at paid_at paid_amount refund_amount", [("1", LATE, EARLY, 1, 2)]
    )
    found = odd_values_data(tables, NOW)
    zh, en = odd_values_table(found, "zh"), odd_values_table(found, "en")
    assert en.Severity.tolist() == ["impossible", "odd"]
    assert zh["内容"].tolist() == ["付款早于下单", "退款大于实付"]
    assert en.Share.tolist() == ["100%", "100%"]
    assert len(odd_values_table(found, "en", all_rules=True)) == len(found.rows) > 2


def test_what_cannot_be_tested_is_not_told():
    rows = odd_values_data(orders_of("order_id created_at", [("1", EARLY)]), NOW).rows
    assert set(rows.code) == {"in_the_future", "placeholder_time", "before_first_day"}
