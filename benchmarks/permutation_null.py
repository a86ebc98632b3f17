"""What the shuffles cost, and whether a sample of a large shop gives the same list as the whole.

    python benchmarks/permutation_null.py --orders 100000 --shuffles 20

A made-up shop is screened; its orders are then shuffled twice: in stretches of the sample's size
(as screening does) and as a whole. Printed: seconds and CPU seconds of screening and of both,
chance groups found, and the groups that the two q-values list (q <= 0.05) in common and apart.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from workbench.detect import Findings, run_detectors
from workbench.detect.trade import prepared
from workbench.engine import connect
from workbench.explain import null as room
from workbench.explain.combine import false_discovery
from workbench.explain.measure import Measured, measure
from workbench.explain.null import Null, empirical_q, shuffled_null
from workbench.simulate import simulate_shop
from workbench.tables import Tables, memory_tables

LINE = 0.05
T = TypeVar("T")


def main() -> None:
    """Run the benchmark as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--shuffles", type=int, default=20)
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--level", default="hard")
    parser.add_argument("--sample", type=int, default=int(room.NULL["sample_orders"]))
    given = parser.parse_args()
    shop = simulate_shop(given.seed, given.orders, given.level)
    tables = memory_tables(connect(), {"orders": shop.orders})
    with prepared(tables) as ready:
        found = _timed("detectors", lambda: run_detectors(ready))
        part = _timed("weighing", lambda: measure(ready, found))
        formula = false_discovery([w.p_value for w in part.weighed], len(part.weighed))
        left = _orders(part, formula)
        nulls = {
            "sample": _shuffled(ready, found, left, given.shuffles, given.sample),
            "whole": _shuffled(ready, found, left, given.shuffles, given.orders),
        }
    lists = {}
    for name, null in nulls.items():
        q = np.maximum(formula, empirical_q(part.plainly, [null]))
        names = [w.group.group_id for w in part.weighed]
        lists[name] = {g for g, value in zip(names, q, strict=True) if value <= LINE}
        least = ", ".join(f"{p:.2g}" for p in sorted(null.p_values)[:5])
        print(
            f"{name}: {null.shuffles} shuffles of {null.orders:,} of {null.of:,} orders "
            f"({null.left_out} left out), {null.seconds:.1f} s, {len(null.p_values)} chance "
            f"groups, least p {least or '-'}; listed {len(lists[name])}"
        )
    both = lists["sample"] & lists["whole"]
    print(
        f"listed by formula {int((formula <= LINE).sum())} of {len(formula)}; by both {len(both)}, "
        f"by the sample alone {len(lists['sample'] - both)}, "
        f"by the whole alone {len(lists['whole'] - both)}"
    )


def _shuffled(tables: Tables, found: Findings, left: set[str], shuffles: int, size: int) -> Null:
    room.NULL = MappingProxyType({**room.NULL, "sample_orders": size})
    return _timed(
        f"{shuffles} shuffles of at most {size:,}",
        lambda: shuffled_null(tables, found, left_out=left, shuffles=shuffles),
    )


def _orders(part: Measured, q_values: np.ndarray) -> set[str]:
    """Orders of the groups on the list that nothing explains, as screening leaves them out."""
    return {
        order
        for w, q in zip(part.weighed, q_values, strict=True)
        if q <= LINE and w.unexplained > 0
        for order in w.group.orders
    }


def _timed(name: str, run: Callable[[], T]) -> T:
    started, cpu = time.perf_counter(), time.process_time()
    result = run()
    seconds = time.perf_counter() - started
    print(f"{name}: {seconds:.1f} s, CPU {time.process_time() - cpu:.1f} s", flush=True)
    return result


if __name__ == "__main__":
    main()
