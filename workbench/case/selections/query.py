"""What a selection asks for: a small object of conditions, checked before anything runs it.

A query is {"all": [query, …]}, {"any": [query, …]}, {"not": query}, or one condition:
{"column": NAME, TEST: VALUE, …}, all of whose tests are to hold. `COLUMNS` says of which kind a
column is, `TESTS` which tests a kind takes:

text    is, in, contains, starts_with (capital letters count for `is` and `in` alone), missing
tag     as text; a tag of the order itself or of its group
choice  is, in: one of the words the column can hold
number  is, in, at_least, at_most, missing
time    from, to (ISO 8601, local shop time, both included; a day means the whole day), hours
        (0–23), weekdays (1 = Monday … 7), missing
flag    is

`missing` (true: the order has no such value; false: it has one) stands alone in its condition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, TypeGuard

from workbench.case.decisions import DECISIONS
from workbench.errors import BadInput, Problem
from workbench.tables import TABLES

__all__ = [
    "CHOICES",
    "COLUMNS",
    "TESTS",
    "Condition",
    "Every",
    "Neither",
    "Node",
    "Some",
    "parse_query",
    "query_problems",
]

Kind = Literal["text", "tag", "choice", "number", "time", "flag"]

CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"assessment": ("evidence", "needs_documents", "none"), "decision": ("", *DECISIONS)}
)
_KINDS: Mapping[str, Kind] = {
    "text": "text",
    "money": "number",
    "integer": "number",
    "number": "number",
    "time": "time",
}
_OWN: Mapping[str, Kind] = {
    "score": "number",
    "q_value": "number",
    "assessment": "choice",
    "group_id": "text",
    "decision": "choice",
    "tag": "tag",
    "named": "flag",
}
COLUMNS: Mapping[str, Kind] = MappingProxyType(
    {**{one.name: _KINDS[one.type] for one in TABLES["orders"].columns}, **_OWN}
)
"""Column → kind: those of the orders, what screening said, what people decided, and whether a
notice names the order (`named`)."""

_MOST_VALUES = 1000
_MOST_ORDERS = 1_000_000
_MOST_PARTS = 1000
_DEEPEST = 8
_LONGEST = 500


@dataclass(frozen=True)
class Condition:
    """Tests of one column, all of which are to hold. Values are parsed."""

    column: str
    tests: Mapping[str, Any]


@dataclass(frozen=True)
class Every:
    """All parts are to hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Some:
    """At least one part is to hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Neither:
    """The part is not to hold."""

    part: Node


Node: TypeAlias = Condition | Every | Some | Neither


def query_problems(query: object) -> list[Problem]:
    """Everything that is wrong with a query; [] when it can be run."""
    problems: list[Problem] = []
    _parse(query, "query", 0, problems)
    return problems


def parse_query(query: object) -> Node:
    """The query, taken apart; raises BadInput with all that is wrong with it."""
    problems: list[Problem] = []
    node = _parse(query, "query", 0, problems)
    if problems or node is None:
        raise BadInput.many(problems)
    return node


def _parse(query: object, where: str, depth: int, problems: list[Problem]) -> Node | None:
    if not isinstance(query, Mapping):
        problems.append(Problem("A condition is an object", where, 'Such as {"column": …}'))
        return None
    if depth > _DEEPEST:
        problems.append(Problem(f"Conditions are nested more than {_DEEPEST} deep", where))
        return None
    for word in ("all", "any", "not"):
        if word in query:
            if len(query) > 1:
                problems.append(Problem(f"{word!r} stands alone in its object", where))
            if word == "not":
                return _parse_not(query[word], f"{where}.not", depth + 1, problems)
            return _parse_parts(query[word], word, where, depth, problems)
    return _parse_condition(query, where, problems)


def _parse_not(query: object, where: str, depth: int, problems: list[Problem]) -> Node | None:
    part: Node | None = _parse(query, where, depth, problems)
    return None if part is None else Neither(part)


def _parse_parts(
    parts: object, word: str, where: str, depth: int, problems: list[Problem]
) -> Node | None:
    where = f"{where}.{word}"
    if not _is_list(parts) or not 0 < len(parts) <= _MOST_PARTS:
        what = f"{word!r} needs a list of 1 to {_MOST_PARTS} conditions"
        problems.append(Problem(what, where))
        return None
    told = [_parse(part, f"{where}[{at}]", depth + 1, problems) for at, part in enumerate(parts)]
    whole = tuple(one for one in told if one is not None)
    return Every(whole) if word == "all" else Some(whole)


def _parse_condition(
    query: Mapping[Any, Any], where: str, problems: list[Problem]
) -> Condition | None:
    column = query.get("column")
    kind = COLUMNS.get(column) if isinstance(column, str) else None
    if kind is None:
        do = f"One of {', '.join(COLUMNS)}"
        problems.append(Problem(f"There is no column {column!r} to ask of", where, do))
        return None
    given = {name: value for name, value in query.items() if name != "column"}
    if not given:
        do = f"Say one of {', '.join(TESTS[kind])}"
        problems.append(Problem(f"Nothing is asked of {column}", where, do))
    if "missing" in given and len(given) > 1:
        problems.append(Problem("'missing' stands alone in its condition", where))
    tests: dict[str, Any] = {}
    for name, value in given.items():
        read = TESTS[kind].get(name)
        if read is None:
            do = f"One of {', '.join(TESTS[kind])}"
            problems.append(Problem(f"{column} cannot be asked for {name!r}", where, do))
            continue
        try:
            tests[name] = read(value, str(column))
        except ValueError as error:
            problems.append(Problem(f"{column}, {name}: {error}", where))
    return Condition(str(column), MappingProxyType(tests))


def _is_list(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _text(value: object, column: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        raise ValueError(f"needs a text of 1 to {_LONGEST} characters")
    return value


def _choice(value: object, column: str) -> str:
    if value not in CHOICES[column]:
        raise ValueError(f"needs one of {', '.join(repr(one) for one in CHOICES[column])}")
    return str(value)


def _number(value: object, column: str) -> Decimal:
    try:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise InvalidOperation
        number = Decimal(str(value))
        # What a money column can hold: more would be rounded in silence.
        if not number.is_finite() or abs(number) >= 10**14:
            raise InvalidOperation
        if column not in _OWN and number != round(number, 4):
            raise InvalidOperation
    except InvalidOperation:
        raise ValueError("needs a number with at most four decimals") from None
    return number


def _flag(value: object, column: str) -> bool:
    if not isinstance(value, bool):
        raise ValueError("needs true or false")
    return value


def _several(read: Callable[[object, str], Any]) -> Callable[[object, str], tuple[Any, ...]]:
    def values(value: object, column: str) -> tuple[Any, ...]:
        most = _MOST_ORDERS if column == "order_id" else _MOST_VALUES
        if not _is_list(value) or not 0 < len(value) <= most:
            raise ValueError(f"needs a list of 1 to {most} values")
        return tuple(dict.fromkeys(read(one, column) for one in value))

    return values


def _whole(least: int, most: int) -> Callable[[object, str], int]:
    def number(value: object, column: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"needs whole numbers from {least} to {most}")
        return value

    return number


def _moment(value: object, column: str) -> date | datetime:
    """A day where only a day was said, else a moment."""
    try:
        if isinstance(value, str) and len(value) == len("2026-01-31"):
            return date.fromisoformat(value)
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is not None:
        raise ValueError("needs a time such as 2026-01-31 or 2026-01-31T09:00:00, without a zone")
    return moment


def _begin(value: object, column: str) -> datetime:
    moment = _moment(value, column)
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.min)


def _end(value: object, column: str) -> datetime:
    moment = _moment(value, column)
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.max)


_TEXT: Mapping[str, Callable[[object, str], Any]] = {
    "is": _text,
    "in": _several(_text),
    "contains": _text,
    "starts_with": _text,
    "missing": _flag,
}
TESTS: Mapping[Kind, Mapping[str, Callable[[object, str], Any]]] = MappingProxyType(
    {
        "text": _TEXT,
        "tag": _TEXT,
        "choice": {"is": _choice, "in": _several(_choice)},
        "number": {
            "is": _number,
            "in": _several(_number),
            "at_least": _number,
            "at_most": _number,
            "missing": _flag,
        },
        "time": {
            "from": _begin,
            "to": _end,
            "hours": _several(_whole(0, 23)),
            "weekdays": _several(_whole(1, 7)),
            "missing": _flag,
        },
        "flag": {"is": _flag},
    }
)
"""Kind → test → how its value is read; it raises ValueError for a value that cannot be used."""
