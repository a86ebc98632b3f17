"""What the letter says, as plain data: one dictionary per language for one Word template."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

import pandas as pd

from workbench.appeal.labels import letter_labels, subject_label
from workbench.appeal.letter_statements import position, procedure, provisions, request
from workbench.appeal.matter import Matter
from workbench.appeal.readiness import lacking
from workbench.appeal.timeline import timeline
from workbench.language import Say, decision_word, words
from workbench.rows import each

__all__ = ["MAX_ORDERS", "letter_model"]

# A longer table helps no reader: the workbook beside the letter holds every order.
MAX_ORDERS = 300

Row = dict[str, Any]


def letter_model(matter: Matter, campaigns: pd.DataFrame, language: str) -> Row:
    """Everything that the template of the letter has a place for.

    Keys: label (fixed words), lacking (sentences; empty when the letter is ready to be signed),
    header (name and value), request, position, procedure (paragraphs), groups, orders, timeline,
    exhibits, concessions, unknown, provisions (rows), cut and undecided (which orders the table
    leaves to the workbook, and which nobody decided, in words, or ""). All is plain text.
    """
    say = words("appeal", language)
    cut = int(matter.contested["decision"].ne("").sum()) - MAX_ORDERS
    return {
        "label": letter_labels(say),
        "lacking": lacking(matter, say),
        "header": _header(matter, say),
        "request": request(matter, say),
        "position": position(matter, say),
        "groups": [_group(row, language, say) for row in each(_at_issue(matter))],
        "orders": _orders(matter, language, say),
        "cut": say("{count} more orders stand in the workbook, sheet Orders.", count=cut)
        if cut > 0
        else "",
        "undecided": _undecided(matter, say),
        "timeline": timeline(matter, campaigns, say),
        "exhibits": [_exhibit(row, say) for row in each(matter.exhibits)],
        "concessions": _concessions(matter, say),
        "unknown": _unknown(matter, language, say),
        "procedure": procedure(matter, say),
        "provisions": provisions(matter, language, say),
    }


def _at_issue(matter: Matter) -> pd.DataFrame:
    groups = matter.groups
    return groups[groups["at_issue"].gt(0) | groups["decision"].ne("")]


def _header(matter: Matter, say: Say) -> list[Row]:
    notice = matter.notice
    unknown = say("not known")
    values = {
        say("Shop"): matter.shop,
        say("Platform"): (notice and notice.platform) or matter.platform,
        say("Notice"): notice and notice.notice_id,
        say("What is alleged"): notice and notice.violation,
        say("Rule and clause"): notice and notice.rule_clause,
        say("Measure"): notice and notice.measure,
        say("Deadline for the appeal"): _deadline(matter, say),
        say("Attempt"): _attempt(matter, say),
        say("Date of this letter"): f"{matter.now:%Y-%m-%d}",
    }
    return [{"name": name, "value": value or unknown} for name, value in values.items()]


def _deadline(matter: Matter, say: Say) -> str:
    if matter.notice is None or matter.notice.appeal_deadline is None:
        return ""
    days = matter.notice.days_left(matter.now)
    at = f"{matter.notice.appeal_deadline:%Y-%m-%d %H:%M}"
    if days is None or days < 0:
        return say("{at} (passed)", at=at)
    return say("{at} ({days} whole days left on the date of this letter)", at=at, days=days)


def _attempt(matter: Matter, say: Say) -> str:
    notice = matter.notice
    if notice is None or notice.attempts_used is None or notice.attempts_allowed is None:
        return ""
    return say(
        "No. {number} of {allowed}",
        number=notice.attempts_used + 1,
        allowed=notice.attempts_allowed,
    )


def _group(row: Any, language: str, say: Say) -> Row:
    told = {"passed": say("Fits"), "failed": say("Contradicted")}
    tests = [
        say("{result}: {why}", result=told[test["result"]], why=test[language])
        for test in row.explanation_tests
        if test["result"] in told
    ]
    unknown = sum(test["result"] == "not_available" for test in row.explanation_tests)
    if unknown:
        tests.append(say("Cannot be told from the data: {count} (see below)", count=unknown))
    return {
        "id": row.group_id,
        "size": say(
            "{size} orders, {at_issue} of them at issue", size=row.size, at_issue=row.at_issue
        )
        if row.at_issue != row.size
        else say("{size} orders", size=row.size),
        "span": _span(row.window_start, row.window_end),
        "sees": row.sentence_zh if language == "zh" else row.sentence_en,
        "tests": "\n".join(tests) or say("None could be made."),
        "decision": decision_word(say, row.decision),
    }


def _orders(matter: Matter, language: str, say: Say) -> list[Row]:
    """One row per decided order: the defended first, then those on hold, then the conceded."""
    tests = {
        row.group_id: Counter(test["result"] for test in row.explanation_tests)
        for row in each(matter.groups)
    }
    rank = {decision: n for n, decision in enumerate(("defend", "hold", "concede"))}
    decided = matter.contested[matter.contested["decision"].ne("")]
    ranked = decided.sort_values("decision", key=lambda column: column.map(rank), kind="stable")
    rows = []
    for row in each(ranked.head(MAX_ORDERS)):
        counts = tests.get(row.group_id)
        rows.append(
            {
                "id": row.order_id if counts is None else f"{row.order_id}\n{row.group_id}",
                "sees": _sees(row, language, say),
                "tests": _counted(counts, say) if counts else "–",
                "exhibits": ", ".join(map(str, row.exhibits)) or say("none"),
                "decision": decision_word(say, row.decision),
            }
        )
    return rows


def _counted(counts: Counter[str], say: Say) -> str:
    return say(
        "{passed} fit, {failed} contradicted, {unknown} unknown",
        passed=counts["passed"],
        failed=counts["failed"],
        unknown=counts["not_available"],
    )


def _undecided(matter: Matter, say: Say) -> str:
    ids = matter.contested.loc[matter.contested["decision"].eq(""), "order_id"].tolist()
    if not ids:
        return ""
    return say("Not yet decided ({count} orders): {orders}", count=len(ids), orders=", ".join(ids))


def _sees(row: Any, language: str, say: Say) -> str:
    if not row.in_data:
        return say("The loaded data do not hold this order.")
    told = "\n".join(reason[language] for reason in row.reasons)
    return told or say("The screening found nothing against it.")


def _exhibit(row: Any, say: Say) -> Row:
    subjects = [subject_label(kind, one, say) for kind, one in row.subjects]
    shown = subjects[:6] + [f"… (+{len(subjects) - 6})"] * (len(subjects) > 6)
    return {
        "number": row.number,
        "name": row.name,
        "note": " ".join(part for part in (row.code, row.note) if part) or "–",
        "sha256": row.sha256,
        "subjects": "\n".join(shown),
        "added": f"{row.at:%Y-%m-%d}",
    }


def _concessions(matter: Matter, say: Say) -> list[Row]:
    standing = matter.orders[matter.orders["decision"].isin(("concede", "hold"))]
    rows = []
    for (decision, reason), same in standing.groupby(["decision", "reason"], sort=True):
        ids = same["order_id"].tolist()
        more = len(ids) - 20
        rows.append(
            {
                "orders": ", ".join(ids[:20]) + (f" … (+{more})" if more > 0 else ""),
                "count": len(ids),
                "decision": decision_word(say, str(decision)),
                "reason": reason,
            }
        )
    return rows


def _unknown(matter: Matter, language: str, say: Say) -> list[Row]:
    """Groups that lack the same things share a row."""
    groups: dict[tuple[str, str], list[str]] = {}
    for group in each(_at_issue(matter)):
        tests = [t[language] for t in group.explanation_tests if t["result"] == "not_available"]
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
            groups.setdefault(lacking, []).append(group.group_id)
    return [
        {"group": "\n".join(ids), "open": tests or "–", "papers": papers or "–"}
        for (tests, papers), ids in groups.items()
    ]


def _span(start: datetime | None, end: datetime | None) -> str:
    if start is None or pd.isna(start) or end is None or pd.isna(end):
        return "–"
    last = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
    return f"{start:%Y-%m-%d %H:%M} – {last}"
