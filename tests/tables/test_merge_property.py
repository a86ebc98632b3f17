"""However a shop's exports are cut into months, the merged orders and their sum are the same."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tables.kept import Kept
from workbench.tables import order_changes

MONTHS = (1, 2, 3)
ORDER = st.tuples(
    st.sampled_from(MONTHS),
    st.sampled_from(["paid", "completed", "closed"]),
    st.lists(st.integers(0, 500), min_size=1, max_size=3),
)
# Several files, each of some months; together they have all.
CUTS = st.lists(st.sets(st.sampled_from(MONTHS), min_size=1), min_size=1, max_size=4).map(
    lambda cuts: [*cuts, set(MONTHS) - set().union(*cuts)]
)
LIMITS = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


def frames(orders: list[tuple[int, str, list[int]]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same orders as lines and as whole orders; amounts in yuan, fen in `orders`."""
    lines, heads = [], []
    for number, (month, status, fen) in enumerate(orders):
        head = {
            "order_id": f"{number:03d}",
            "created_at": pd.Timestamp(2026, month, 1 + number % 28),
            "status": status,
        }
        heads.append({**head, "paid_amount": sum(fen) / 100, "phone": f"138{number:08d}"})
        for place, part in enumerate(fen):
            line = {**head, "line_id": f"{number}-{place}", "paid_amount": part / 100}
            lines.append(line)
    return pd.DataFrame(lines), pd.DataFrame(heads)


def store(kept: Kept, table: str, grain: str, frame: pd.DataFrame, cuts: list[set[int]]) -> None:
    for number, months in enumerate(cuts):
        part = frame[frame["created_at"].dt.month.isin(months)] if months else frame[:0]
        columns = part if table == "orders" else part[["order_id", "line_id"]]
        if len(part):
            kept.load(table, f"{table}-{grain}-{number}", grain=grain, **columns.to_dict("list"))


def told(folder: str, *files: tuple[str, str, pd.DataFrame, list[set[int]]]) -> pd.DataFrame:
    kept = Kept(Path(folder))
    for table, grain, frame, cuts in files:
        store(kept, table, grain, frame, cuts)
    kept.merge()
    assert order_changes(kept.folder).empty
    names = ["order_id", "line_id", "created_at", "status", "paid_amount", "phone"]
    found = kept.rows()
    return found[[name for name in names if name in found]]


def total(orders: list[tuple[int, str, list[int]]]) -> float:
    return sum(sum(fen) for _, _, fen in orders) / 100


@LIMITS
@given(orders=st.lists(ORDER, min_size=1, max_size=12), cuts=CUTS)
def test_lines_in_any_split_of_months_are_the_lines_of_one_file(orders, cuts):
    lines, _ = frames(orders)
    with TemporaryDirectory() as one, TemporaryDirectory() as many:
        expected = told(one, ("orders", "line", lines, [set(MONTHS)]))
        found = told(many, ("orders", "line", lines, cuts))
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    assert round(found.paid_amount.sum(), 2) == round(total(orders), 2)


@LIMITS
@given(
    orders=st.lists(ORDER, min_size=1, max_size=12),
    cuts=CUTS,
    others=CUTS,
    items=st.booleans(),
    lines_first=st.booleans(),
)
def test_orders_and_their_lines_come_together_whatever_the_cut(
    orders, cuts, others, items, lines_first
):
    lines, heads = frames(orders)
    second = ("order_lines", "line") if items else ("orders", "line")
    with TemporaryDirectory() as one, TemporaryDirectory() as many:
        expected = told(
            one, ("orders", "order", heads, [set(MONTHS)]), (*second, lines, [set(MONTHS)])
        )
        files = [("orders", "order", heads, cuts), (*second, lines, others)]
        found = told(many, *(reversed(files) if lines_first else files))
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    assert round(found.paid_amount.sum(), 2) == round(total(orders), 2)
    assert found.phone.notna().all()
    assert sorted(found.line_id) == sorted(lines.line_id)
