"""How fast loading and screening are, as ratios to what one would run instead on the same rows.

    python benchmarks/speed.py [--null] [ORDERS …]        (100000 and 1000000 by default)

For each size, in processes of their own and one after the other, on one simulated shop:

- `read`    DuckDB's bare `read_csv` of the orders into Parquet, every column as text
- `load`    `workbench load` of the same file, which also works out what the detectors count on
- `count`   six bare group-bys in DuckDB over the loaded orders: by phone, address, device, buyer,
            item and hour, item and amount
- `forest`  scikit-learn's IsolationForest with features built in pandas from the same rows
- `screen`  `workbench screen`, by formula only
- `null`    the same with 20 shuffled copies of the shop (with `--null`)

Up to 100,000 orders the last three run three times in turn and the median is told. Printed are
CPU seconds, peak memory, the ratios load/read, screen/count and screen/forest, what `null` costs
beyond `screen`, and what the detectors skipped because a step would have grown with the square.
Seconds differ between machines; the ratios are what to compare.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
from tqdm import tqdm

# Larger shops are measured once.
INTERLEAVED = 100_000
GROUP_BYS = (
    "phone, count(DISTINCT buyer_id)",
    "address, count(DISTINCT buyer_id)",
    "device, count(DISTINCT buyer_id)",
    "buyer_id, min(created_at), max(created_at)",
    "product_id, date_trunc('hour', created_at) AS hour",
    "product_id, paid_amount",
)


@dataclass(frozen=True)
class Spent:
    """What one step cost."""

    cpu: float
    wall: float
    peak_mb: float
    told: object = None


def simulate(folder: Path, orders: int) -> None:
    """Write a simulated shop of `orders` orders in canonical form."""
    from workbench.simulate import simulate_shop, write_canonical

    write_canonical(simulate_shop(seed=7, orders=orders), folder)


def read(folder: Path) -> None:
    """DuckDB alone: CSV to Parquet."""
    source, target = folder / "shop" / "orders.csv", folder / "bare.parquet"
    duckdb.execute(
        f"COPY (FROM read_csv('{source}', all_varchar = true)) TO '{target}' (FORMAT parquet)"
    ).fetchall()


def load(folder: Path) -> None:
    """Load the orders into a case."""
    from workbench.commands import load as load_case

    load_case([folder / "shop" / "orders.csv"], folder / "case")


def count(folder: Path) -> None:
    """Six bare group-bys over the loaded orders."""
    for columns in GROUP_BYS:
        duckdb.execute(
            f"SELECT max(n) FROM (SELECT {columns}, count(*) AS n"
            f" FROM read_parquet('{_orders(folder)}') GROUP BY ALL)"
        ).fetchall()


def _orders(folder: Path) -> Path:
    from workbench.tables.stored import loads

    tables = folder / "case" / "tables"
    return tables / "orders" / f"{loads(tables)['orders'][-1]}.parquet"


def forest(folder: Path) -> None:
    """IsolationForest on counts per value, as an analyst would build them in pandas."""
    import pandas as pd
    from sklearn.ensemble import IsolationForest

    counted = ["buyer_id", "buyer_account", "phone", "address", "device", "ip", "product_id"]
    orders = pd.read_parquet(
        _orders(folder), columns=["order_id", *counted, "created_at", "paid_amount"]
    ).drop_duplicates("order_id")
    hour = orders.created_at.dt.floor("h")
    offers = orders.groupby(["product_id", "paid_amount", hour]).product_id
    features = pd.DataFrame(
        {
            **{name: orders.groupby(name)[name].transform("size") for name in counted},
            **{
                f"{name}_buyers": orders.groupby(name).buyer_id.transform("nunique")
                for name in ("phone", "address", "device")
            },
            "offer_hour": offers.transform("size"),
            "amount": orders.paid_amount.astype("float64"),
            "hour": orders.created_at.dt.hour,
        }
    ).fillna(0.0)
    IsolationForest(random_state=0, n_jobs=2).fit(features).score_samples(features)


def screen(folder: Path) -> dict[str, int]:
    """Screen the case; what its detectors skipped."""
    from workbench.commands import screen as screen_case

    found = screen_case(folder / "case").detectors
    reviews = {
        row.detector: json.loads(row.review).get("skipped", 0)
        for row in found[["detector", "review"]].itertuples()
    }
    return {name: skipped for name, skipped in reviews.items() if skipped}


def null(folder: Path) -> None:
    """Screen the case and 20 shuffled copies of it."""
    from workbench.commands import screen as screen_case

    screen_case(folder / "case", shuffles=20)


def spent(step: Callable[..., object], *arguments: object) -> Spent:
    """Run a step in a process of its own and measure it."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measure, step, arguments).result()


def _measure(step: Callable[..., object], arguments: tuple) -> Spent:
    started = time.perf_counter()
    told = step(*arguments)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return Spent(
        cpu=used.ru_utime + used.ru_stime,
        wall=time.perf_counter() - started,
        peak_mb=used.ru_maxrss / 1024,
        told=told,
    )


def measure(orders: int, *, with_null: bool) -> None:
    """Measure one size and print its lines."""
    compared = [forest, screen, *([null] if with_null else [])]
    times = 3 if orders <= INTERLEAVED else 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spent(simulate, folder / "shop", orders)
        runs = {step.__name__: [spent(step, folder)] for step in tqdm((read, load, count))}
        for step in tqdm(compared * times):
            runs.setdefault(step.__name__, []).append(spent(step, folder))
    costs = {
        title: sorted(all_, key=lambda one: one.cpu)[len(all_) // 2] for title, all_ in runs.items()
    }
    told = f"{orders:>11,} orders  "
    for title, cost in costs.items():
        print(f"{told}{title:<8}{cost.cpu:8.1f} CPU s {cost.wall:8.1f} s {cost.peak_mb:8.0f} MB")
    for upper, lower in (("load", "read"), ("screen", "count"), ("screen", "forest")):
        ratio, memory = (
            getattr(costs[upper], what) / getattr(costs[lower], what) for what in ("cpu", "peak_mb")
        )
        print(f"{told}{upper}/{lower} {ratio:6.2f} times the CPU, {memory:5.2f} times the memory")
    if with_null:
        beyond = costs["null"].cpu - costs["screen"].cpu
        print(f"{told}the shuffled copies cost {beyond:.1f} CPU s beyond the screening")
    print(f"{told}skipped: {costs['screen'].told or 'nothing'}")


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("orders", nargs="*", type=int, default=[100_000, 1_000_000])
    asked.add_argument("--null", action="store_true")
    options = asked.parse_args()
    for size in options.orders:
        measure(size, with_null=options.null)
