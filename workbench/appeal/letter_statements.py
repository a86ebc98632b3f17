"""The paragraphs of the letter: they assert what a person decided, and nothing else."""

from __future__ import annotations

from workbench.appeal.labels import subject_label
from workbench.appeal.matter import Matter
from workbench.appeal.sentences import LetterFigures
from workbench.language import Say, decision_word
from workbench.rows import each

__all__ = ["position", "request"]


def request(matter: Matter, figures: LetterFigures, say: Say) -> list[str]:
    """What is asked for: only for orders that somebody decided to defend."""
    defended = int(matter.contested["decision"].eq("defend").sum())
    if not defended:
        return [say("Nothing is asked for yet: no order has been decided to be defended.")]
    asked = [
        say(
            "We ask that the finding be reviewed for the orders marked “Defend” in part 4 "
            "({count}), and withdrawn for each of them that the evidence bears out.",
            count=figures.of("defend", defended),
        )
    ]
    if matter.notice and matter.notice.measure:
        asked.append(
            say(
                "We ask that the measure (“{measure}”) be lifted, or else fitted to the orders for "
                "which the finding stands.",
                measure=matter.notice.measure,
            )
        )
    return asked


def position(matter: Matter, figures: LetterFigures, say: Say) -> list[str]:
    """How many orders are at issue and what was decided of them, then each stated reason."""
    orders = matter.contested
    made = orders["decision"].value_counts()
    told = [
        say(
            "Orders at issue: {all}, of which the notice names {named}. Defended: {defend}. "
            "Conceded: {concede}. Held back: {hold}. Not yet decided: {open}.",
            all=figures.of("at_issue", len(orders)),
            named=figures.of("named", int(orders["named"].sum())),
            defend=figures.of("defend", int(made.get("defend", 0))),
            concede=figures.of("concede", int(made.get("concede", 0))),
            hold=figures.of("hold", int(made.get("hold", 0))),
            open=figures.of("open", int(made.get("", 0))),
        )
    ]
    if made.get("", 0):
        told.append(say("Of orders that are not yet decided this letter asserts nothing."))
    told += _reasons(matter, figures, say)
    beside = len(matter.orders) - len(orders)
    if beside:
        told.append(
            say(
                "Further orders that the screening marks and the notice does not name: {count}; "
                "the workbook lists them.",
                count=figures.of("beside", beside),
            )
        )
    return told


def _reasons(matter: Matter, figures: LetterFigures, say: Say) -> list[str]:
    """Why orders are defended, in the words of those who decided; the same words once."""
    orders = matter.contested
    reached = set(orders.loc[orders["decision"] == "defend", "order_id"])
    told: dict[str, list[str]] = {}
    subjects: dict[str, list[str]] = {}
    for row in each(matter.decisions[matter.decisions["decision"] == "defend"]):
        mine = sorted(reached.intersection(row.order_ids))
        if mine:
            told.setdefault(row.reason, []).extend(mine)
            subject = subject_label(row.subject, row.subject_id, say)
            subjects.setdefault(row.reason, []).append(subject)
    return [
        say(
            "{subject} (orders: {count}) – {decision}: {reason}",
            subject=_several(subjects[reason], say),
            count=figures.listed(f"defend:{reason}", ids),
            decision=decision_word(say, "defend"),
            reason=reason,
        )
        for reason, ids in told.items()
    ]


def _several(subjects: list[str], say: Say) -> str:
    if len(subjects) <= 3:
        return say(", ").join(subjects)
    return say("{first} and others", first=say(", ").join(subjects[:2]))
