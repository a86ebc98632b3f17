"""What a reader calls tables and columns."""

from __future__ import annotations

from workbench.language import words
from workbench.tables import TABLES

__all__ = ["column_word", "columns_words", "share_text", "small_text", "table_word"]


def table_word(name: str, language: str) -> str:
    """What a reader sees for a canonical table."""
    say = words("quality", language)
    return {
        "orders": say("orders"),
        "order_lines": say("order lines"),
        "refunds": say("after-sales requests"),
        "shipments": say("parcels"),
        "shipment_events": say("courier scans"),
        "reviews": say("reviews"),
        "messages": say("chats"),
        "payments": say("money flows"),
        "traffic": say("traffic"),
        "purchases": say("purchases"),
        "stock": say("stock counts"),
        "staff": say("staff"),
        "campaigns": say("campaigns"),
        "notices": say("platform notices"),
    }.get(name, name)


def column_word(table: str, column: str, language: str) -> str:
    """The heading of a column: Chinese words, or its canonical name as in English files.

    Also of the columns that views add: those of the order a row belongs to, and sums.
    """
    say = words("quality", language)
    made = {"parts_gap": say("difference"), "orders_on_it": say("orders on one waybill")}
    if column in made:
        return made[column]
    if column.startswith("order_") and column.removeprefix("order_") in (
        "created_at",
        "shipped_at",
    ):
        table, column = "orders", column.removeprefix("order_")
        return f"{table_word(table, language)}: {column_word(table, column, language)}"
    if language != "zh" or table not in TABLES:
        return column
    return next((one.zh for one in TABLES[table].columns if one.name == column), column)


def columns_words(needs: str, language: str) -> str:
    """A need such as "orders.phone | orders.device" with headings instead of names."""
    shown = []
    for need in needs.split(" | "):
        table, _, column = need.partition(".")
        shown.append(column_word(table, column, language) if language == "zh" else need)
    return " / ".join(shown)


def share_text(share: float) -> str:
    """A share of 0..1 as per cent that never hides a single case: 0.0003 % is not 0 %."""
    percent = 100 * share
    if percent in (0.0, 100.0):
        return f"{percent:.0f}%"
    if percent < 0.1:
        return f"{percent:.2g}%"
    return f"{min(percent, 99.9):.1f}%"


def small_text(chance: float) -> str:
    """A chance with two digits; below one in 10¹² no model is that exact."""
    return "< 1e-12" if chance < 1e-12 else f"{chance:.2g}"
