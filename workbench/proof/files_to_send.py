"""Which files of a case to hand in: the smallest set that proves its orders, and that in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from workbench.case import Case
from workbench.language import Say, words
from workbench.proof.smallest_set import Exhibit, Limits, SmallestSet
from workbench.proof.strength import Source, order_sources, weigh
from workbench.proof.systems import SYSTEMS
from workbench.proof.table import evidence_table

__all__ = ["requirements", "smallest_set_told"]

_SHOWN = 5


def requirements(
    case: Case,
    order_ids: Sequence[str],
    members: Mapping[str, Sequence[str]] | None = None,
    until: datetime | None = None,
) -> dict[str, list[Exhibit]]:
    """All that speaks for each order, as `smallest_set` takes it.

    `members` and `until` are as in `order_strength`. All systems in the shop's own hands count as
    one source, and a file without consent, or of which nobody said what it is, as none.
    """
    files = evidence_table(case, until)
    sizes = dict(zip(files["sha256"], files["size"], strict=True))
    found = order_sources(case, order_ids, members, until)
    return {
        order_id: [_exhibit(one, sizes) for one in weigh(sources).sources]
        for order_id, sources in found.items()
    }


def smallest_set_told(found: SmallestSet, limits: Limits, language: str) -> list[str]:
    """What `smallest_set` found, as sentences: what is enough, for which orders it is not, why."""
    say = words("proof", language)
    told = [
        say(
            "{files} files ({size} bytes) prove {covered} orders, each by two independent sources, "
            "one of them neutral.",
            files=len(found.chosen),
            size=f"{found.total_bytes:,}",
            covered=len(found.covered),
        )
    ]
    if not found.proven:
        told.append(say("The search ran out of time: there may be a smaller set."))
    if found.lacking:
        told.append(
            say(
                "Not proven even by all files there are: {orders}.",
                orders=_listed(found.lacking, say),
            )
        )
    if found.oversized:
        told.append(
            say(
                "Proven only by files larger than {most} bytes, which the platform does not take: "
                "{orders}. Shorten or split: {files}.",
                most=f"{limits.file_bytes:,}",
                orders=_listed(found.oversized, say),
                files=_listed([sha[:12] for sha in found.too_large], say),
            )
        )
    if found.left_out:
        told.append(
            say(
                "Left out, because the limits do not hold the files for all: {orders}.",
                orders=_listed(found.left_out, say),
            )
        )
        told.append(
            say(
                "For all of them the limits would have to give by no less than: {more}.",
                more=say(", ").join(_more(found, say)),
            )
        )
    return told


def _exhibit(source: Source, sizes: Mapping[str, int]) -> Exhibit:
    if not source.counts:
        return Exhibit(source.sha256, "", False, sizes.get(source.sha256, 0))
    system = SYSTEMS[source.system]
    name = "own" if system.hand == "own" else system.name
    return Exhibit(source.sha256, name, system.neutral, int(sizes.get(source.sha256, 0)))


def _more(found: SmallestSet, say: Say) -> list[str]:
    more = found.more
    told = []
    if more.files:
        told.append(say("{count} files more", count=more.files))
    if more.total_bytes:
        told.append(say("{count} bytes more", count=f"{more.total_bytes:,}"))
    if more.characters:
        told.append(say("{count} characters more", count=f"{more.characters:,}"))
    return told


def _listed(names: Sequence[str], say: Say) -> str:
    shown = say(", ").join(names[:_SHOWN])
    if len(names) <= _SHOWN:
        return shown
    return say("{shown} and others ({count} in all)", shown=shown, count=len(names))
