"""Which groups lost or gained orders, went, or came."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workbench.changes.baseline import Baseline

__all__ = ["group_changes"]

# A group that shares less than this part of all orders of both is another group: below a half, so
# that a group stays itself when it lost one order in two.
_SAME = 0.3
_COLUMNS = ["state", "before_id", "after_id", "lost", "gained", "before", "after"]
_COLUMNS += ["was", "now", "orders"]


def group_changes(before: Baseline, after: Baseline) -> pd.DataFrame:
    """One row per group that stands on either side, those that lost or gained orders first.

    Columns: state (changed | gone | new | same), before_id and after_id ("" on the side where
    there is none), lost and gained (sorted lists of order ids), before and after (assessment),
    was and now (its sentence, {zh, en}; {} on the side where there is none), orders (sorted list
    of those that it has by now). A group changed when its orders, its assessment or its sentence
    did.
    Groups are the same when they share enough orders, the closest pairs first; their ids are
    made of their orders and change with them. Groups that nobody marked on either side are left
    out.
    """
    pairs = _matched(before.members, after.members)
    rows = [_pair(before, after, one, other) for one, other in pairs]
    used_before, used_after = {one for one, _ in pairs}, {other for _, other in pairs}
    rows += [
        (
            "gone",
            one,
            "",
            sorted(orders),
            [],
            before.assessments.get(one, "none"),
            "none",
            before.sentences.get(one, {}),
            {},
            [],
        )
        for one, orders in sorted(before.members.items())
        if one not in used_before
    ]
    rows += [
        (
            "new",
            "",
            other,
            [],
            sorted(orders),
            "none",
            after.assessments.get(other, "none"),
            {},
            after.sentences.get(other, {}),
            sorted(orders),
        )
        for other, orders in sorted(after.members.items())
        if other not in used_after
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    marked = frame[~(frame["before"].eq("none") & frame["after"].eq("none"))]
    order = {state: n for n, state in enumerate(("changed", "gone", "new", "same"))}
    ranked = marked.sort_values("state", key=lambda states: states.map(order), kind="stable")
    return ranked.reset_index(drop=True)


def _pair(before: Baseline, after: Baseline, one: str, other: str) -> tuple[object, ...]:
    lost = sorted(before.members[one] - after.members[other])
    gained = sorted(after.members[other] - before.members[one])
    was, now = before.assessments.get(one, "none"), after.assessments.get(other, "none")
    said, says = before.sentences.get(one, {}), after.sentences.get(other, {})
    state = "changed" if lost or gained or was != now or said != says else "same"
    orders = sorted(after.members[other])
    return state, one, other, lost, gained, was, now, said, says, orders


def _matched(
    before: Mapping[str, frozenset[str]], after: Mapping[str, frozenset[str]]
) -> list[tuple[str, str]]:
    of_order: dict[str, list[str]] = {}
    for other, orders in after.items():
        for order in orders:
            of_order.setdefault(order, []).append(other)
    near = [
        (len(orders & after[other]) / len(orders | after[other]), one, other)
        for one, orders in before.items()
        for other in sorted({other for order in orders for other in of_order.get(order, ())})
    ]
    pairs: list[tuple[str, str]] = []
    for share, one, other in sorted(near, key=lambda row: (-row[0], row[1], row[2])):
        free = all(one != first and other != second for first, second in pairs)
        if share >= _SAME and free:
            pairs.append((one, other))
    return sorted(pairs)
