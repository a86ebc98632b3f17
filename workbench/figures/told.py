"""The figures that papers about a case tell, by name: what each is and how it is counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from workbench.errors import BadInput
from workbench.figures.marks import defused
from workbench.figures.recompute import numbers
from workbench.figures.registry import Figures
from workbench.language import LANGUAGES, Say, decision_word, words

__all__ = ["CaseFigures"]

_ORDERS = "case/orders"
_DECISIONS = ("defend", "concede", "hold")
# Words before and after a figure of a stated sentence that say which figure of the case it is.
_NAMED = (
    ("还剩 ", " 个整天", "days_left"),
    (": ", " whole days left", "days_left"),
    ("剩余申诉次数：", "", "attempts_left"),
    ("Attempts left: ", "", "attempts_left"),
    ("(?:涉及|通知列出) ", " 笔订单", "in_notice"),
    (r"(?:notice \(|notice lists )", " orders", "in_notice"),
    ("本店 ", " 笔订单中", "screened"),
    ("of the shop's ", " orders", "screened"),
)


class CaseFigures(Figures):
    """The figures of the papers of one case.

    Each method takes the value as it was counted for the text, holds it against what the tables
    give (BadInput where they differ), and gives it marked.
    """

    def of(self, name: str, value: int) -> str:
        """A figure of the whole case.

        `name`: at_issue, named, in_data, defend, concede, hold, open (all of the orders that the
        papers are about), beside (further orders at issue), cut (decided ones beyond those that a
        table shows), in_notice, attempts_allowed, attempts_used, attempts_left, attempt,
        days_left, exhibits, screened.
        """
        operation = self._operation(name, value)
        return self.tell(_both(lambda say: _case_name(name, say)), value, **operation)

    def group(self, group_id: str, name: str, value: int) -> str:
        """A figure of one group.

        `name`: size, at_issue (orders of it that the papers are about), defend, concede, hold (of
        these).
        """
        if name == "size":
            operation: dict[str, Any] = {
                "table": "results/groups",
                "where": [("group_id", "=", group_id)],
                "aggregate": "value",
                "column": "size",
            }
        else:
            where = [("group_id", "=", group_id), ("contested", "=", "yes")]
            more = [] if name == "at_issue" else [("decision", "=", name)]
            operation = {"table": _ORDERS, "where": where + more}
        told = _both(lambda say: f"{group_id}: {_group_name(name, say)}")
        return self.tell(told, value, **operation)

    def listed(self, name: str, order_ids: Collection[str]) -> str:
        """How many orders a list has; `name` is "<decision>:<reason>" where they share both."""
        decision, _, reason = name.partition(":")
        wanted = set(map(str, order_ids))
        where: list[tuple[str, str, Any]] = [("decision", "=", decision), ("reason", "=", reason)]
        for one in (where, [*where, ("contested", "=", "yes")]):
            rows = self.ledger.table(_ORDERS).where(one)
            if {row["order_id"] for row in rows} == wanted:
                where = one
                break
        else:
            where = [("order_id", "in", sorted(wanted))]
        told = _both(lambda say: _listed_name(decision, say))
        return self.tell(told, len(wanted), _ORDERS, where=where)

    def of_exhibit(self, number: int, name: str, value: int) -> str:
        """A figure of one evidence file; `name`: size (bytes), subjects (what it was given for)."""
        where = [("number", "=", number)]
        more = {"aggregate": "value", "column": "size"} if name == "size" else {}
        told = _both(lambda say: say("evidence E{number}: {name}", number=number, name=name))
        return self.tell(told, value, "case/exhibits", where=where, **more)

    def moments(self, text: str, step: str, group_id: str, flag: str) -> dict[int, str]:
        """Figures of a sentence on moments of one step: id by the place where each begins.

        They are counted from the table case/moments, as orders or as moments; one that comes out
        neither way is left out.
        """
        where = [("step", "=", step), ("flag", "=", flag), ("order_id", "!=", "")]
        ways: list[dict[str, Any]] = [
            {"where": one, **way}
            for one in ([*where, ("group_id", "=", group_id)], where)
            for way in ({"aggregate": "count_distinct", "column": "order_id"}, {})
        ]
        name = _both(lambda say: say("moments: {step}", step=step))
        return self._found(text, lambda shown, *_: self._first(name, shown, ways))

    def known(self, text: str) -> dict[int, str]:
        """Figures of a sentence that its words name (see `of`): id by the place of each."""
        until = self.ledger.table("case/notice").rows[0]["appeal_deadline"].replace("T", " ")[:16]

        def find(shown: str, before: str, after: str) -> str:
            for begin, end, name in _NAMED:
                named = re.search(f"{begin}$", before) and re.match(end, after)
                # Other clocks count days, too.
                if named and (name != "days_left" or until in text):
                    return self._first(*self._way(name, shown))
            return ""

        return self._found(text, find)

    def _way(self, name: str, shown: str) -> tuple[Mapping[str, str], str, list[dict[str, Any]]]:
        operation = self._operation(name, 0)
        return _both(lambda say: _case_name(name, say)), shown, [operation]

    def _first(self, name: Mapping[str, str], shown: str, ways: Sequence[dict[str, Any]]) -> str:
        """The id of the first of these operations that gives what is shown; "" if none does."""
        for way in ways:
            try:
                return self.add(name, shown, **{"table": "case/moments", **way})
            except BadInput:
                continue
        return ""

    def _found(self, text: str, find: Callable[[str, str, str], str]) -> dict[int, str]:
        plain = defused(text)
        told = {
            begin: find(plain[begin:end], plain[:begin], plain[end:])
            for begin, end in numbers(plain)
        }
        return {begin: figure for begin, figure in told.items() if figure}

    def _operation(self, name: str, value: int) -> dict[str, Any]:
        contested = ("contested", "=", "yes")
        notice = {"table": "case/notice", "aggregate": "value"}
        if name in _DECISIONS:
            return {"table": _ORDERS, "where": [contested, ("decision", "=", name)]}
        if name == "cut":
            where = [contested, ("decision", "!=", "")]
            shown = value - len(self.ledger.table(_ORDERS).where(where))
            return {"table": _ORDERS, "where": where, "plus": shown}
        if name == "days_left":
            since = self.ledger.table("case/notice").rows[0]["now"]
            column = "appeal_deadline"
            return notice | {"aggregate": "days_until", "column": column, "since": since}
        known: dict[str, dict[str, Any]] = {
            "at_issue": {"table": _ORDERS, "where": [contested]},
            "named": {"table": _ORDERS, "where": [contested, ("named", "=", "yes")]},
            "in_data": {"table": _ORDERS, "where": [contested, ("in_data", "=", "yes")]},
            "open": {"table": _ORDERS, "where": [contested, ("decision", "=", "")]},
            "beside": {"table": _ORDERS, "where": [("contested", "=", "no")]},
            "in_notice": {"table": "case/named"},
            "attempts_allowed": notice | {"column": "attempts_allowed"},
            "attempts_used": notice | {"column": "attempts_used"},
            "attempt": notice | {"column": "attempts_used", "plus": 1},
            "attempts_left": notice
            | {
                "aggregate": "difference",
                "column": ["attempts_allowed", "attempts_used"],
                "least": 0,
            },
            "exhibits": {
                "table": "case/exhibits",
                "aggregate": "count_distinct",
                "column": "number",
            },
            "screened": {"table": "results/summary", "aggregate": "value", "column": "orders"},
        }
        return known[name]


def _both(tell: Any) -> Mapping[str, str]:
    return {language: tell(words("figures", language)) for language in LANGUAGES}


def _case_name(name: str, say: Say) -> str:
    if name in _DECISIONS:
        return say("orders decided: {decision}", decision=decision_word(say, name))
    return {
        "at_issue": say("orders at issue"),
        "named": say("orders at issue that the notice names"),
        "in_data": say("orders at issue that the data hold"),
        "open": say("orders not yet decided"),
        "beside": say("further orders that the screening marks"),
        "cut": say("decided orders beyond those shown"),
        "in_notice": say("orders that the notice names"),
        "attempts_allowed": say("appeals allowed"),
        "attempts_used": say("appeals made so far"),
        "attempts_left": say("appeals left"),
        "attempt": say("number of this appeal"),
        "days_left": say("whole days left to appeal"),
        "exhibits": say("evidence files"),
        "screened": say("orders screened"),
    }[name]


def _group_name(name: str, say: Say) -> str:
    if name in _DECISIONS:
        return say("orders decided: {decision}", decision=decision_word(say, name))
    return {"size": say("orders of the group"), "at_issue": say("orders at issue")}[name]


def _listed_name(decision: str, say: Say) -> str:
    if decision in _DECISIONS:
        return say(
            "orders decided for one reason: {decision}", decision=decision_word(say, decision)
        )
    return say("orders of a list")
