"""Real trade: how much of it is accused, and how much brushing planted into it is found.

    python benchmarks/real_trade.py FOLDER [--seeds 3] [--levels plain moderate hard] [--trades …]

FOLDER holds `online_retail/`, `olist_sample/` and `olist_sample_with_reviews/` with the public
tables of UCI 352 and Olist; what is not there is skipped and said so. The tables are loaded with
the mappings of docs/mappings and screened as they are: nobody says that all of this trade is
honest, but an order in a thousand is the most that may be marked `evidence`. Then rings of
workbench.known_answer are planted into copies. Printed per kind and level:

- at 1/1000: share of the planted orders whose score exceeds that of all but one real order in a
  thousand
- evidence, marked: share in a group marked evidence, and in one marked at all
- real orders per thousand that are marked evidence in those copies
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from workbench.case import open_case
from workbench.commands import load, open_tables
from workbench.explain import screen
from workbench.known_answer import KINDS, LEVELS, Trial, absent, shop_material, trials
from workbench.tables import Tables

MAPPINGS = Path(__file__).resolve().parents[1] / "docs" / "mappings"
TRADES = {
    "online_retail": ("online_retail/online_retail.csv", "online_retail.toml", "Europe/London"),
    "olist": ("olist_sample/olist_order_items_dataset.csv", "olist.toml", "America/Sao_Paulo"),
    "olist_reviews": (
        "olist_sample_with_reviews/olist_order_items_dataset.csv",
        "olist.toml",
        "America/Sao_Paulo",
    ),
}
RATE = 0.001


def main() -> None:
    """Run the benchmark as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--levels", nargs="+", default=list(LEVELS))
    parser.add_argument("--trades", nargs="+", default=list(TRADES), choices=list(TRADES))
    given = parser.parse_args()
    pd.set_option("display.width", 200)
    for name in given.trades:
        path = _file(given.folder, TRADES[name][0])
        if path is None:
            print(f"{name}: skipped, {given.folder / TRADES[name][0]} is not there")
            continue
        with tempfile.TemporaryDirectory() as folder:
            tables = _loaded(path, *TRADES[name][1:], Path(folder) / "case")
            _as_it_is(name, tables)
            _planted(name, tables, given.seeds, given.levels)


def _file(folder: Path, name: str) -> Path | None:
    found = (path for path in (folder / name, folder / f"{name}.gz") if path.is_file())
    return next(found, None)


def _loaded(path: Path, mapping: str, zone: str, case: Path) -> Tables:
    load([path], case, mapping=MAPPINGS / mapping, zone=zone)
    return open_tables(open_case(case))


def _as_it_is(name: str, tables: Tables) -> None:
    found = screen(tables)
    share = 1000 * found.orders.assessment.value_counts(normalize=True)
    told = ", ".join(f"{share.get(a, 0):.2f} {a}" for a in ("evidence", "needs_documents"))
    print(f"\n{name}: {len(found.orders)} orders; per thousand: {told}")
    groups = found.groups[found.groups.assessment != "none"]
    for group in groups.itertuples():
        print(f"  {group.group_id} {group.assessment} {group.detectors}: {group.sentence_en}")


def _planted(name: str, tables: Tables, seeds: int, levels: list[str]) -> None:
    material = shop_material(tables)
    if material is None:
        print(f"{name}: too few orders to plant into")
        return
    lacking = {kind: absent(kind, tables, material) for kind in KINDS}
    for kind, columns in lacking.items():
        if columns:
            print(f"  {kind}: not visible in these data: {', '.join(columns)} absent")
    kinds = [kind for kind, columns in lacking.items() if not columns]
    runs = trials(tables, material, kinds, seeds, levels=levels, progress=sys.stderr.isatty())
    rows = pd.concat([_measured(trial) for trial in runs])
    every = rows.assign(kind="all kinds")
    table = pd.concat([rows, every]).groupby(["kind", "level"], sort=False)
    counts = table[["above", "evidence", "marked"]].mean().join(table.size().rename("planted"))
    counts["real evidence ‰"] = table.real_evidence.mean()
    print(counts.rename(columns={"above": "at 1/1000"}).to_string(float_format="{:.2f}".format))


def _measured(trial: Trial) -> pd.DataFrame:
    """The planted orders of a trial, and whether each was found."""
    orders = trial.orders
    real = orders[orders.kind.isna()]
    line = np.sort(real.score.to_numpy())[::-1][int(RATE * len(real))]
    fake = orders[orders.kind.notna() & ~orders.cover]
    return pd.DataFrame(
        {
            "kind": fake.kind,
            "level": trial.level,
            "above": fake.score > line,
            "evidence": fake.assessment == "evidence",
            "marked": fake.assessment.isin(["evidence", "needs_documents"]),
            "real_evidence": 1000 * (real.assessment == "evidence").mean(),
        }
    )


if __name__ == "__main__":
    main()
