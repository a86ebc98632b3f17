"""What the detectors find where nothing is to be found: the shop's own orders, shuffled.

A formula's p-value is as good as its model of chance. So the shop is shuffled: who orders (buyer,
phone, address, device, …) is dealt out anew within each region, what is ordered (items with
their amounts) within hours of the week, times stay. That keeps the shop's rhythm, its popular
items, its families and dormitories, and breaks every tie between them. What the detectors then
find is chance, or something that every shop like this has.

Target-decoy estimate of the false-discovery rate: Elias & Gygi (2007), Nature Methods 4, 207-214;
the +1: Levitsky et al. (2017), J. Proteome Res. 16, 393-397.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

import numpy as np
import pandas as pd
from ibis.backends import BaseBackend
from tqdm.auto import tqdm

from workbench.detect import Detector, Findings, detectors, run_detectors
from workbench.engine import compiled_once, connect
from workbench.explain.found import read_findings
from workbench.explain.measure import families_that_ran
from workbench.explain.merge import merge
from workbench.explain.rules import NULL
from workbench.explain.shuffle import COLUMNS, Dealt, dealt_orders, read_dealt, shuffled
from workbench.explain.weigh import weigh
from workbench.tables import Tables

__all__ = ["Null", "empirical_q", "looks_at_orders", "shuffled_null"]


@dataclass(frozen=True)
class Null:
    """What the shuffles of one shop gave.

    `p_values` are those of the groups of all `shuffles` together. Each shuffle dealt `orders` of
    the shop's `of` orders (a stretch of time where the shop is larger), `left_out` of which are
    never dealt. `detectors` are those that were run. `seconds` is what it took.
    """

    shuffles: int
    p_values: tuple[float, ...]
    orders: int
    of: int
    left_out: int
    detectors: tuple[str, ...]
    seconds: float


def shuffled_null(
    tables: Tables,
    findings: Findings,
    *,
    left_out: Collection[str] = (),
    shuffles: int,
    processes: int = 1,
    progress: bool = False,
) -> Null:
    """Groups that chance makes in this shop, from `shuffles` shuffled copies of its orders.

    `tables` are prepared (workbench.detect.trade); `findings` are the real ones, of which only
    what ran is used. Orders in `left_out` (those of groups found already) are not dealt: a ring's
    orders would make little rings of every shuffle. A shop of more than `sample_orders`
    (rules.toml, null) is dealt stretch by stretch, a different one each time, so that rhythms and
    groups stay whole and every season has its turn. The same orders give the same answer. With
    several `processes` shuffles run beside each other; a script that asks for them must guard its
    main part, as `multiprocessing` tells.
    """
    started = time.perf_counter()
    chosen = [one for one in detectors() if looks_at_orders(one)]
    if "trade" not in tables or not chosen or shuffles < 1:
        return Null(0, (), 0, 0, 0, (), time.perf_counter() - started)
    known = dealt_orders(tables)
    dealt = known[~known.order_id.isin(set(left_out))].reset_index(drop=True)
    size = min(len(dealt), int(NULL["sample_orders"]))
    names = [one.name for one in chosen]
    tasks = _tasks(tables, dealt, size, shuffles)
    run = partial(_chance, names=names, ran=families_that_ran(findings))
    bar = tqdm(total=shuffles, desc="shuffles", disable=not progress, leave=False)
    p_values: list[float] = []
    with bar, _mapping(processes) as mapping:
        for found in mapping(run, tasks):
            p_values += found
            bar.update()
    return Null(
        shuffles=shuffles,
        p_values=tuple(p_values),
        orders=size,
        of=len(known),
        left_out=len(known) - len(dealt),
        detectors=tuple(names),
        seconds=time.perf_counter() - started,
    )


def _tasks(
    tables: Tables, dealt: pd.DataFrame, size: int, shuffles: int
) -> Iterator[tuple[int, Dealt]]:
    """The number of each shuffle, and the orders that it deals."""
    for n in range(shuffles):
        first = (len(dealt) - size) * n // max(shuffles - 1, 1)
        if n == 0 or len(dealt) > size:
            stretch = read_dealt(tables, dealt.iloc[first : first + size])
        yield n, stretch


def _chance(task: tuple[int, Dealt], names: Sequence[str], ran: Mapping[str, int]) -> list[float]:
    """The p-values of the groups that detectors find in one shuffled copy."""
    n, stretch = task
    rng = np.random.default_rng([int(NULL["seed"]), n])
    chosen = [one for one in detectors() if one.name in names]
    found = run_detectors(shuffled(_ENGINE[-1], stretch, rng), chosen)
    # Shuffled orders have no accounts of their own: groups come together by orders.
    return [weigh(group, {}, ran).p_value for group in merge(read_findings(found), {})]


@contextmanager
def _mapping(processes: int) -> Iterator[Callable[..., Iterable[list[float]]]]:
    """`map`, or that of so many processes, each with an engine of its own."""
    if processes > 1:
        with ProcessPoolExecutor(
            processes, mp_context=get_context("spawn"), initializer=_open_engine
        ) as pool:
            yield pool.map
        return
    with ExitStack() as stack:
        _open_engine(stack)
        yield map


_ENGINE: list[BaseBackend] = []
_FOR_GOOD = ExitStack()


def _open_engine(stack: ExitStack = _FOR_GOOD) -> None:
    """An engine for the shuffles of this process, until the stack is closed."""
    engine = connect(threads=1)
    stack.callback(engine.disconnect)
    stack.enter_context(compiled_once(engine))
    _ENGINE.append(engine)
    stack.callback(_ENGINE.remove, engine)


def empirical_q(p_values: Sequence[float], nulls: Sequence[Null]) -> np.ndarray:
    """The share of wrong groups among those with so small a p-value, as the shuffles tell it.

    (1 + groups of the shuffles with p as small) / shuffles, over the real groups with p as small;
    never larger for a smaller p. Without a shuffle nothing is known: not a number.
    """
    p = np.asarray(p_values, dtype=float)
    made = [null for null in nulls if null.shuffles]
    if not made:
        return np.full(len(p), np.nan)
    by_chance = np.full(len(p), 1 / made[0].shuffles)
    for null in made:
        ordered = np.sort(np.asarray(null.p_values, dtype=float))
        by_chance += np.searchsorted(ordered, p, side="right") / null.shuffles
    real = np.searchsorted(np.sort(p), p, side="right")
    order = np.argsort(p, kind="stable")[::-1]
    q = np.empty(len(p))
    q[order] = np.minimum.accumulate((by_chance / real)[order])
    return np.minimum(q, 1.0)


def looks_at_orders(detector: Detector) -> bool:
    """Whether a detector needs nothing but what the shuffles deal out."""
    dealt = {f"orders.{column}" for column in COLUMNS}
    return dealt.issuperset(detector.needs) and all(
        dealt.intersection(choice) for choice in detector.needs_any
    )
