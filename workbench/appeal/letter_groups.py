"""The pages of the letter about groups: what is seen, what speaks for and against, who decided."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import pandas as pd

from workbench.appeal.matter import Matter
from workbench.appeal.render.links import anchor, link
from workbench.appeal.sentences import LetterFigures
from workbench.language import Say, decision_word, words
from workbench.rows import each

__all__ = [
    "MAX_CHARTS",
    "MAX_GROUPS",
    "at_issue",
    "chart_name",
    "charted_groups",
    "group_rows",
    "groups_cut",
    "linked_exhibits",
    "unknown_rows",
]

# More pictures make a letter heavy; the charts of all groups stand on the page of charts.
MAX_CHARTS = 12
# The groups that matter most come first; more pages help no reader.
MAX_GROUPS = 60

Row = dict[str, Any]


def chart_name(group_id: str, language: str) -> str:
    """The file name of the chart that stands on the page of a group."""
    return f"orders-of-{group_id}.{language}.png"


def at_issue(matter: Matter) -> pd.DataFrame:
    """The groups that the letter tells of: with orders at issue, or decided on themselves.

    At most MAX_GROUPS.
    """
    return _all_at_issue(matter).head(MAX_GROUPS)


def groups_cut(matter: Matter, say: Say) -> str:
    """That the workbook tells of further groups; "" when the letter tells of all."""
    if len(_all_at_issue(matter)) <= MAX_GROUPS:
        return ""
    return say("Further groups stand in the workbook, sheet Groups.")


def _all_at_issue(matter: Matter) -> pd.DataFrame:
    groups = matter.groups
    return groups[groups["at_issue"].gt(0) | groups["decision"].ne("")]


def charted_groups(matter: Matter) -> list[str]:
    """The groups on whose page a chart stands: the first MAX_CHARTS that have a time."""
    timed = at_issue(matter).dropna(subset=["window_start", "window_end"])
    return [str(one) for one in timed["group_id"].head(MAX_CHARTS)]


def linked_exhibits(numbers: list[int], say: Say) -> str:
    """Exhibits by their ids, each a link to its row in the evidence index."""
    return say(", ").join(link(f"E{n}", f"E{n}") for n in numbers) or say("none")


def group_rows(
    matter: Matter, figures: LetterFigures, language: str, charts: Collection[str]
) -> list[Row]:
    """One row per group at issue.

    Keys: id, size, span, sees, exhibits, decision, reason, chart (name of a picture, or ""), and
    the sentences against, speaks_for and open (what the data cannot tell).
    """
    say = words("appeal", language)
    return [_group(matter, figures, row, language, say, charts) for row in each(at_issue(matter))]


def _group(
    matter: Matter,
    figures: LetterFigures,
    row: Any,
    language: str,
    say: Say,
    charts: Collection[str],
) -> Row:
    told: dict[str, list[str]] = {"passed": [], "failed": [], "not_available": []}
    for test in row.explanation_tests:
        sentence = figures.sentence(test[language], row.group_id)
        if sentence not in told[test["result"]]:
            told[test["result"]].append(sentence)
    name = chart_name(row.group_id, language)
    own = [e.number for e in each(matter.exhibits) if ("group", row.group_id) in e.subjects]
    return {
        "id": anchor(row.group_id, row.group_id),
        "size": _size(figures, row, say),
        "span": _span(row.window_start, row.window_end),
        "sees": figures.sentence(getattr(row, f"sentence_{language}"), row.group_id),
        "against": told["failed"],
        "speaks_for": told["passed"],
        "open": told["not_available"],
        "exhibits": linked_exhibits(own, say),
        "chart": name if name in charts else "",
        **_decided(matter, figures, row, say),
    }


def _size(figures: LetterFigures, row: Any, say: Say) -> str:
    size = figures.group(row.group_id, "size", row.size)
    if row.at_issue == row.size:
        return say("{size} orders", size=size)
    issue = figures.group(row.group_id, "at_issue", row.at_issue)
    return say("{size} orders, {at_issue} of them at issue", size=size, at_issue=issue)


def _decided(matter: Matter, figures: LetterFigures, row: Any, say: Say) -> Row:
    """What was decided of the group, by whom and when and why; else of its orders one by one."""
    if row.decision:
        reason = say(
            "{who}, {day}: {reason}", who=row.who, day=f"{row.at:%Y-%m-%d}", reason=row.reason
        )
        return {"decision": decision_word(say, row.decision), "reason": reason}
    members = matter.contested[matter.contested["order_id"].isin(row.order_ids)]
    made = members.loc[members["decision"].ne(""), "decision"].value_counts()
    if made.empty:
        return {"decision": decision_word(say, ""), "reason": ""}
    parts = [
        say(
            "{decision}: {count}",
            decision=decision_word(say, name),
            count=figures.group(row.group_id, name, int(made[name])),
        )
        for name in ("defend", "concede", "hold")
        if name in made
    ]
    return {"decision": say("Order by order"), "reason": say("; ").join(parts)}


def unknown_rows(matter: Matter, figures: LetterFigures, language: str) -> list[Row]:
    """What cannot be told and the papers that would tell; groups that lack the same share a row."""
    say = words("appeal", language)
    groups: dict[tuple[str, str], list[str]] = {}
    for group in each(at_issue(matter)):
        tests = [
            figures.sentence(test[language])
            for test in group.explanation_tests
            if test["result"] == "not_available"
        ]
        papers = [
            say(
                "{code} {paper} ({who})",
                code=p["code"],
                paper=p[language],
                who=p[f"who_{language}"],
            )
            for p in group.missing_evidence
        ]
        if tests or papers:
            lacking = ("\n".join(dict.fromkeys(tests)), "\n".join(papers))
            groups.setdefault(lacking, []).append(link(group.group_id, group.group_id))
    return [
        {"group": "\n".join(ids), "open": tests or "–", "papers": papers or "–"}
        for (tests, papers), ids in groups.items()
    ]


def _span(start: datetime | None, end: datetime | None) -> str:
    if start is None or pd.isna(start) or end is None or pd.isna(end):
        return "–"
    last = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
    return f"{start:%Y-%m-%d %H:%M} – {last}"
