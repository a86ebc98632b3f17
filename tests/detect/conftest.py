"""A small, entirely regular shop whose baselines can be worked out by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from ibis.backends import BaseBackend

from workbench.detect import Detector, Findings, run_detectors
from workbench.engine import connect
from workbench.tables import memory_tables

START = pd.Timestamp("2025-03-01")
Run = Callable[..., Findings]


@pytest.fixture(scope="session")
def engine() -> Iterator[BaseBackend]:
    """An engine with one thread, the same for all tests of this folder."""
    connection = connect(threads=1)
    yield connection
    connection.disconnect()


@pytest.fixture(scope="session")
def run(engine: BaseBackend) -> Run:
    """Run one detector on a frame of orders."""

    def run_one(detector: Detector, orders: pd.DataFrame) -> Findings:
        return run_detectors(memory_tables(engine, {"orders": orders}), [detector])

    return run_one


def regular_shop(orders: int = 400) -> pd.DataFrame:
    """One order at half past every hour; items A (10.00) and B (20.00) in turn.

    Buyers of orders 0, 4, 8, … and of 1, 5, 9, … come twice, 200 orders apart; all others once:
    half of the orders are from returning buyers. Nobody shares anything.
    """
    rows = []
    for n in range(orders):
        returning = n % 4 < 2
        buyer = f"r{n % (orders // 2)}" if returning else f"n{n}"
        rows.append(
            {
                "order_id": f"S{n:04d}",
                "created_at": START + pd.Timedelta(hours=n, minutes=30),
                "status": "completed",
                "buyer_id": buyer,
                "product_id": "AB"[n % 2],
                "product_title": f"Item {'AB'[n % 2]}",
                "quantity": 1,
                "paid_amount": ("10.00", "20.00")[n % 2],
                "phone": f"phone {buyer}",
                "address": f"{1000 + n % (orders // 2) if returning else 5000 + n} Quiet Road",
            }
        )
    return pd.DataFrame(rows)


def extra(orders: int, **columns: object) -> pd.DataFrame:
    """Orders of item A at 10.00 by one new buyer each, a minute apart, from hour 200 on.

    A column is given as one value, a list, or a function of the order's number.
    """
    rows = pd.DataFrame({"n": range(orders)})
    made: dict[str, object] = {
        "order_id": lambda n: f"X{n:04d}",
        "created_at": lambda n: START + pd.Timedelta(hours=200, minutes=35 + n),
        "status": "completed",
        "buyer_id": lambda n: f"x{n}",
        "product_id": "A",
        "product_title": "Item A",
        "quantity": 1,
        "paid_amount": "10.00",
        "phone": lambda n: f"phone x{n}",
        "address": lambda n: f"{9000 + n} Other Road",
        **columns,
    }
    for name, value in made.items():
        rows[name] = [value(n) for n in rows.n] if callable(value) else value
    return rows.drop(columns="n")


def facts_of(found: Findings) -> list[dict]:
    """The facts of each group, strongest first."""
    return [json.loads(text) for text in found.rows.drop_duplicates("group_id").facts]


def review_of(found: Findings) -> dict:
    """What the only detector said of its run."""
    return json.loads(found.runs.review.iloc[0])


def documented_facts() -> dict[str, set[str]]:
    """The facts that docs/detectors.md lists, by detector; "All detectors" for those of all."""
    text = (Path(__file__).parents[2] / "docs" / "detectors.md").read_text("utf-8")
    return {
        name: {
            key
            for cell in re.findall(r"^\| (`[^|]*`) \|", part, flags=re.MULTILINE)
            for key in re.findall(r"`(\w+)`", cell)
        }
        for part in re.split(r"^### ", text, flags=re.MULTILINE)[1:]
        for name in part.split("\n", 1)[0].strip().split(", ")
    }
