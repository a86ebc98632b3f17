"""The smallest set of evidence files that proves every order, within a platform's limits.

An order is proven by two independent sources, one of them neutral (`workbench.proof.strength`):
whichever system is left out, another one must remain, and one chosen file must be neutral. That is
a set cover, which `workbench.proof.cover` solves; each order's files need to be listed once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.proof.cover import Cover, Wish

__all__ = ["Exhibit", "Limits", "More", "SmallestSet", "smallest_set"]


@dataclass(frozen=True)
class Exhibit:
    """A file as it speaks for an order.

    `system` is the source that it counts for ("" for none: then it proves nothing); `size` is in
    bytes, `characters` counts text where the platform wants text. A source without a file, such
    as a buyer's recorded word, has sha256 "" and costs nothing.
    """

    sha256: str
    system: str
    neutral: bool
    size: int = 0
    characters: int = 0


@dataclass(frozen=True)
class Limits:
    """What a platform takes: number of files, bytes of each and of all, characters; None: any."""

    files: int | None = None
    file_bytes: int | None = None
    total_bytes: int | None = None
    characters: int | None = None


@dataclass(frozen=True)
class More:
    """How much a limit has to give: no fewer files would do, and with these no fewer bytes."""

    files: int = 0
    total_bytes: int = 0
    characters: int = 0

    def __bool__(self) -> bool:
        return any((self.files, self.total_bytes, self.characters))


@dataclass(frozen=True)
class SmallestSet:
    """What to hand in, and what cannot be proven by it.

    `chosen` (SHA-256, sorted) proves the orders `covered`. `lacking` are orders that all files
    together do not prove; `oversized` those that only files above the size of a single file would
    prove, and `too_large` these files. `left_out` are orders that could be proven, but not all
    within the limits; `more` is the least by which the limits would have to give for them.
    `proven` is whether no smaller set exists (false only when the search ran out of time).
    """

    chosen: tuple[str, ...] = ()
    total_bytes: int = 0
    characters: int = 0
    covered: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    oversized: tuple[str, ...] = ()
    too_large: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    more: More = More()
    proven: bool = True

    @property
    def whole(self) -> bool:
        """Whether every order is proven."""
        return not (self.lacking or self.oversized or self.left_out)


Rows = tuple[frozenset[str], ...]


def smallest_set(
    requirements: Mapping[str, Sequence[Exhibit]],
    limits: Limits | None = None,
    *,
    seconds: float = 60,
) -> SmallestSet:
    """The files to hand in so that each order keeps two independent sources, one neutral.

    `requirements` gives, per order, all that speaks for it. As many orders as the limits allow
    are proven; of all ways to do so the one with the fewest files, then the fewest bytes, then
    the fewest characters, then the SHA-256 that come first: the same input gives the same set.
    """
    limits = limits or Limits()
    fitting = {order: _fitting(own, limits) for order, own in requirements.items()}
    rows = {order: _rows(own) for order, own in fitting.items()}
    unproven = [order for order, own in rows.items() if own is None]
    oversized = [order for order in unproven if _rows(requirements[order]) is not None]
    wishes: defaultdict[Rows, list[str]] = defaultdict(list)
    for order, own in rows.items():
        if own is not None:
            wishes[own].append(order)
    files = _files(fitting.values())
    found, left, more = _chosen(wishes, files, limits, seconds)
    kept = [files[sha] for sha in found.chosen]
    return SmallestSet(
        chosen=found.chosen,
        total_bytes=sum(one.size for one in kept),
        characters=sum(one.characters for one in kept),
        covered=found.covered,
        lacking=tuple(sorted(set(unproven) - set(oversized))),
        oversized=tuple(sorted(oversized)),
        too_large=_too_large((requirements[order] for order in oversized), limits),
        left_out=left,
        more=more,
        proven=found.proven,
    )


def _chosen(
    wishes: Mapping[Rows, list[str]], files: Mapping[str, Exhibit], limits: Limits, seconds: float
) -> tuple[SmallestSet, tuple[str, ...], More]:
    """The files, the orders left out, and how much the limits would have to give for these."""
    free = wishes.get((), [])
    asked = sorted(((rows, orders) for rows, orders in wishes.items() if rows), key=_key)
    if not asked:
        return SmallestSet(covered=tuple(sorted(free))), (), More()
    names = sorted({sha for rows, _ in asked for row in rows for sha in row})
    number = {sha: at for at, sha in enumerate(names)}
    cover = Cover(
        [
            Wish(tuple(frozenset(number[sha] for sha in row) for row in rows), len(orders))
            for rows, orders in asked
        ],
        [
            [1] * len(names),
            [files[sha].size for sha in names],
            [files[sha].characters for sha in names],
        ],
        [limits.files, limits.total_bytes, limits.characters],
        seconds,
    )
    best = cover.best()
    met = set(best.wishes)
    covered = [order for at, (_, orders) in enumerate(asked) if at in met for order in orders]
    left = [order for at, (_, orders) in enumerate(asked) if at not in met for order in orders]
    more = _more(cover) if left else More()
    chosen = tuple(names[at] for at in best.files)
    told = SmallestSet(chosen, covered=tuple(sorted([*free, *covered])), proven=best.proven)
    return told, tuple(sorted(left)), more


def _more(cover: Cover) -> More:
    """By how much the limits must give: the fewest files more, then bytes, then characters."""
    caps: list[int | None] = [None] * len(cover.limits)
    over = []
    for at, limit in enumerate(cover.limits):
        least = cover.least(at, caps) if limit is not None else None
        over.append(max(0, least - limit) if least is not None and limit is not None else 0)
        caps[at] = None if limit is None else limit + over[-1]
    return More(*over)


def _fitting(exhibits: Sequence[Exhibit], limits: Limits) -> list[Exhibit]:
    most = limits.file_bytes
    return [one for one in exhibits if most is None or not one.sha256 or one.size <= most]


def _rows(exhibits: Sequence[Exhibit]) -> Rows | None:
    """Sets of files, of each of which one is needed; None when no choice is enough."""
    counting = [one for one in exhibits if one.system]
    systems = {one.system for one in counting}
    needs = [[one for one in counting if one.neutral]]
    needs += [[one for one in counting if one.system != system] for system in sorted(systems)]
    rows = set()
    for need in needs:
        if not need:
            return None
        if all(one.sha256 for one in need):
            rows.add(frozenset(one.sha256 for one in need))
    # A set that holds another one is met with it.
    least = [row for row in rows if not any(other < row for other in rows)]
    return tuple(sorted(least, key=sorted))


def _key(wish: tuple[Rows, list[str]]) -> list[list[str]]:
    return [sorted(row) for row in wish[0]]


def _files(exhibits: Iterable[Sequence[Exhibit]]) -> dict[str, Exhibit]:
    return {one.sha256: one for own in exhibits for one in own if one.sha256}


def _too_large(exhibits: Iterable[Sequence[Exhibit]], limits: Limits) -> tuple[str, ...]:
    most = limits.file_bytes
    if most is None:
        return ()
    return tuple(sorted({one.sha256 for own in exhibits for one in own if one.size > most}))
