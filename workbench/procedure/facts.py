"""Everything that the procedural checks look at, brought together once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import ibis
import pandas as pd

from workbench.case import Case
from workbench.case.submissions import submissions
from workbench.notice import Notice, RulePack, match_orders, rule_pack
from workbench.procedure.records import (
    Deduction,
    Request,
    RuleVersion,
    deductions,
    requests,
    rule_versions,
)
from workbench.procedure.tiers import Tier, tiers
from workbench.tables import Tables

__all__ = ["Facts", "facts_of", "named_orders"]


@dataclass(frozen=True)
class Facts:
    """What is known of a decision. Times are the shop's local time.

    `orders`, one row per order that the notice names and the data hold: order_id, at (placed),
    paid. `missing` are those it names and the data lack. `others` are the other notices.
    `sent` is what `workbench.case.submissions` gives, in local time. `pack` and `tiers` are what
    is known of the platform's rules.
    """

    notice: Notice
    others: tuple[Notice, ...]
    orders: pd.DataFrame
    missing: tuple[str, ...]
    shop_orders: int
    shop_paid: Decimal
    currency: str
    now: datetime
    sent: pd.DataFrame
    requests: tuple[Request, ...]
    versions: tuple[RuleVersion, ...]
    deductions: tuple[Deduction, ...]
    pack: RulePack
    tiers: tuple[Tier, ...]

    @property
    def whole(self) -> bool:
        """Whether the notice was read whole, so that what is absent from it was not said."""
        return bool(self.notice.text)

    @property
    def decided(self) -> date:
        """The day of the decision, else of the notice; today where no day is known."""
        return (self._dated or self.now).date()

    @property
    def decided_known(self) -> bool:
        """Whether the notice tells on which day it was decided or issued."""
        return self._dated is not None

    @property
    def _dated(self) -> datetime | None:
        return self.notice.decided_at or self.notice.issued_at or self.notice.received_at

    @property
    def conduct(self) -> list[date]:
        """The days on which the named orders were placed, each once, sorted."""
        return sorted({at.date() for at in self.orders["at"].dropna()})

    @property
    def cited_version(self) -> RuleVersion | None:
        """The version of the rule that the decision rests on: as recorded last."""
        cited = [one for one in self.versions if one.cited]
        return cited[-1] if cited else None

    @property
    def change(self) -> date | None:
        """The day on which the cited version took effect; None where nobody knows."""
        if self.cited_version is not None:
            return self.cited_version.effective_from
        return self.notice.rule_version_date

    @property
    def appealed(self) -> date:
        """The day on which an appeal was handled last: answered, else sent; else the decision."""
        if self.sent.empty:
            return self.decided
        last = self.sent.iloc[-1]
        at = last["sent_at"] if pd.isna(last["replied_at"]) else last["replied_at"]
        return at.date()

    @property
    def earlier(self) -> list[Notice]:
        """The other notices that came before this one; all of them where no day is known."""
        return [one for one in self.others if not self._after(one)]

    def _after(self, other: Notice) -> bool:
        at = other.decided_at or other.issued_at or other.received_at
        return bool(at and self._dated and at > self._dated)

    def promised(self, key: str) -> tuple[int | None, bool]:
        """A number of days of the rule pack, and whether it may be relied on."""
        rule = self.pack.get(key)
        return (None, False) if rule is None else (rule.value, rule.verified)

    def asked(self, *codes: str) -> list[Request]:
        """The requests with one of these codes, oldest first."""
        found = [one for one in self.requests if one.request in codes]
        return sorted(found, key=lambda one: one.sent_at)


def facts_of(
    notice: Notice,
    case: Case,
    tables: Tables,
    *,
    others: tuple[Notice, ...] = (),
    until: datetime | None = None,
) -> Facts:
    """The facts of `notice`; `until` (UTC) leaves out what was recorded later."""
    matched = match_orders(notice, tables)
    orders = _orders(tables, matched.loc[matched["found"], "matched"].tolist())
    shop = _shop(tables)
    pack = rule_pack(notice.platform or case.platform, case, until)
    sent = submissions(case, until)
    for name in ("sent_at", "replied_at"):
        sent[name] = sent[name].dt.tz_convert(case.zone).dt.tz_localize(None)
    return Facts(
        notice=notice,
        others=others,
        orders=orders,
        missing=tuple(matched.loc[~matched["found"], "order_id"]),
        shop_orders=shop[0],
        shop_paid=shop[1],
        currency=case.currency,
        now=case.now(),
        sent=sent,
        requests=tuple(requests(case, until)),
        versions=tuple(rule_versions(case, until)),
        deductions=tuple(deductions(case, until)),
        pack=pack,
        tiers=tiers(pack.platform, case) if pack.platform else (),
    )


def named_orders(notice: Notice | None, tables: Tables) -> pd.DataFrame:
    """The orders that a notice names and the data hold, one row each: order_id, at, paid.

    `order_id` is written as in the data, `at` is when it was placed, `paid` the sum of its lines.
    """
    if notice is None:
        return _orders(tables, [])
    matched = match_orders(notice, tables)
    return _orders(tables, matched.loc[matched["found"], "matched"].tolist())


def _orders(tables: Tables, order_ids: list[str]) -> pd.DataFrame:
    columns = ["order_id", "at", "paid"]
    if "orders" not in tables or not order_ids:
        return pd.DataFrame(columns=columns)
    wanted = ibis.memtable(pd.DataFrame({"order_id": order_ids}))
    rows = tables["orders"].semi_join(wanted, "order_id")
    told = rows.group_by("order_id").aggregate(
        at=rows.created_at.min(), paid=rows.paid_amount.sum()
    )
    return told.order_by("order_id").to_pandas()[columns]


def _shop(tables: Tables) -> tuple[int, Decimal]:
    """How many orders the shop's data hold, and what was paid for them."""
    if "orders" not in tables:
        return 0, Decimal(0)
    orders = tables["orders"]
    told = orders.aggregate(n=orders.order_id.nunique(), paid=orders.paid_amount.sum())
    row = told.to_pandas().iloc[0]
    return int(row["n"]), Decimal(0) if pd.isna(row["paid"]) else Decimal(str(row["paid"]))
