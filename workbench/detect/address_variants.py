"""One place written in many ways by several accounts.

Test 1: the larger of two. Spellings of the place against Poisson with what one person's own
typing gives (new spellings per further order of accounts that are alone at their place), and its
accounts against the tail of the shop's shared places. A place is a key (address_key), or several
keys with the same numbers and nearly the same road text (place).
Test 2: the second oddity, as for shared identities.
"""

from __future__ import annotations

import ibis
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.constants import ALPHA, MIN_SHARED
from workbench.detect.finding import Detector, no_findings
from workbench.detect.group import Group, findings
from workbench.detect.oddity import Days, Oddity, second_oddity
from workbench.detect.opening import on_trade
from workbench.detect.place import joined_places
from workbench.detect.shared_identity import likeness, unusual, value_facts
from workbench.detect.sharing import IDENTITY_FIELDS, identity_lines, shared_values, sharing_tests
from workbench.detect.shop import Shop, common_facts, rows_of, shop_figures, titles
from workbench.detect.tails import count_tail
from workbench.detect.trade import BUYER_COLUMNS
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "address_variants"


def find(tables: Tables) -> pd.DataFrame:
    """Places written in many ways; see Detector.find and docs/detectors.md."""
    trade = tables["trade"]
    if trade.address.count().to_pandas() == 0:
        return no_findings(reviewed=0, missing=["orders.address"])
    joined, skipped = joined_places(tables["places"])
    placed = _placed(trade, joined)
    lines = identity_lines(placed)
    others = [f for f in IDENTITY_FIELDS if f != "address" and f in trade.columns]
    shared = shared_values(lines, "place", others)
    rate = _typing_rate(lines)
    tested = _spelling_tests(sharing_tests(shared), lines, rate)
    candidates = tested[tested.p1 * tested.tried1 <= ALPHA].to_dict("records")
    about = {"reviewed": len(tested), "skipped": skipped}
    groups = _groups(tables, placed, candidates, likeness(shared))
    for group in groups:
        group.facts.update(about, typing_rate=rate)
    return findings(NAME, groups, **about)


def _placed(trade: Table, joined: pd.DataFrame) -> Table:
    """Trade with `place`: the key, or the one that its key is joined with."""
    if joined.empty:
        return trade.mutate(place=trade.address)
    places = ibis.memtable(joined)
    both = trade.left_join(places, "address").drop("address_right")
    return both.mutate(place=ibis.coalesce(both.place, both.address))


def _typing_rate(lines: Table) -> float:
    """New spellings per further order of an account that is alone at its place.

    One new spelling in ten further orders is added: no shop shows that nobody ever retypes.
    """
    held = lines.filter(lines.place.notnull())
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


def _spelling_tests(tests: pd.DataFrame, lines: Table, rate: float) -> pd.DataFrame:
    """Test 1 of each place with three or more accounts and spellings."""
    if tests.empty:
        return pd.DataFrame({"p1": [], "tried1": []})
    wanted = ibis.memtable(pd.DataFrame({"place": tests.value.astype("int64")}))
    held = lines.semi_join(wanted, "place")
    spelt = held.group_by("place").aggregate(
        spellings=held.spelling.nunique(), keys=held.address.nunique()
    )
    tests = tests.merge(spelt.to_pandas(), left_on="value", right_on="place")
    tests = tests[tests.spellings >= MIN_SHARED].copy()
    new = rate * (tests.orders - 1)
    tests["expected"] = 1 + new
    tests["p_sharing"] = tests.p1
    tests["p_spelling"] = [
        count_tail(int(s) - 1, float(mean), 1.0)
        for s, mean in zip(tests.spellings, new, strict=True)
    ]
    tests["p1"] = tests[["p_sharing", "p_spelling"]].max(axis=1)
    tests["tried1"] = tests.shared_values + 1
    return tests


def _groups(
    tables: Tables, placed: Table, candidates: list[dict], alike: dict[str, float]
) -> list[Group]:
    if not candidates:
        return []
    held = rows_of(placed, "place", [c["value"] for c in candidates])
    held = held[held.buyer.notna()]
    items = sorted(int(i) for i in held["item"].dropna().unique())
    days = Days.of(tables["trade"], items)
    tested = []
    for one in candidates:
        rows = held[held.place == one["value"]]
        tested.append((one | {"field": "address"}, rows, second_oddity(rows, one, alike, days)))
    reported = unusual(tested)
    if not reported:
        return []
    shop, names = shop_figures(tables), titles(tables, items)
    return [_group(*one, shop, names) for one in reported]


def _group(one: dict, rows: pd.DataFrame, odd: Oddity, shop: Shop, names: pd.DataFrame) -> Group:
    members = odd.members
    facts = common_facts(members, shop, names) | value_facts(one, rows, odd, names)
    facts |= {name: one[name] for name in ("spellings", "keys", "expected")}
    facts |= {name: one[name] for name in ("p_spelling", "p_sharing")}
    return Group(
        orders=tuple(members.order_id.unique()),
        statistic="spellings of one place",
        observed=int(one["spellings"]),
        expected=one["expected"],
        p_value=one["p"],
        start=members.created_at.min(),
        end=members.created_at.max(),
        facts=facts,
    )


DETECTOR = Detector(
    name=NAME,
    family="identity",
    needs=("orders.order_id", "orders.created_at", "orders.address"),
    needs_any=(tuple(f"orders.{column}" for column in BUYER_COLUMNS),),
    find=on_trade(find),
)
