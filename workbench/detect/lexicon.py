"""Orders that were talked of as arranged: in chats, in messages to the shop, in the shop's notes.

Flag: the words beside an order weigh TALK_WEIGHT or more (see workbench.detect.talk): what the
speaker affirms, not what is refused, quoted, warned of or complained about (red flags C1, C2, C5,
C6). Test: such orders crowd among an item's orders that were talked about, or make up too much of
a group that others proposed (see workbench.detect.flagged); or the shop's side promised, and money
went to the buyer, on two orders of one buyer or one item. A lone conversation accuses nobody: the
run counts it.
"""

from __future__ import annotations

from collections.abc import Callable

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.constants import LEAD
from workbench.detect.finding import Detector, no_findings
from workbench.detect.flag_groups import More, Suspects, crowded, dearer, flag_shares, report
from workbench.detect.flagged import Flagged, flagged
from workbench.detect.opening import on_trade
from workbench.detect.payouts import unrecorded_payouts
from workbench.detect.talk import Talk, talk
from workbench.engine import keeping
from workbench.tables import Tables

__all__ = ["DETECTOR", "SHARE"]

NAME = "lexicon"
NAME_OF_SHARE = "lexicon_share"
_PAYMENTS = ("posted_at", "amount", "direction")
_PAIR = 2

Search = Callable[[Tables, Flagged, Talk], tuple[list[Suspects], int]]


def _searched(search: Search, name: str, tables: Tables) -> pd.DataFrame:
    trade = tables["trade"]
    with keeping(trade.get_backend()) as keep:
        said = talk(tables, keep)
        if said is None:
            return no_findings(reviewed=0, reason="nothing_said")
        rows = _flags(trade, said)
        known = flagged(rows, keep)
        if said.marked.empty:
            return no_findings(reviewed=known.usual.orders, **said.review | {"single_hits": 0})
        found, reviewed = search(tables, known, said)
        grouped = {order for one in found for order in one.orders}
        alone = int((~said.marked.order_id.isin(grouped)).sum())
        frame = report(
            name,
            tables,
            found,
            _facts(said),
            reviewed=reviewed,
            **said.review | {"single_hits": alone},
        )
        return _called(frame)


def find(tables: Tables) -> pd.DataFrame:
    """Runs and pairs of orders talked of as arranged; see docs/detectors.md."""
    return _searched(_own_groups, NAME, tables)


def share(tables: Tables) -> pd.DataFrame:
    """Proposed groups of which too many orders were talked of so; see docs/detectors.md."""
    if "candidates" not in tables:
        return no_findings(reviewed=0)
    return _searched(
        lambda ready, known, said: flag_shares(ready["candidates"], known, (NAME,)),
        NAME_OF_SHARE,
        tables,
    )


def _flags(trade: Table, said: Talk) -> Table:
    orders = trade.filter(trade.line == 0).select("order", "order_id", "item", "second")
    orders = orders.semi_join(said.orders, "order_id")
    ids = said.marked[["order_id"]].assign(marked=True).astype({"order_id": "object"})
    marked = ibis.memtable(ids, schema={"order_id": "string", "marked": "boolean"})
    both = orders.left_join(marked, "order_id").drop("order_id_right")
    flag = both.marked.fill_null(False)
    return both.mutate(stratum=ibis.literal(""), flag=flag).drop("marked")


def _own_groups(tables: Tables, known: Flagged, said: Talk) -> tuple[list[Suspects], int]:
    found = crowded(known) + _paid_promises(tables, known, said)
    # By item in time, by buyer, and by item where money followed.
    return [one for one in (dearer(one, 3) for one in found) if one], known.usual.orders


def _paid_promises(tables: Tables, known: Flagged, said: Talk) -> list[Suspects]:
    """Orders of one buyer or one item where the shop's side promised and money went out."""
    payments = tables.get("payments")
    if payments is None or any(name not in payments.columns for name in _PAYMENTS):
        return []
    sent, _ = unrecorded_payouts(tables)
    promised = said.marked[said.marked.by_seller & said.marked.order_id.isin(sent.order_id)]
    if len(promised) < _PAIR:
        return []
    ids = promised[["order_id"]].astype("object")
    wanted = ibis.memtable(ids, schema={"order_id": "string"})
    rows = known.table.semi_join(wanted, "order_id")
    trade = tables["trade"]
    if "buyer" in trade.columns:
        buyers = trade.filter(trade.line == 0).select("order", "buyer")
        rows = rows.left_join(buyers, "order").drop("order_right")
    frame = rows.to_pandas().sort_values(["second", "order_id"], ignore_index=True)
    found = []
    for by in [name for name in ("buyer", "item") if name in frame]:
        for _, own in frame.dropna(subset=[by]).groupby(by):
            if len(own) >= _PAIR:
                found.append(_pair(own, known, len(frame)))
    return [one for one in found if one.p_value < LEAD]


def _pair(own: pd.DataFrame, known: Flagged, tried: int) -> Suspects:
    rates = known.usual.rates(
        own.stratum.tolist(), own.flag.to_numpy("float64"), own.day.to_numpy("int64")
    )
    p2 = float(np.exp(np.log(rates).sum() - np.log(rates).max()))
    return Suspects(tuple(own.order_id), own, len(own), len(own), float(rates.mean()), p2, tried)


def _facts(said: Talk) -> More:
    marked = said.marked.set_index("order_id")

    def facts(one: Suspects) -> dict[str, object]:
        own = marked.loc[[order for order in one.orders if order in marked.index]]
        entries = own.entries.explode().value_counts()
        kinds = pd.Series(list("".join(own.classes)), dtype="object").value_counts()
        return {
            "entries": {name: int(entries[name]) for name in sorted(entries.index)},
            "classes": {name: int(kinds[name]) for name in sorted(kinds.index)},
            "by_seller": int(own.by_seller.sum()),
            "weight_median": own.weight.median(),
            "genuine": sum(order in said.genuine for order in one.orders),
        }

    return facts


def _called(frame: pd.DataFrame) -> pd.DataFrame:
    if len(frame):
        frame["statistic"] = "orders talked of as arranged"
    return frame


_NEEDS = ("orders.order_id", "orders.created_at")
_NEEDS_ANY = (("messages.text", "orders.buyer_message", "orders.seller_memo"),)

DETECTOR = Detector(
    name=NAME,
    family="proof",
    needs=_NEEDS,
    needs_any=_NEEDS_ANY,
    find=on_trade(find, buyers=False),
)
SHARE = Detector(
    name=NAME_OF_SHARE,
    family="proof",
    needs=_NEEDS,
    needs_any=_NEEDS_ANY,
    find=on_trade(share, buyers=False),
    stage="test",
)
