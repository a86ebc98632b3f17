"""The evidence index of the letter, what is not defended, and what the shop has changed."""

from __future__ import annotations

from typing import Any

from workbench.appeal.labels import copy_label, subject_label
from workbench.appeal.matter import Matter
from workbench.appeal.render.links import anchor
from workbench.appeal.sentences import LetterFigures
from workbench.explain import PAPERS
from workbench.language import Say, decision_word, words
from workbench.proof import SYSTEMS
from workbench.rows import each

__all__ = ["concessions", "corrective", "exhibits"]

_SHOWN_SUBJECTS = 6
_SHOWN_ORDERS = 20

Row = dict[str, Any]


def exhibits(matter: Matter, language: str) -> list[Row]:
    """One row per evidence file: number, name, shows, origin, belongs, added, sha256."""
    say = words("appeal", language)
    return [_exhibit(row, language, say) for row in each(matter.exhibits)]


def _exhibit(row: Any, language: str, say: Say) -> Row:
    subjects = [subject_label(kind, one, say) for kind, one in row.subjects]
    shown = subjects[:_SHOWN_SUBJECTS] + ["…"] * (len(subjects) > _SHOWN_SUBJECTS)
    return {
        "number": anchor(f"E{row.number}", f"E{row.number}"),
        "name": row.name,
        "shows": _shows(row, language),
        "origin": _origin(row, language, say),
        "belongs": "\n".join(shown),
        "added": f"{row.at:%Y-%m-%d}",
        "sha256": row.sha256,
    }


def _shows(row: Any, language: str) -> str:
    """What a file is said to show: the papers of its codes, and the note of who gave it."""
    named = [f"{code} {getattr(PAPERS[code], language)}" for code in row.codes if code in PAPERS]
    return "\n".join(part for part in ("; ".join(named), row.note) if part) or "–"


def _origin(row: Any, language: str, say: Say) -> str:
    """Where a file comes from, as far as whoever gave it said so."""
    copy = copy_label(row.copy, say)
    known = SYSTEMS.get(row.system)
    told = [
        (known.zh if language == "zh" else known.en) if known else "",
        row.origin,
        say("supplied by {name}", name=row.supplier) if row.supplier else "",
        say("captured {when}", when=row.captured_at) if row.captured_at else "",
        copy,
    ]
    return "\n".join(part for part in told if part) or say("not stated")


def concessions(matter: Matter, figures: LetterFigures, say: Say) -> list[Row]:
    """Orders conceded or on hold, those of one decision and reason together."""
    standing = matter.orders[matter.orders["decision"].isin(("concede", "hold"))]
    rows = []
    for (decision, reason), same in standing.groupby(["decision", "reason"], sort=True):
        ids = same["order_id"].tolist()
        count = figures.listed(f"{decision}:{reason}", ids)
        rows.append(
            {
                "orders": ", ".join(ids[:_SHOWN_ORDERS]) + " …" * (len(ids) > _SHOWN_ORDERS),
                "count": say("Orders: {count}", count=count),
                "decision": decision_word(say, str(decision)),
                "reason": reason,
            }
        )
    return rows


def corrective(matter: Matter, say: Say) -> tuple[list[Row], str]:
    """The steps that people wrote down (what, who), and a sentence where there is none.

    They are answers to the question CORRECTIVE of `workbench.appeal.matter`: nothing is made up.
    """
    rows = [
        {"what": line, "who": say("{who}, {day}", who=step.who, day=f"{step.at:%Y-%m-%d}")}
        for step in each(matter.corrective)
        if step.answer == "yes"
        for line in str(step.text).splitlines()
        if line.strip()
    ]
    return rows, "" if rows else say("No corrective step has been written down.")
