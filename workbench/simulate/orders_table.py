"""The table of orders: draft rows written out in words, one row per order line."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from workbench.simulate.addresses import addresses
from workbench.simulate.catalogue import Catalogue
from workbench.simulate.draft import Draft
from workbench.simulate.fulfilment import CLOSE_REASONS, STATUSES, Fulfilment
from workbench.simulate.identities import identities
from workbench.simulate.notes import buyer_messages, seller_memos
from workbench.simulate.order_lines import Lines
from workbench.simulate.parcels import Waybills
from workbench.simulate.shop import YEAR_START
from workbench.simulate.streams import Ints, permuted, stream
from workbench.simulate.text_columns import Column, clock, digits, frame, glue, money, only, pick
from workbench.simulate.word_lists import words

__all__ = ["order_numbers", "orders_table", "product_ids"]


def order_numbers(size: int, seed: int) -> Column:
    """Eighteen digits, rising with time, each different."""
    step = 10**17 // size
    jitter = stream(seed, "order numbers").integers(0, step, size)
    return digits(240_000_000_000_000_000 + np.arange(size) * step + jitter)


def product_ids(item: Ints, seed: int) -> Column:
    """Twelve digits per item."""
    return glue("68", digits(permuted(item, 10, seed), 10))


def orders_table(
    rows: Draft,
    lines: Lines,
    done: Fulfilment,
    bills: Waybills,
    catalogue: Catalogue,
    order_id: Column,
    tracking: Column,
    seed: int,
) -> pd.DataFrame:
    """The canonical orders of the shop, order by order in the order of time."""
    per_order = {
        "order_id": order_id,
        **_course(rows, done, seed),
        **identities(rows, seed),
        **addresses(rows, seed),
        "carrier": pick([name for name, _ in words("items")["carriers"]], bills["carrier"]),
        "tracking_no": tracking,
        "buyer_message": buyer_messages(rows, seed),
        **seller_memos(rows, seed),
    }
    take = pa.array(lines.row)
    columns = {name: column.take(take) for name, column in per_order.items()}
    columns |= _goods(lines, catalogue, seed)
    return frame({name: columns[name] for name in _ORDER_OF_COLUMNS})


def _course(rows: Draft, done: Fulfilment, seed: int) -> dict[str, Column]:
    size = len(rows["time"])
    rng = stream(seed, "payments")
    method = np.searchsorted([0.62, 0.85], rng.random(size), side="right")
    day = digits(20250000 + _month_day(done.paid))
    after = np.select([done.refund_share == 100, done.refund_share > 0], [0, 1], default=-1)
    return {
        "created_at": clock(rows["time"], YEAR_START),
        "paid_at": clock(done.paid, YEAR_START),
        "shipped_at": clock(done.shipped, YEAR_START),
        "completed_at": clock(done.completed, YEAR_START),
        "status": pick(STATUSES, done.status),
        "aftersale_status": pick(("退款成功", "部分退款"), after),
        "payment_method": pick(("支付宝", "花呗", "银行卡"), np.where(done.paid >= 0, method, -1)),
        "payment_id": only(
            done.paid >= 0, glue(day, digits(permuted(np.arange(size), 10, seed), 10))
        ),
        "channel": pick(("app", "web"), (rows["device"] < 0).astype(np.int64)),
        "close_reason": pick(CLOSE_REASONS, done.close_reason),
    }


def _month_day(seconds: Ints) -> Ints:
    days = np.datetime64(YEAR_START.date(), "D") + np.maximum(seconds, 0) // 86400
    months = days.astype("datetime64[M]")
    year = (months.astype(np.int64) // 12 + 1970 - 2025) * 10000
    return year + (months.astype(np.int64) % 12 + 1) * 100 + (days - months).astype(np.int64) + 1


def _goods(lines: Lines, catalogue: Catalogue, seed: int) -> dict[str, Column]:
    versions = [v for names in catalogue.versions for v in names]
    offset = np.cumsum([0] + [len(names) for names in catalogue.versions])[:-1]
    size = len(lines.row)
    return {
        "line_id": digits(lines.number),
        "product_id": product_ids(lines.item, seed),
        "sku": pick(versions, offset[lines.item] + lines.version),
        "seller_sku": glue("YY", digits(lines.item + 1, 3), "-", digits(lines.version + 1)),
        "product_title": pick(catalogue.titles, lines.item),
        "quantity": pa.array(lines.quantity),
        "unit_price": money(lines.price),
        "goods_amount": money(lines.goods),
        "shipping_amount": money(lines.shipping),
        "discount_amount": money(lines.discount),
        "paid_amount": money(lines.paid),
        "refund_amount": money(lines.refund),
        "currency": pick(("CNY",), np.zeros(size, np.int64)),
    }


_ORDER_OF_COLUMNS = (
    "order_id", "line_id", "created_at", "paid_at", "shipped_at", "completed_at", "status",
    "aftersale_status", "buyer_id", "buyer_account", "buyer_name", "phone", "address", "province",
    "city", "district", "postcode", "product_id", "sku", "seller_sku", "product_title",
    "quantity", "unit_price", "goods_amount", "shipping_amount", "discount_amount",
    "paid_amount", "refund_amount", "currency", "payment_method", "payment_id", "device", "ip",
    "channel", "carrier", "tracking_no", "buyer_message", "seller_memo", "seller_flag",
    "close_reason",
)  # fmt: skip
