"""How long one decision of the triage takes, on a small case and on a grown one.

    python benchmarks/triage.py

Decides orders of the sample shop (4,400 orders) by the same calls that a key press makes, on a
fresh case and on one that holds 1,000 and 5,000 events more. Printed are the seconds from key to
next order, and the ratio to the fresh case: the work per key should grow far slower than the
case. What the browser adds is measured by tests/browser/test_triage.py.
"""

from __future__ import annotations

import statistics
import time

from workbench.case import Case, append_many
from workbench.commands import open_tables, sample_case
from workbench.explain import read_assessment
from workbench.widgets import Desk, open_desk

KEYS = 60
MORE = (0, 1_000, 5_000)


def grow(case: Case, order_ids: list[str], count: int) -> None:
    """Add decisions on other orders, as many analysts would have left them."""
    given = [
        {
            "who": f"analyst {n % 5}",
            "kind": "decision",
            "subject_kind": "order",
            "subject_id": order_ids[n % len(order_ids)],
            "body": {
                "decision": "hold",
                "reason": "The carrier was asked for the scans of this parcel.",
                "evidence": [],
                "order_ids": [order_ids[n % len(order_ids)]],
            },
        }
        for n in range(count)
    ]
    if given:
        append_many(case.database, given)


def press(desk: Desk, turn: int) -> tuple[float, float]:
    """Decide the order on the screen: seconds to the answer, and until every widget is drawn."""
    board, answered = desk.triage.board, []
    board.send = lambda *told, **more: answered.append(time.perf_counter())
    begun = time.perf_counter()
    message = {"act": "decide", "decision": "hold", "text": "Scans are missing.", "who": "Li"}
    board._pressed(board, {**message, "order": board.card["order"], "turn": turn}, [])
    return answered[0] - begun, time.perf_counter() - begun


def main() -> None:
    """Print a line per size of the case."""
    fresh = 0.0
    for more in MORE:
        case = sample_case()
        assessment = read_assessment(case.results_dir)
        orders = assessment.orders
        grow(case, orders.loc[orders["assessment"] == "none", "order_id"].tolist(), more)
        desk = open_desk(case, assessment, open_tables(case), "en")
        desk.picker.pick_first()
        desk.triage.choice.value = "flagged"
        taken = [press(desk, turn) for turn in range(KEYS)]
        answer, drawn = (statistics.median(column) for column in zip(*taken, strict=True))
        fresh = fresh or answer
        print(
            f"{more:>6} events more: key to next order {answer * 1000:6.1f} ms "
            f"({answer / fresh:.1f} times), all widgets {drawn * 1000:6.1f} ms, "
            f"slowest {max(taken)[0] * 1000:6.1f} ms"
        )


if __name__ == "__main__":
    main()
