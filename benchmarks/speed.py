"""How fast loading and screening are, as ratios to the bare engine on the same rows.

    python benchmarks/speed.py [ORDERS …]        (100000 and 1000000 by default)

For each size, in processes of their own and one after the other, on one simulated shop:

- `read`   DuckDB's bare `read_csv` of the orders into Parquet, every column as text
- `load`   `workbench load` of the same file
- `count`  six bare group-bys in DuckDB over the loaded orders: by phone, address, device, buyer,
           item and hour, item and amount
- `screen` `workbench screen`

Printed are CPU seconds, peak memory, and the ratios load/read and screen/count. Seconds differ
between machines; the ratios are what to compare.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
from tqdm import tqdm

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
    from workbench.tables.stored import loads

    tables = folder / "case" / "tables"
    orders = tables / "orders" / f"{loads(tables)['orders'][-1]}.parquet"
    for columns in GROUP_BYS:
        duckdb.execute(
            f"SELECT max(n) FROM (SELECT {columns}, count(*) AS n"
            f" FROM read_parquet('{orders}') GROUP BY ALL)"
        ).fetchall()


def screen(folder: Path) -> None:
    """Screen the case."""
    from workbench.commands import screen as screen_case

    screen_case(folder / "case")


def spent(step: Callable[..., None], *arguments: object) -> Spent:
    """Run a step in a process of its own and measure it."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measure, step, arguments).result()


def _measure(step: Callable[..., None], arguments: tuple) -> Spent:
    started = time.perf_counter()
    step(*arguments)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return Spent(
        cpu=used.ru_utime + used.ru_stime,
        wall=time.perf_counter() - started,
        peak_mb=used.ru_maxrss / 1024,
    )


def measure(orders: int) -> None:
    """Measure one size and print its lines."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spent(simulate, folder / "shop", orders)
        steps = {step.__name__: spent(step, folder) for step in tqdm((read, load, count, screen))}
    for title, cost in steps.items():
        print(
            f"{orders:>9,} orders  {title:<7}{cost.cpu:8.1f} CPU s {cost.wall:8.1f} s"
            f" {cost.peak_mb:8.0f} MB"
        )
    for upper, lower in (("load", "read"), ("screen", "count")):
        ratio = steps[upper].cpu / steps[lower].cpu
        print(f"{orders:>9,} orders  {upper}/{lower} {ratio:6.1f} times")


if __name__ == "__main__":
    for size in [int(argument) for argument in sys.argv[1:]] or [100_000, 1_000_000]:
        measure(size)
