"""Which file says what, where several tell of the same orders.

An order is known by its shop and its number. The newest load is the one that was loaded last,
whatever its name or its dates; a file that is loaded again counts from then on.

================================== =========================================================
what is merged                     what stands
================================== =========================================================
lines of an order                  all rows of the newest line-grain file that holds the
                                   order; lines that an older file had besides are gone (told
                                   by `order_changes`)
no line-grain file, an item list   one line per row of the newest item list (`order_lines`);
                                   an order of several rows is not split any further
neither                            the rows of the newest order-grain file
what a line lacks                  the order-grain file's value: on every line what is said
                                   of the order (HEADER), on a one-line order also the item
what both say of the order         the newer file's value; of personal data a whole value
                                   before a masked one; a closed line of several stays closed,
                                   and what each of several lines says of itself (LINE_FACTS)
                                   stands before what is said of the order
what the newer file cannot say     an older file's value stays: of a column that the newer
                                   file does not have, and of personal data that it masks;
                                   what is said of an item only where the order is one row
amounts                            the lines' own, where they have them (what was paid: on
                                   every line); else the order's on its first line and 0 on
                                   the others, so that an order is never paid twice
refund                             the newer and larger of lines, order and settled
                                   after-sales requests (state done, or finished where no
                                   state is told); by line where every request names one of
                                   the order's lines, else on the first line
corrections of quarantined rows    belong to the load whose row they correct; the newest
                                   correction of a row stands
rows of other tables               a row that several files hold (SAME) counts once, as the
                                   newest file has it; a row that one file holds twice stays
                                   twice
================================== =========================================================

`source_file` and `source_row` are of the row that the amounts come from, or, of an order split by
an item list, of the order's row; `detail_file` and `detail_row` of the second row: the order's or
the item's, or else that of an older load from which a value stays.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["AMOUNTS", "ITEM", "LINE_FACTS", "PERSONAL", "SAME"]

# What is said of an item, not of the order.
ITEM = frozenset(
    {
        "line_id",
        "product_id",
        "sku",
        "seller_sku",
        "product_title",
        "quantity",
        "unit_price",
    }
)

# Sums over the lines of an order.
AMOUNTS = ("goods_amount", "shipping_amount", "discount_amount", "paid_amount", "refund_amount")

# May differ between the lines of one order.
LINE_FACTS = frozenset({"aftersale_status", "carrier", "tracking_no", "shipped_at", "close_reason"})

# Platforms mask these in exports made later.
PERSONAL = frozenset({"buyer_id", "buyer_account", "buyer_name", "phone", "address", "payment_id"})

# SQL of what two rows of a table have in common that tell of the same thing.
SAME: Mapping[str, tuple[str, ...]] = {
    "refunds": (
        "order_id",
        "refund_id",
        "CASE WHEN refund_id IS NULL THEN line_id END",
        "CASE WHEN refund_id IS NULL THEN requested_at END",
    ),
    "shipments": ("tracking_no", "order_id"),
    "shipment_events": ("tracking_no", "occurred_at", "status", "place", "text"),
    "reviews": ("order_id", "product_id", "buyer_id", "posted_at", "text"),
    "messages": ("conversation_id", "order_id", "buyer_id", "speaker", "sent_at", "text"),
    "payments": ("entry_id", "posted_at", "amount", "direction", "kind", "order_id"),
    "traffic": ("date", "product_id", "channel"),
    "purchases": ("purchase_id", "supplier", "product_id", "quantity", "purchased_at"),
    "stock": ("product_id", "counted_at", "place"),
    "staff": ("staff_id", "name", "phone"),
    "campaigns": ("name", "starts_at", "ends_at", "product_id"),
    "notices": ("notice_id", "order_id", "issued_at", "violation"),
}
