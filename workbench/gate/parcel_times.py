"""Check 6: picked up after the order, signed for after the pick-up, no lighter than the goods."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import ibis
import pandas as pd

from workbench.detect.light_parcels import light
from workbench.detect.trade import prepared
from workbench.gate.verdict import FAILED, NEEDS_ANSWER, PASSED, Known, Question, Tell, Verdict
from workbench.language import Say
from workbench.tables import Tables

__all__ = ["parcel_rows", "parcels_plausible"]

_COLUMNS = ["order_id", "ordered", "collected", "signed", "light"]


def parcel_rows(tables: Tables, order_ids: Collection[str]) -> pd.DataFrame:
    """The parcels of the orders: order_id, ordered, collected, signed (seconds), light.

    collected and signed are missing where no scan says so; light is missing where nothing tells
    what the goods weigh (see workbench.detect.light_parcels).
    """
    with prepared(tables) as ready:
        if "parcels" not in ready:
            return pd.DataFrame(columns=_COLUMNS)
        wanted = ibis.memtable({"order_id": sorted(order_ids)}, schema={"order_id": "string"})
        own = ready["parcels"].semi_join(wanted, "order_id")
        rows = own.select("order_id", "waybill", "second", "collected", "signed").to_pandas()
        flags = light(ready).semi_join(wanted, "order_id")
        weights = flags.select("order_id", waybill=flags.unit, light=flags.flag).to_pandas()
    both = rows.merge(weights, on=["order_id", "waybill"], how="left")
    both = both.rename(columns={"second": "ordered"}).sort_values(["order_id", "waybill"])
    kinds = {"ordered": "int64", "collected": "float64", "signed": "float64"}
    return both[_COLUMNS].astype(kinds).reset_index(drop=True)


def parcels_plausible(
    defended: Sequence[str],
    parcels: pd.DataFrame,
    known: Known,
    decided_at: Mapping[str, pd.Timestamp],
) -> Verdict:
    """Whether the scans and weights of every defended order can be true.

    `parcels` are the rows of `parcel_rows`. What cannot be true fails until a person explains it
    order by order (such as by the carrier's written correction); where scans or weights are
    unknown, one answer of the case covers the orders decided when it was given.
    """
    if not defended:
        return Verdict(NEEDS_ANSWER, [lambda say: say("No order is defended yet.")])
    early = _orders(parcels, parcels["collected"] <= parcels["ordered"])
    before = _orders(parcels, parcels["signed"] <= parcels["collected"])
    thin = _orders(parcels, parcels["light"].eq(True))
    wrong = [one for one in defended if one in early | before | thin]
    whole = parcels.groupby("order_id").agg(
        times=("collected", lambda own: own.notna().all()),
        signed=("signed", lambda own: own.notna().all()),
        weighed=("light", lambda own: own.notna().all()),
    )
    sure = set(whole.index[whole.all(axis=1)])
    scanned = set(whole.index[whole["times"] & whole["signed"]])
    unknown = [one for one in defended if one not in sure and one not in set(wrong)]
    asked = [_why(one, early, before, thin) for one in wrong]
    looked = Question("gate.6", _looked, orders=tuple(unknown))
    given = known.to(looked)
    late = [one for one in unknown if given and decided_at[one] > given.at]
    unseen = unknown if known.state(looked) != PASSED else late
    unexplained = [q.subject_id for q in asked if known.state(q) != PASSED]
    told: list[Tell] = [
        lambda say: say(
            "Picked up before the order: {early}; signed for before the pick-up: {before}; "
            "lighter than one piece of the goods: {light}. Not explained: {open}.",
            early=len(early),
            before=len(before),
            light=len(thin),
            open=len(unexplained),
        )
    ]
    if unknown:
        no_scans = sum(one not in scanned for one in unknown)
        told.append(
            lambda say: say(
                "Orders with unknown scans: {scans}; with unknown scans or weight: {weights}; not "
                "covered by an answer: {unseen}.",
                scans=no_scans,
                weights=len(unknown),
                unseen=len(unseen),
            )
        )
    state = FAILED if unexplained or (known.state(looked) == FAILED and unknown) else PASSED
    if state == PASSED and unseen:
        state = NEEDS_ANSWER
    return Verdict(state, told, [*unexplained, *unseen], [*asked, *([looked] if unknown else [])])


def _orders(parcels: pd.DataFrame, wrong: pd.Series) -> set[str]:
    return set(parcels.loc[wrong.fillna(False).astype(bool), "order_id"])


def _looked(say: Say) -> str:
    return say(
        "The data do not hold scans or weights of all defended orders. Did a person look at "
        "the carrier's records of the others, and are time and weight in order? Which records?"
    )


def _why(
    order_id: str, early: Collection[str], before: Collection[str], thin: Collection[str]
) -> Question:
    def ask(say: Say) -> str:
        found = [
            told
            for told, orders in (
                (say("picked up before it was ordered"), early),
                (say("signed for before it was picked up"), before),
                (say("lighter than one piece of the goods"), thin),
            )
            if order_id in orders
        ]
        return say(
            "The parcel of order {order} was {found}. Can it be explained, and by which paper?",
            order=order_id,
            found=say(", ").join(map(str, found)),
        )

    return Question("gate.6", ask, "order", order_id, orders=(order_id,))
