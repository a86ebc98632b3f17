"""What changed, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd

from workbench.language import Say, assessment_word, words
from workbench.rows import each

__all__ = ["changes_told"]

_MANY = 8
# A figure inside a sentence is called after the words around it.
_SENTENCE = ": …"
Reasons = Mapping[str, tuple[str, date | None]]


def changes_told(
    groups: pd.DataFrame, figures: pd.DataFrame, reasons: Reasons, language: str
) -> list[str]:
    """One sentence per group that changed, then what became of the figures of the letter.

    `groups` and `figures` are what `group_changes` and `figure_changes` give; `reasons` what
    `order_reasons` gives for the orders that a group lost or gained.
    """
    say = words("changes", language)
    told = [sentence for row in each(groups) for sentence in _group(row, reasons, language, say)]
    if not told:
        told.append(say("No marked group changed."))
    return [*told, *_figures(figures, say)]


def _group(row: Any, reasons: Reasons, language: str, say: Say) -> list[str]:
    lost, gained, name = row.lost, row.gained, row.before_id or row.after_id
    was, now = assessment_word(say, row.before), assessment_word(say, row.after)
    if row.state == "same":
        return []
    if row.state == "gone":
        why = _because(lost, reasons, say)
        return [say("Group {group} is no longer found: {why}.", group=name, why=why)]
    if row.state == "new":
        why = _because(gained, reasons, say)
        return [
            say(
                "Group {group} is new ({count} orders, {now}): {why}.",
                group=name,
                count=len(gained),
                now=now,
                why=why,
            )
        ]
    told = []
    if lost:
        why = _because(lost, reasons, say)
        told.append(
            say("Group {group} lost {count} orders: {why}.", group=name, count=len(lost), why=why)
        )
    if gained:
        why = _because(gained, reasons, say)
        told.append(
            say(
                "Group {group} gained {count} orders: {why}.",
                group=name,
                count=len(gained),
                why=why,
            )
        )
    if was != now:
        told.append(say("Group {group} was “{was}” and is “{now}”.", group=name, was=was, now=now))
    return [*told, *_said_otherwise(row, reasons, language, say)]


def _said_otherwise(row: Any, reasons: Reasons, language: str, say: Say) -> list[str]:
    """That the sentence of a group is another one, and what became of its orders meanwhile."""
    if row.was == row.now:
        return []
    told = [
        say(
            "Group {group} is told otherwise. Before: {was} Now: {now}",
            group=row.before_id,
            was=row.was.get(language, ""),
            now=row.now.get(language, ""),
        )
    ]
    moved = [one for one in row.orders if reasons.get(one, ("others", None))[0] != "others"]
    if moved:
        why = _because(moved, reasons, say)
        told.append(say("Of the orders of group {group}: {why}.", group=row.before_id, why=why))
    return told


def _because(orders: list[str], reasons: Reasons, say: Say) -> str:
    """The reasons of these orders, each with how many it holds for, and which."""
    ranked = sorted(orders, key=lambda order: (str(reasons[order]), order))
    told = []
    for reason, same in groupby(ranked, key=lambda order: reasons[order]):
        ids = list(same)
        listed = ", ".join(ids[:_MANY]) + ("…" if len(ids) > _MANY else "")
        told.append(
            say(
                "{count} {what} ({orders})",
                count=len(ids),
                what=_reason(*reason, say),
                orders=listed,
            )
        )
    return "; ".join(told) or say("nothing is known of them")


def _reason(reason: str, day: date | None, say: Say) -> str:
    if reason == "refunded" and day is not None:
        return say("were refunded on {day}", day=day)
    return {
        "absent": say("are no longer in the data"),
        "refunded": say("were refunded"),
        "closed": say("were closed"),
        "waybill": say("have another waybill"),
        "amount": say("have another amount"),
        "status": say("have another status"),
        "aftersale": say("have another after-sales status"),
        "address": say("have another address"),
        "lines": say("have other lines"),
        "carrier": say("have another carrier"),
        "new": say("came with the newer files"),
        "others": say("are the same, and what they are measured against changed"),
    }[reason]


def _figures(figures: pd.DataFrame, say: Say) -> list[str]:
    if figures.empty:
        return []
    told = figures[figures["state"] != "new"]
    moved = int(told["state"].ne("same").sum())
    first = (
        say("{count} of {all} figures of the letter change:", count=moved, all=len(told))
        if moved
        else say("All {count} figures of the letter are what they were.", count=len(told))
    )
    return [first, *(f"  {one}" for one in _moved(figures[figures["state"] != "same"], say))]


def _moved(figures: pd.DataFrame, say: Say) -> list[str]:
    """Each figure that moved; those inside one sentence that was worded anew together."""
    inside = figures["name"].str.contains(_SENTENCE, regex=False)
    told = [_figure(row, say) for row in each(figures[~inside])]
    of_sentence = figures.loc[inside, "name"].str.split(_SENTENCE).str[0]
    for of, same in figures[inside].groupby(of_sentence, sort=False):
        counts = same["state"].value_counts()
        told.append(
            say(
                "{name}: {changed} figures changed, {gone} are gone, {new} are new",
                name=of,
                **{state: int(counts.get(state, 0)) for state in ("changed", "gone", "new")},
            )
        )
    return told


def _figure(row: Any, say: Say) -> str:
    if row.state == "gone":
        return say("{name}: {before} is gone", name=row.name, before=row.before)
    if row.state == "new":
        return say("{name}: {after} is new", name=row.name, after=row.after)
    return say("{name}: {before} → {after}", name=row.name, before=row.before, after=row.after)
