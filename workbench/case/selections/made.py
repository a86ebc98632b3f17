"""Queries made of what somebody pointed at: a list of orders, a group, a box in a chart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from workbench.errors import BadInput

__all__ = ["box_query", "group_query", "orders_query"]


def orders_query(order_ids: Iterable[str]) -> dict[str, Any]:
    """Exactly these orders; raises BadInput when there are none."""
    listed = sorted(set(order_ids))
    if not listed:
        raise BadInput("No order is selected", do="Point at some orders first")
    return {"column": "order_id", "in": listed}


def group_query(group_id: str) -> dict[str, Any]:
    """The orders whose main group this is."""
    return {"column": "group_id", "is": group_id}


def box_query(
    start: datetime | None = None,
    end: datetime | None = None,
    least: Decimal | float | None = None,
    most: Decimal | float | None = None,
) -> dict[str, Any]:
    """The orders in a box of a chart: placed from `start` to `end`, paid `least` to `most`.

    Times are the shop's local time; all edges belong to the box, and a side may be left open.
    The amount is what was paid for the whole order. An edge between two cents is moved inwards,
    so that the box holds what it shows. Raises BadInput for a box without any edge.
    """
    time: dict[str, str | None] = {
        "from": start.isoformat() if start else None,
        "to": end.isoformat() if end else None,
    }
    money: dict[str, str | None] = {
        "at_least": _cents(least, up=True),
        "at_most": _cents(most, up=False),
    }
    sides: dict[str, dict[str, str | None]] = {"created_at": time, "paid_amount": money}
    told = [
        {"column": column, **{test: value for test, value in tests.items() if value is not None}}
        for column, tests in sides.items()
        if any(value is not None for value in tests.values())
    ]
    if not told:
        raise BadInput("The box has no edge", do="Draw a box around some orders")
    return {"all": told}


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _cents(amount: Decimal | float | None, *, up: bool) -> str | None:
    if amount is None:
        return None
    rounding = "ROUND_CEILING" if up else "ROUND_FLOOR"
    return str(Decimal(str(amount)).quantize(Decimal("0.0001"), rounding=rounding))
