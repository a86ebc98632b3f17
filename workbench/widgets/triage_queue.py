"""Which orders are gone through one by one, and which of them comes next."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from workbench.explain import Assessment
from workbench.tables import Tables

__all__ = ["Queue", "flagged_orders"]


@dataclass(frozen=True)
class Queue:
    """Orders in the order in which they are shown, and what they are called together."""

    label: str
    order_ids: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.order_ids)

    def first_open(self, decided: Container[str]) -> str:
        """The first order that is not decided; the first of all when each is; "" without any."""
        return self._open_from(0, decided) or next(iter(self.order_ids), "")

    def next_open(self, order_id: str, decided: Container[str]) -> str:
        """The next order that is not decided, from the start again after the end; "" if none."""
        return self._open_from(self.place(order_id), decided)

    def beside(self, order_id: str, by: int) -> str:
        """The order that many places on, from the start again after the end."""
        if not self.order_ids:
            return ""
        return self.order_ids[(self.place(order_id) - 1 + by) % len(self)]

    def place(self, order_id: str) -> int:
        """Which order it is, counted from 1; 0 for one that is not in the queue."""
        return self.order_ids.index(order_id) + 1 if order_id in self.order_ids else 0

    def _open_from(self, at: int, decided: Container[str]) -> str:
        turned = [*self.order_ids[at:], *self.order_ids[:at]]
        return next((one for one in turned if one not in decided), "")


def flagged_orders(assessment: Assessment, tables: Tables) -> tuple[str, ...]:
    """Orders that a notice of the platform names or that screening does not clear.

    Group by group, so that what belongs together is decided together, those without a group
    last; within a group by number.
    """
    orders = assessment.orders
    groups = dict(zip(orders["order_id"], orders["group_id"].astype(object), strict=True))
    flagged = set(orders.loc[orders["assessment"] != "none", "order_id"])
    flagged |= set(named_orders(tables))
    ranks = {group: at for at, group in enumerate(assessment.groups["group_id"])}
    last = len(ranks)
    return tuple(sorted(flagged, key=lambda one: (ranks.get(groups.get(one), last), one)))


def named_orders(tables: Tables) -> Sequence[str]:
    """Order ids that a notice of the platform names."""
    if "notices" not in tables or "order_id" not in tables["notices"].columns:
        return []
    named: list[str] = tables["notices"].order_id.to_pandas().dropna().unique().tolist()
    return named
