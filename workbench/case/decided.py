"""What stands for each order and group, worked out from the decisions that count.

An order's own decision beats the one of its group; of two groups the one decided last counts.
Each decision may say which others its writer had seen (`seen`: the one that stood, `also_seen`:
the others that stood against it). Two decisions that differ, neither of which has seen the other,
are a conflict: both stay in the case until a person decides again, having seen them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from workbench.case.folder import Case
from workbench.case.standing import Standing, standing_events

__all__ = ["Against", "Decided", "read_decided"]

Subject = tuple[str, str]


@dataclass(frozen=True)
class Against:
    """Two decisions that reach one subject and differ; `stands` is the one that counts today."""

    subject: str
    subject_id: str
    stands: Standing
    against: Standing


class Decided:
    """The decisions that count, by what they are of. `decisions` is oldest first."""

    def __init__(self, decisions: Iterable[Standing]) -> None:
        self._of: defaultdict[Subject, list[Standing]] = defaultdict(list)
        for one in decisions:
            self._of[one.subject_kind, one.subject_id].append(one)
        groups = [own[-1] for (kind, _), own in self._of.items() if kind == "group"]
        # The newest last, so that it is the one that stays.
        self._by_group = {
            order_id: one
            for one in sorted(groups, key=lambda one: one.seq)
            for order_id in one.body["order_ids"]
        }

    def own(self, subject: str, subject_id: str) -> Standing | None:
        """The newest decision of this very subject."""
        found = self._of.get((subject, subject_id))
        return found[-1] if found else None

    def of(self, subject: str, subject_id: str) -> Standing | None:
        """What stands for a subject: its own decision, else, for an order, that of its group."""
        own = self.own(subject, subject_id)
        return own or (self._by_group.get(subject_id) if subject == "order" else None)

    def seen(self, subject: str, subject_id: str) -> str:
        """The hash of what stands, "" while nothing does: what `decide` takes as `seen`."""
        found = self.of(subject, subject_id)
        return found.hash if found else ""

    def others(
        self, subject: str, subject_id: str, decision: str, members: Iterable[str] = ()
    ) -> list[str]:
        """Hashes of all else that stands there beside what `seen` names.

        For an order that is its older decisions and its group's; for a group its older ones, and
        those of its `members` that say other than `decision`.
        """
        found = list(self._of.get((subject, subject_id), ()))
        if subject == "order" and subject_id in self._by_group:
            found.append(self._by_group[subject_id])
        if subject == "group":
            own = (self.own("order", order_id) for order_id in members)
            found += [one for one in own if one and one.body["decision"] != decision]
        standing = self.seen(subject, subject_id)
        return list(dict.fromkeys(one.hash for one in found if one.hash != standing))

    def subjects(self) -> list[Standing]:
        """The newest decision of each subject, oldest first."""
        return sorted((own[-1] for own in self._of.values()), key=lambda one: one.seq)

    def orders(self) -> dict[str, Standing]:
        """What stands for each order that a decision reaches."""
        own = {key[1]: found[-1] for key, found in self._of.items() if key[0] == "order"}
        return {**self._by_group, **own}

    def conflicts(self) -> list[Against]:
        """All pairs that stand against each other, by the number of what stands."""
        found = [pair for key in self._of for pair in self.conflicts_of(*key)]
        return sorted(found, key=lambda pair: (pair.stands.seq, pair.against.seq))

    def conflicts_of(self, subject: str, subject_id: str) -> list[Against]:
        """Those of one subject."""
        own = self._of.get((subject, subject_id))
        if not own:
            return []
        stands = own[-1]
        rivals = [one for one in unseen(own)[:-1] if _differ(one, stands)]
        group = self._by_group.get(subject_id) if subject == "order" else None
        if group and _differ(group, stands) and not _same_person(group, stands):
            told = {*_known(group), *(sha for one in own for sha in _known(one))}
            if not told & {group.hash, stands.hash}:
                rivals.append(group)
        return [Against(subject, subject_id, stands, one) for one in rivals]


def unseen(decisions: Sequence[Standing]) -> list[Standing]:
    """Of decisions of one subject, oldest first: those that no later one has seen, and the last.

    A person's later decision takes the place of the same person's earlier one. One that comes
    later in the case and was made earlier, as after copies were merged, does not.
    """
    open_ones: list[Standing] = []
    for later in decisions:
        known = _known(later)
        open_ones = [
            one
            for one in open_ones
            if one.hash not in known and not (_same_person(one, later) and one.at <= later.at)
        ]
        open_ones.append(later)
    return open_ones


def read_decided(case: Case, until: datetime | None = None) -> Decided:
    """What stands in the case, or stood at `until` (UTC)."""
    return Decided(standing_events(case, "decision", until=until))


def _known(one: Standing) -> set[str]:
    return {one.body.get("seen") or "", *one.body.get("also_seen", ())} - {""}


def _differ(one: Standing, other: Standing) -> bool:
    return bool(one.body["decision"] != other.body["decision"])


def _same_person(one: Standing, other: Standing) -> bool:
    return " ".join(one.who.split()).casefold() == " ".join(other.who.split()).casefold()
