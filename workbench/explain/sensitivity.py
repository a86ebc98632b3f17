"""How many orders enter or leave the list when a constant is a little different."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass

import pandas as pd
from tqdm.auto import tqdm

from workbench.detect import Detector, Findings, detectors, run_detectors
from workbench.detect.trade import prepared
from workbench.explain.constants import constants
from workbench.explain.moved import Constant, Value, moved, users
from workbench.explain.screen import assess_shops, shops
from workbench.tables import Tables

__all__ = ["sensitivity_data"]

_LISTED = ("evidence", "needs_documents")
_PREPARING = "workbench.detect.trade"


@dataclass(frozen=True)
class _Shop:
    """One shop: its tables as they came, prepared, and what the detectors found."""

    tables: Tables
    ready: Tables
    found: Findings


def sensitivity_data(
    tables: Tables,
    names: Collection[str] | None = None,
    *,
    share: float = 0.1,
    progress: bool = False,
) -> pd.DataFrame:
    """One row per constant: what happens to the list when it is a tenth smaller or larger.

    Columns: room (detect, weighing, merging, cuts, tests: see `workbench.explain.moved`),
    constant, reason, value, listed (orders marked evidence or needs_documents as it is), and for
    down (a `share` less) and up (a share more): down_value, down_entered, down_left (orders that
    come on the list and go from it), down_evidence (how many more are marked evidence; negative:
    fewer). Values are text. The list is that of the formula's q-values. Only detectors that use a
    constant run again; `names` chooses constants, all of them take minutes.
    """
    with ExitStack() as stack:
        known = {}
        for name, own in shops(tables):
            ready = stack.enter_context(prepared(own))
            known[name] = _Shop(own, ready, run_detectors(ready))
        now = _verdicts({name: (shop.ready, shop.found) for name, shop in known.items()})
        chosen = [one for one in constants() if names is None or one.name in names]
        rows = [
            _row(constant, known, now, share)
            for constant in tqdm(chosen, desc="constants", disable=not progress, leave=False)
        ]
    return pd.DataFrame(rows, columns=list(_row_of_none()))


def _row(
    constant: Constant, known: Mapping[str, _Shop], now: pd.Series, share: float
) -> dict[str, object]:
    row = {
        "room": constant.room,
        "constant": constant.name,
        "reason": constant.reason,
        "value": _text(constant.value),
        "listed": int(now.isin(_LISTED).sum()),
    }
    for way, by in (("down", -share), ("up", share)):
        value = constant.by(by)
        then = _screened_with(constant, value, known, now)
        before, after = now.isin(_LISTED), then.isin(_LISTED)
        row |= {
            f"{way}_value": _text(value),
            f"{way}_entered": int((after & ~before).sum()),
            f"{way}_left": int((before & ~after).sum()),
            f"{way}_evidence": int((then == "evidence").sum() - (now == "evidence").sum()),
        }
    return row


def _row_of_none() -> list[str]:
    ways = ("value", "entered", "left", "evidence")
    moves = [f"{way}_{what}" for way in ("down", "up") for what in ways]
    return ["room", "constant", "reason", "value", "listed", *moves]


def _screened_with(
    constant: Constant, value: Value, known: Mapping[str, _Shop], now: pd.Series
) -> pd.Series:
    """The assessment of every order when the constant has another value."""
    if constant.room != "detect":
        with moved(constant, value):
            return _verdicts({name: (shop.ready, shop.found) for name, shop in known.items()})
    using = users(constant.name)
    again = [one for one in detectors() if _module_of(one) in using]
    if not again:
        return now
    with moved(constant, value):
        found = {
            name: (shop.ready, _found_again(shop, again, _PREPARING in using))
            for name, shop in known.items()
        }
    same = all(found[name][1].rows.equals(known[name].found.rows) for name in known)
    return now if same else _verdicts(found)


def _found_again(shop: _Shop, again: list[Detector], anew: bool) -> Findings:
    """The findings when the detectors `again` run once more, the others' as they are.

    Detectors that look at proposed groups run with those that propose them. `anew`: the tables
    themselves are prepared once more.
    """
    if anew:
        return run_detectors(shop.tables)
    if any(one.stage == "find" for one in again):
        names = {one.name for one in again}
        again = [one for one in detectors() if one.stage == "test" or one.name in names]
    names = {one.name for one in again}
    tests = {one.name for one in detectors() if one.stage == "test"}
    rows, runs = shop.found.rows, shop.found.runs
    kept = rows[~rows.detector.isin(names)]
    fresh = run_detectors(shop.ready, again, proposed=kept[~kept.detector.isin(tests)])
    every = [kept, *([fresh.rows] if len(fresh.rows) else [])]
    together = pd.concat(every).sort_values(["detector", "group_id", "order_id"])
    summary = pd.concat([runs[~runs.detector.isin(names)], fresh.runs]).sort_values("detector")
    return Findings(together.reset_index(drop=True), summary.reset_index(drop=True))


def _verdicts(found: Mapping[str, tuple[Tables, Findings]]) -> pd.Series:
    orders = assess_shops(found).orders
    return orders.set_index("order_id").assessment


def _module_of(detector: Detector) -> str:
    """The module that declares a detector."""
    for name, module in sorted(sys.modules.items()):
        if getattr(module, "DETECTOR", None) is detector:
            return name
    return ""


def _text(value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(_text(one) for one in value)
    return f"{value:.6g}"
