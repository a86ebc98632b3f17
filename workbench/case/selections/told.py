"""A query in words, as somebody reads it who decides on what it picks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from workbench.case.selections.query import Condition, Every, Neither, Node, parse_query
from workbench.language import Say, assessment_word, decision_word, words
from workbench.tables import TABLES

__all__ = ["query_words"]

_SHOWN = 5


def query_words(query: Mapping[str, Any], language: str) -> str:
    """The query as a sentence without a full stop; raises BadInput when it cannot be used."""
    return _node(parse_query(query), words("case", language), language, outer=True)


def _node(node: Node, say: Say, language: str, *, outer: bool = False) -> str:
    if isinstance(node, Condition):
        return _condition(node, say, language)
    if isinstance(node, Neither):
        return say("not ({part})", part=_node(node.part, say, language, outer=True))
    every = isinstance(node, Every)
    parts = (say("; and ") if every else say("; or ")).join(
        _node(part, say, language) for part in node.parts
    )
    return parts if outer or len(node.parts) == 1 else say("({parts})", parts=parts)


def _condition(condition: Condition, say: Say, language: str) -> str:
    column = _column(condition.column, say, language)
    told = [
        _test(test, column, asked, condition.column, say) for test, asked in condition.tests.items()
    ]
    return say(", ").join(told)


def _test(test: str, column: str, asked: Any, name: str, say: Say) -> str:
    if isinstance(asked, datetime):
        value = _moment(asked, time.max if test == "to" else time.min)
    elif test in ("hours", "weekdays"):
        value = say(", ").join(map(str, asked))
    else:
        value = _value(asked, name, say)
    if test == "missing":
        return (
            say("{column} is missing", column=column)
            if asked
            else say("has {column}", column=column)
        )
    told = {
        "is": say("{column} is {value}", column=column, value=value),
        "in": say("{column} is one of {value}", column=column, value=value),
        "contains": say("{column} contains “{value}”", column=column, value=value),
        "starts_with": say("{column} begins with “{value}”", column=column, value=value),
        "at_least": say("{column} is at least {value}", column=column, value=value),
        "at_most": say("{column} is at most {value}", column=column, value=value),
        "from": say("{column} from {value}", column=column, value=value),
        "to": say("{column} until {value}", column=column, value=value),
        "hours": say("{column} in the hours {value}", column=column, value=value),
        "weekdays": say("{column} on weekdays {value} (1 = Monday)", column=column, value=value),
    }
    return told[test]


def _column(name: str, say: Say, language: str) -> str:
    own = {
        "score": say("score"),
        "q_value": say("q-value"),
        "assessment": say("assessment"),
        "group_id": say("group"),
        "decision": say("decision"),
        "tag": say("tag"),
        "named": say("named by a notice"),
    }
    if name in own:
        return own[name]
    return TABLES["orders"].column(name).zh if language == "zh" else name.replace("_", " ")


def _value(asked: Any, name: str, say: Say) -> str:
    if isinstance(asked, tuple):
        shown = say(", ").join(_value(one, name, say) for one in asked[:_SHOWN])
        if len(asked) <= _SHOWN:
            return shown
        return say("{shown} and others ({count} in all)", shown=shown, count=len(asked))
    if isinstance(asked, bool):
        return say("yes") if asked else say("no")
    if isinstance(asked, datetime):
        whole = asked.time() in (time.min, time.max)
        return (
            f"{asked:%Y-%m-%d}"
            if whole
            else asked.isoformat(" ", "minutes" if not asked.second else "auto")
        )
    if name == "assessment":
        return assessment_word(say, asked)
    return decision_word(say, asked) if name == "decision" else str(asked)


def _moment(moment: datetime, edge: time) -> str:
    """A day where its whole belongs to it, else the time."""
    if moment.time() == edge:
        return f"{moment:%Y-%m-%d}"
    return moment.isoformat(" ", "auto" if moment.second or moment.microsecond else "minutes")
