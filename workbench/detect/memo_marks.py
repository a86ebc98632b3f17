"""Proposed groups whose orders the shop marked alike: one note, or one colour of its flag.

An organiser marks what was arranged (red flags C4): "A3" on every order of a group. Test 1: so
many orders of the group carry the mark, against its share in the shop's other orders. Test 2:
against its share in the shop's other orders of the same days, where the sender of a parcel, a live
stream or a group buy leaves marks too; the larger p-value counts, paid for with the marks and
groups looked at. What a mark stands for only the shop's own code book tells: this supports, and
never accuses (`ambiguous`). Words of brushing in a note are the lexicon's.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table
from scipy import stats

from workbench.detect.candidates import candidate_orders
from workbench.detect.constants import (
    FLAG_FLOOR,
    FLAG_WEIGHT,
    LEAD,
    MARKS_CAP,
    MIN_MARKED,
)
from workbench.detect.finding import Detector, no_findings
from workbench.detect.flag_groups import More, Suspects, report
from workbench.detect.opening import on_trade
from workbench.detect.phrases import normal_text
from workbench.detect.running_total import RunningTotal
from workbench.detect.shop import DAY
from workbench.engine import keeping
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "memo_marks"
KINDS = {"seller_memo": "memo", "seller_flag": "flag"}


def find(tables: Tables) -> pd.DataFrame:
    """Proposed groups that share a mark; see docs/detectors.md."""
    if "candidates" not in tables:
        return no_findings(reviewed=0)
    trade, orders = tables["trade"], tables["orders"]
    kinds = [name for name in KINDS if name in orders.columns]
    with keeping(trade.get_backend()) as keep:
        marks, skipped = _marks(orders, kinds)
        if marks is None:
            return no_findings(reviewed=0, missing=[f"orders.{name}" for name in kinds])
        own = trade.filter(trade.line == 0).select("order", "order_id", "second")
        marked = keep(own.join(marks, "order_id"))
        days = keep(own.mutate(day=(own.second / DAY).floor().cast("int64")))
        found, reviewed = _tested(tables["candidates"], marked, days)
        frame = report(NAME, tables, [one for one, _ in found], _facts(found), reviewed=reviewed)
        frame.attrs["review"] = {**frame.attrs.get("review", {}), "skipped": skipped}
        if len(frame):
            frame["statistic"] = "orders with one mark"
        return frame


def _marks(orders: Table, kinds: Sequence[str]) -> tuple[Table | None, int]:
    """order_id, kind, mark (number of the normal text, by kind); and notes that were skipped."""
    parts = [
        orders.select("order_id", kind=ibis.literal(KINDS[name]), text=orders[name].strip())
        for name in kinds
    ]
    both = ibis.union(*parts) if len(parts) > 1 else parts[0]
    both = both.filter(both.text.length() > 0, both.order_id.notnull()).distinct()
    texts = both.group_by(["kind", "text"]).aggregate(n=both.count())
    read = texts.order_by([texts.n.desc(), "kind", "text"]).limit(MARKS_CAP).to_pandas()
    if read.empty:
        return None, 0
    skipped = int(texts.count().to_pandas()) - len(read)
    plain = read.kind + ":" + read.text.map(lambda text: normal_text(str(text)))
    read["mark"] = plain.rank(method="dense").astype("int64")
    names = {"kind": "string", "text": "string", "mark": "int64"}
    known = ibis.memtable(read[list(names)].astype({"text": "object"}), schema=names)
    return both.join(known, ["kind", "text"]).select("order_id", "kind", "mark").distinct(), skipped


def _tested(
    candidates: Table, marked: Table, days: Table
) -> tuple[list[tuple[Suspects, dict[str, object]]], int]:
    """Candidates of which too many orders carry one mark, with its kind."""
    orders = candidates.filter(candidates.line == 0).select("candidate", "order", "second")
    held = orders.drop("second").join(marked, "order").to_pandas()
    sizes = orders.group_by("candidate").aggregate(
        orders=orders.count(), first=orders.second.min(), last=orders.second.max()
    )
    sets = sizes.to_pandas().set_index("candidate").sort_index()
    by = ["candidate", "kind", "mark"]
    counts = held.groupby(by).size().rename("n").reset_index()
    tried = counts[counts.n >= MIN_MARKED].join(sets, on="candidate")
    if tried.empty:
        return [], len(sets)
    tried["rate"] = _usual_rates(tried, marked, days)
    tried["p2"] = stats.binom.sf(tried.n - 1, tried.orders, tried.rate)
    odd = tried[tried.p2 * len(tried) < LEAD]
    members = candidate_orders(candidates, odd.candidate.tolist())
    rows = held.merge(odd[by], on=by)
    own = dict(list(rows.groupby(by)))
    return [
        (
            Suspects(
                members[one["candidate"]],
                own[one["candidate"], one["kind"], one["mark"]],
                one["orders"],
                one["n"],
                one["rate"],
                one["p2"],
                len(tried),
            ),
            {"kind": one["kind"]},
        )
        for one in odd.to_dict("records")
    ], len(sets)


def _usual_rates(tried: pd.DataFrame, marked: Table, days: Table) -> np.ndarray:
    """How often each mark is set in the shop's other orders: ever or in these days, if more so.

    `tried` has mark, n (set on so many orders of the group), orders, first, last (seconds).
    """
    wanted = ibis.memtable(pd.DataFrame({"mark": sorted(set(tried.mark))}, dtype="int64"))
    own = marked.semi_join(wanted, "mark")
    own = own.mutate(day=(own.second / DAY).floor().cast("int64"))
    by_day = own.group_by(["mark", "day"]).aggregate(n=own.count()).to_pandas()
    total = days.group_by("day").aggregate(n=days.count()).to_pandas()
    start = int(total.day.min())
    # Marks one after the other on one line of days, so that each stretch is looked up at once.
    length = int(total.day.max()) - start + 2
    set_on = RunningTotal.of((by_day.day - start + 1) + by_day.mark * length, by_day.n)
    all_on = RunningTotal.of(total.day - start + 1, total.n)
    n, size, line = (tried[name].to_numpy("int64") for name in ("n", "orders", "mark"))
    line = line * length
    first, last = ((tried[end] // DAY).to_numpy("int64") - start for end in ("first", "last"))
    whole = set_on.until(line + length - 1) - set_on.until(line)
    ever = (whole - n + FLAG_WEIGHT * FLAG_FLOOR) / (all_on.total - size + FLAG_WEIGHT)
    here = set_on.until(line + last + 1) - set_on.until(line + first) - n
    others = all_on.until(last + 1) - all_on.until(first) - size
    near = (np.maximum(here, 0) + FLAG_WEIGHT * ever) / (np.maximum(others, 0) + FLAG_WEIGHT)
    return np.clip(np.maximum(ever, near), FLAG_FLOOR, 1.0)


def _facts(found: list[tuple[Suspects, dict[str, object]]]) -> More:
    kinds = {id(one): told for one, told in found}
    return lambda one: kinds[id(one)]


DETECTOR = Detector(
    name=NAME,
    family="proof",
    needs=("orders.order_id", "orders.created_at"),
    needs_any=(("orders.seller_memo", "orders.seller_flag"),),
    find=on_trade(find, buyers=False),
    stage="test",
    ambiguous=True,
)
