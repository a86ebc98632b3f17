"""Load thousands of harmed files: each must end in a table with an exact account or in a message.

    python benchmarks/fuzz_load.py --files 10000 --seed 1

A file that ends in a traceback, takes more than 20 seconds of processor time or 1.5 GB of memory,
or whose rows are not accounted for, is a finding: its seed and index are printed, and
`--only INDEX` makes and loads it again.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing as mp
import os
import resource
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from multiprocessing.connection import Connection, wait
from pathlib import Path

import pyarrow.parquet as pq
from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.load.mutations import make
from workbench.errors import BadInput
from workbench.load import load_files

SECONDS = 20
WALL = 180
MEMORY = 1536
# After these a process is not used again.
ENDING = ("FINDING memory", "FINDING died or took too long")


def main() -> int:
    """Run, print the table of outcomes and every finding; exit code 1 when there is one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", type=int, help="this file only, here, with its traceback")
    options = parser.parse_args()
    if options.only is not None:
        print(*outcome(options.seed, options.only), sep="\n")
        return 0
    results = run(options.seed, range(options.start, options.start + options.files), options.jobs)
    table = Counter(kind for kind, _, _ in results.values())
    print(f"{len(results)} files, seed {options.seed}")
    for kind, count in table.most_common():
        print(f"{count:7}  {kind}")
    found = {i: result for i, result in results.items() if result[0].startswith("FINDING")}
    for index, (kind, recipe, detail) in sorted(found.items()):
        print(f"\n{kind}: --seed {options.seed} --only {index}\n{recipe}\n{detail}")
    return 1 if found else 0


def outcome(seed: int, index: int) -> tuple[str, str, str]:
    """What became of one file, what it is, and details of a finding."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    recipe = ""
    try:
        made = make(seed, index, folder)
        recipe = made.recipe
        try:
            loads = load_files(
                [made.path],
                tables_dir=folder / "tables",
                sources_dir=folder / "sources",
                zone="Asia/Shanghai",
                currency="CNY",
            )
        except BadInput as error:
            told = str(error).strip()
            return ("message" if told else "FINDING no message"), recipe, ""
        quarantined = 0
        for report in loads:
            quarantined += report.rows_quarantined
            if fault := account_fault(report, folder / "tables"):
                return "FINDING account", recipe, f"{report.file}: {fault}"
            counted = report.rows_read + report.blank_rows + report.rows_skipped
            if made.rows is not None and counted != made.rows:
                return "FINDING rows lost", recipe, f"{made.rows} rows written, {counted} counted"
        return ("loaded, some rows quarantined" if quarantined else "loaded"), recipe, ""
    except Exception:
        return "FINDING traceback", recipe, traceback.format_exc()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def account_fault(report, tables: Path) -> str:
    """What is wrong with the account of a loaded file, looked up in what was written."""
    base = tables / report.table / report.sha256
    rows = pq.read_table(f"{base}.parquet", columns=["source_row"])["source_row"].to_pylist()
    problems = pq.read_table(f"{base}.quarantine.parquet")["source_row"].to_pylist()
    if report.rows_read != report.rows_loaded + report.rows_quarantined:
        return "read is not loaded + quarantined"
    if len(rows) != report.rows_loaded or len(set(rows)) != len(rows):
        return f"{len(rows)} rows lie there ({len(set(rows))} different), {report.rows_loaded} told"
    if len(set(problems)) != report.rows_quarantined:
        return f"{len(set(problems))} quarantined rows lie there, {report.rows_quarantined} told"
    return "a row is loaded and quarantined" if set(rows) & set(problems) else ""


def worker(pipe: Connection, seed: int) -> None:
    """Load one file after another; a file's processor time is limited by the system."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while (index := pipe.recv()) is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime) + SECONDS + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        kind, recipe, detail = outcome(seed, index)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        if peak > MEMORY:
            kind, detail = "FINDING memory", f"{peak} MB; {detail}"
        pipe.send((kind, recipe, detail))
        if kind in ENDING:
            return


def run(seed: int, indices: range, jobs: int) -> dict[int, tuple[str, str, str]]:
    """The outcome of every file, by its index."""
    results: dict[int, tuple[str, str, str]] = {}
    todo = iter(indices)
    busy: dict[Connection, tuple[mp.Process, int, float]] = {}

    def start() -> None:
        index = next(todo, None)
        if index is not None:
            here, there = mp.Pipe()
            process = mp.get_context("spawn").Process(target=worker, args=(there, seed))
            process.start()
            there.close()
            here.send(index)
            busy[here] = (process, index, time.monotonic())

    for _ in range(jobs):
        start()
    with tqdm(total=len(indices), mininterval=10, file=sys.stderr) as bar:
        while busy:
            for pipe in wait(list(busy), timeout=1):
                process, index, _ = busy.pop(pipe)
                try:
                    results[index] = pipe.recv()
                except (EOFError, OSError):
                    process.join()
                    results[index] = ("FINDING died or took too long", "", f"{process.exitcode}")
                if results[index][0].startswith("FINDING"):
                    bar.write(f"{index}: {results[index][0]}", file=sys.stderr)
                bar.update()
                if results[index][0] in ENDING:
                    _stop(process, pipe)
                    start()
                    continue
                following = next(todo, None)
                if following is None:
                    _stop(process, pipe)
                    continue
                pipe.send(following)
                busy[pipe] = (process, following, time.monotonic())
            for process, _, since in list(busy.values()):
                if time.monotonic() - since > WALL:
                    process.kill()
    return results


def _stop(process: mp.Process, pipe: Connection) -> None:
    with contextlib.suppress(OSError):
        pipe.send(None)
    process.join(10)
    pipe.close()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    sys.exit(main())
