"""How well the detectors tell rings from look-alikes, on made-up shops with known truth.

    python benchmarks/quality.py --seeds 101 102 103 --orders 5000

Per level and detector it prints: share of the fake orders of each kind that lie in a finding,
share of the honest orders of each look-alike that do, findings in shops without a ring, and CPU
seconds. Look-alikes found here are innocent explanations' business (workbench.explain); ordinary
orders found here are errors. Seeds 1 to 6 were used for tuning: report others.
"""

from __future__ import annotations

import argparse
import time

import pandas as pd

from workbench.detect import Findings, run_detectors
from workbench.engine import connect
from workbench.simulate import Shop, simulate_shop
from workbench.tables import memory_tables

ALL = "any detector"


def main() -> None:
    """Run the benchmark as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[101, 102, 103])
    parser.add_argument("--orders", type=int, default=5000)
    parser.add_argument("--levels", nargs="+", default=["plain", "hard"])
    given = parser.parse_args()
    pd.set_option("display.width", 200)
    for level in given.levels:
        runs = [_run(seed, given.orders, level, rings=True) for seed in given.seeds]
        print(f"\n=== {level}, {given.orders} orders, seeds {given.seeds}")
        print(_recall(runs).to_string(float_format="{:.2f}".format))
        print("\ngroups found, and groups that hold more honest than fake orders:")
        print(_groups(runs).to_string())
        honest = [_run(seed, given.orders, level, rings=False) for seed in given.seeds]
        print("\nshops without a ring: groups, orders in them, ordinary orders among these")
        print(_honest(honest).to_string())
        seconds = sum(run.seconds for run in runs) / len(runs)
        print(f"\nCPU seconds per shop: {seconds:.1f}")
        print(_forest(runs))


class _Run:
    """One simulated shop, what was found in it, and the CPU seconds it took."""

    def __init__(self, shop: Shop, found: Findings, seconds: float) -> None:
        self.shop, self.found, self.seconds = shop, found, seconds
        self.rows = found.rows.merge(shop.truth, on="order_id", how="left")


def _run(seed: int, orders: int, level: str, *, rings: bool) -> _Run:
    shop = simulate_shop(seed, orders, level, rings)  # type: ignore[arg-type]
    connection = connect()
    tables = memory_tables(connection, {"orders": shop.orders})
    started = time.process_time()
    found = run_detectors(tables)
    seconds = time.process_time() - started
    connection.disconnect()
    return _Run(shop, found, seconds)


def _recall(runs: list[_Run]) -> pd.DataFrame:
    """Share of the orders of each kind that lie in a group, by detector and by any."""
    truth = pd.concat([run.shop.truth.assign(run=n) for n, run in enumerate(runs)])
    table = truth.groupby(["fake", "kind"]).size().rename("orders").to_frame()
    rows = pd.concat([run.rows.assign(run=n) for n, run in enumerate(runs)])
    for detector, part in [*rows.groupby("detector"), (ALL, rows)]:
        once = part.drop_duplicates(["run", "order_id"])
        table[detector] = once.groupby(["fake", "kind"]).size() / table.orders
    return table.fillna(0.0)


def _groups(runs: list[_Run]) -> pd.DataFrame:
    rows = pd.concat([run.rows.assign(run=n) for n, run in enumerate(runs)])
    fake = rows.groupby(["detector", "run", "group_id"]).fake.mean().reset_index()
    return fake.groupby("detector").fake.agg(
        groups="size", mostly_honest=lambda share: int((share < 0.5).sum())
    )


def _honest(runs: list[_Run]) -> pd.DataFrame:
    rows = pd.concat([run.rows.assign(run=n) for n, run in enumerate(runs)])
    if rows.empty:
        return pd.DataFrame({"groups": [0], "orders": [0], "ordinary": [0]})
    rows["group"] = rows.run.astype(str) + rows.group_id
    return rows.groupby("detector").agg(
        groups=("group", "nunique"),
        orders=("order_id", "size"),
        ordinary=("kind", lambda kind: int((kind == "ordinary").sum())),
        kinds=("kind", lambda kind: dict(kind.value_counts())),
    )


def _forest(runs: list[_Run]) -> str:
    """What a general outlier detector makes of the same orders: as many as the detectors found."""
    try:
        from sklearn.ensemble import IsolationForest  # type: ignore[import-not-found]
    except ImportError:
        return "IsolationForest: scikit-learn is not installed, comparison left out"
    hits = total = fakes = 0
    for run in runs:
        features = _features(run.shop)
        scores = IsolationForest(random_state=0).fit(features).score_samples(features)
        number = run.rows.order_id.nunique()
        order = pd.Series(scores, index=features.index).nsmallest(number).index
        truth = run.shop.truth.set_index("order_id").fake
        hits += int(truth.loc[order].sum())
        total += number
        fakes += int(truth.sum())
    found = sum(int(run.rows.drop_duplicates("order_id").fake.sum()) for run in runs)
    mine = f"detectors: precision {found / max(total, 1):.2f}, recall {found / max(fakes, 1):.2f}"
    return (
        f"{mine}; IsolationForest, as many orders: precision {hits / max(total, 1):.2f}, "
        f"recall {hits / max(fakes, 1):.2f}"
    )


def _features(shop: Shop) -> pd.DataFrame:
    """What one would give a general outlier detector: counts per value, amount and hour."""
    orders = shop.orders.drop_duplicates("order_id").set_index("order_id")
    counts = {
        f"{name}_orders": orders.groupby(name)[name].transform("size")
        for name in ("buyer_id", "buyer_account", "phone", "address", "device", "ip", "product_id")
    }
    hours = orders.created_at.dt.floor("h")
    return pd.DataFrame(
        {
            **counts,
            "offer_hour": orders.groupby(["product_id", "paid_amount", hours])[
                "product_id"
            ].transform("size"),
            "amount": orders.paid_amount.astype(float),
            "hour": orders.created_at.dt.hour,
        }
    ).fillna(0.0)


if __name__ == "__main__":
    main()
