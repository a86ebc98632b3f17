"""How well screening tells fake orders from honest ones, on made-up shops with known truth.

    pip install -e '.[benchmark]'
    python benchmarks/quality.py [--seeds 201 202 203] [--orders 5000] [--honest] [--peers]

Two makers of shops: `first` is workbench.simulate, on which the detectors were tuned (seeds 1 to
6: report others); `second` is benchmarks/second_shop, which shares no recipe with it. Each is
screened from orders alone and with the shop's other records (campaigns, shipments, payments and
what else the maker has). Printed per maker, records and level, over all seeds:

- average precision of `score`; recall at 1 % and 0.1 % of honest orders flagged; R-precision
- honest orders, and look-alike orders, marked `evidence` (per cent)
- purity: orders of a group (evidence or needs_documents) that are of its main scheme;
  completeness: orders of a scheme inside its best group
- false discoveries: groups among those with q <= 0.05 that hold mostly honest orders, and that no
  innocent explanation accounts for
- the same shops without any scheme: honest orders marked `evidence` (per cent)
- by kind: share of the orders marked `evidence`, marked at all, and in any group

With `--peers` the same orders are ranked by what one would pick instead: IsolationForest
(scikit-learn, PyOD), ECOD (PyOD) on counts per value, amount and hour, and FRAUDAR.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

import numpy as np
import pandas as pd
from quality_measures import by_kind, measures
from quality_peers import peer_scores
from second_shop import make
from tqdm import tqdm

from workbench.engine import connect
from workbench.explain import screen
from workbench.simulate import simulate_shop
from workbench.tables import memory_tables

MAKERS = ("first", "second")


def main() -> None:
    """Run the benchmark as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[201, 202, 203])
    parser.add_argument("--orders", type=int, default=5000)
    parser.add_argument("--levels", nargs="+", default=["plain", "hard"])
    parser.add_argument("--makers", nargs="+", default=list(MAKERS))
    parser.add_argument("--records", choices=["both", "orders", "all"], default="both")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--honest", action="store_true", help="also shops without any scheme")
    given = parser.parse_args()
    pd.set_option("display.width", 220)
    pd.set_option("display.max_columns", 30)
    records = {"both": [False, True], "orders": [False], "all": [True]}[given.records]
    lines, kinds = [], []
    runs = [(m, r, v) for m in given.makers for r in records for v in given.levels]
    for maker, more, level in tqdm(runs, desc="shops"):
        name = {"maker": maker, "records": "all" if more else "orders", "level": level}
        screened = list(_screened(given, maker, level, more, rings=True))
        honest = list(_screened(given, maker, level, more, rings=False)) if given.honest else []
        lines.append({**name, "scored by": "workbench", **measures(screened, honest)})
        kinds.append(by_kind(screened).assign(**name))
        if given.peers and not more:
            lines += [{**name, **line} for line in _peers(given, maker, level)]
    print(pd.DataFrame(lines).to_string(index=False, float_format="{:.3f}".format))
    print("\nby kind: share of orders marked evidence, marked at all, in any group")
    columns = ["maker", "records", "level"]
    table = (
        pd.concat(kinds)
        .reset_index()
        .pivot_table(index=["maker", "fake", "kind"], columns=columns[1:], sort=False)
    )
    print(table.to_string(float_format="{:.2f}".format, na_rep=""))


def shop(
    maker: str, seed: int, orders: int, level: str, *, rings: bool, records: bool
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Tables and truth of one shop."""
    if maker == "second":
        made = make(seed, orders, level, rings=rings, records=records)
        return made.tables, made.truth
    told = simulate_shop(seed, orders, level, rings)  # type: ignore[arg-type]
    tables = told.tables() if records else {"orders": told.orders}
    return {n: t for n, t in tables.items() if n not in ("notices", "truth")}, told.truth


def _screened(
    given: argparse.Namespace, maker: str, level: str, records: bool, *, rings: bool
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, float]]:
    """Per seed: orders with truth, groups, all orders' groups, CPU seconds."""
    for seed in given.seeds:
        tables, truth = shop(maker, seed, given.orders, level, rings=rings, records=records)
        connection = connect()
        started = time.process_time()
        found = screen(memory_tables(connection, tables))
        seconds = time.process_time() - started
        connection.disconnect()
        orders = found.orders.merge(truth.drop_duplicates("order_id"), on="order_id")
        yield orders, found.groups, truth, seconds


def _peers(given: argparse.Namespace, maker: str, level: str) -> Iterator[dict[str, object]]:
    """Measures of what one would pick instead, on the same orders."""
    scored: dict[str, list] = {}
    for seed in given.seeds:
        tables, truth = shop(maker, seed, given.orders, level, rings=True, records=False)
        for peer, (scores, seconds) in peer_scores(tables["orders"]).items():
            orders = truth.drop_duplicates("order_id").merge(
                scores.rename("score"), left_on="order_id", right_index=True
            )
            orders = orders.assign(
                assessment="none", group_id=None, score=orders.score.astype(float)
            )
            scored.setdefault(peer, []).append((orders, None, truth, seconds))
    for peer, runs in scored.items():
        yield {"scored by": peer, **measures(runs, [])}


if __name__ == "__main__":
    np.seterr(all="ignore")
    main()
