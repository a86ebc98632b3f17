"""One place written in many ways by several accounts.

Test 1: the larger of two. Spellings of the place against Poisson with what one person's own
typing gives (new spellings per further order of accounts that are alone at their place), and its
accounts against the tail of the shop's shared places. A place is a key (address_key), or several
keys with the same numbers and nearly the same road text (place).
Test 2: the second oddity, as for other shared values (workbench.detect.shared_value).
"""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table
from scipy import stats

from workbench.detect.constants import FILTER, MIN_SHARED
from workbench.detect.finding import Detector, no_findings
from workbench.detect.group import Group, findings
from workbench.detect.opening import on_trade
from workbench.detect.place import joined_places
from workbench.detect.reporting import reported
from workbench.detect.shared_rows import SharedRows, place_rows, present_fields, shared_rows
from workbench.detect.shared_value import value_facts
from workbench.detect.sharing import sharing_tests
from workbench.detect.trade import BUYER_COLUMNS, buyer_column
from workbench.detect.value_tests import ground_of, tested_values
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "address_variants"


def find(tables: Tables) -> pd.DataFrame:
    """Places written in many ways; see Detector.find and docs/detectors.md."""
    trade = tables["trade"]
    fields = present_fields(trade, buyer_column(tables["orders"]))
    if "address" not in fields:
        return no_findings(reviewed=0, missing=["orders.address"])
    joined, skipped = joined_places(tables["places"])
    placed = _placed(trade, joined)
    places = place_rows(placed)
    rate = _typing_rate(placed)
    tests = _spelling_tests(places, placed, rate)
    about = {"reviewed": len(tests), "skipped": skipped}
    passed = tests[tests.p1 <= FILTER].assign(field="place")
    if passed.empty:
        return no_findings(**about)
    every = {field: shared_rows(trade, field) for field in fields if field != "address"}
    every["place"] = places
    tested = tested_values(passed, every, ground_of(tables, passed, every))
    groups = [
        Group(
            orders=tuple(members.order_id.unique()),
            statistic="spellings of one place",
            observed=int(facts["spellings"]),
            expected=float(facts["expected"]),
            p_value=one["p"],
            start=members.created_at.min(),
            end=members.created_at.max(),
            facts=facts | about | {"field": "address", "typing_rate": rate},
        )
        for members, one, found in reported(tables, tested)
        for facts in [found | value_facts(one)]
    ]
    return findings(NAME, groups, **about)


def _placed(trade: Table, joined: pd.DataFrame) -> Table:
    """Trade with `place`: the key, or the one that its key is joined with."""
    if joined.empty:
        return trade.mutate(place=trade.address)
    places = ibis.memtable(joined)
    both = trade.left_join(places, "address").drop("address_right")
    return both.mutate(place=ibis.coalesce(both.place, both.address))


def _typing_rate(placed: Table) -> float:
    """New spellings per further order of an account that is alone at its place.

    One new spelling in ten further orders is added: no shop shows that nobody ever retypes.
    """
    held = placed.filter((placed.line == 0) & placed.buyer.notnull() & placed.place.notnull())
    ends = held.group_by("place").aggregate(
        low=held.buyer.min(), high=held.buyer.max(), n=held.count()
    )
    alone = held.semi_join(ends.filter((ends.low == ends.high) & (ends.n > 1)), "place")
    counted = alone.group_by("place").aggregate(n=alone.count(), spellings=alone.spelling.nunique())
    total = counted.aggregate(
        new=(counted.spellings - 1).sum(), further=(counted.n - 1).sum()
    ).to_pandas()
    new, further = total.fillna(0).astype("float64").iloc[0]
    return float((new + 1) / (further + 10))


def _spelling_tests(places: SharedRows, placed: Table, rate: float) -> pd.DataFrame:
    """Test 1 of each place with three or more accounts and spellings."""
    tests = sharing_tests(places)
    wanted = ibis.memtable(pd.DataFrame({"place": tests.value.astype("int64")}))
    held = placed.filter(placed.buyer.notnull()).semi_join(wanted, "place")
    spelt = held.group_by("place").aggregate(
        spellings=held.spelling.nunique(), keys=held.address.nunique()
    )
    tests = tests.merge(spelt.to_pandas(), left_on="value", right_on="place")
    tests = tests[tests.spellings >= MIN_SHARED].copy()
    new = rate * (tests.orders - 1)
    tests["expected"] = 1 + new
    tests["p_sharing"] = tests.p1
    tests["p_spelling"] = stats.poisson.sf(tests.spellings - 2, new)
    tests["p1"] = np.maximum(tests.p_sharing, tests.p_spelling)
    return tests


DETECTOR = Detector(
    name=NAME,
    family="identity",
    needs=("orders.order_id", "orders.created_at", "orders.address"),
    needs_any=(tuple(f"orders.{column}" for column in BUYER_COLUMNS),),
    find=on_trade(find),
)
