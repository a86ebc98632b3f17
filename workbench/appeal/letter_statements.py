"""The paragraphs of the letter: they assert what a person decided, and nothing else."""

from __future__ import annotations

from workbench.appeal.labels import subject_label
from workbench.appeal.law import Provision, in_force
from workbench.appeal.matter import Matter
from workbench.language import Say, decision_word
from workbench.rows import each

__all__ = ["position", "procedure", "provisions", "request"]


def request(matter: Matter, say: Say) -> list[str]:
    """What is asked for: only for orders that somebody decided to defend."""
    defended = int(matter.contested["decision"].eq("defend").sum())
    if not defended:
        return [say("Nothing is asked for yet: no order has been decided to be defended.")]
    asked = [
        say(
            "We ask that the finding be reviewed for the {count} orders marked “Defend” in part 4, "
            "and withdrawn for each of them that the evidence bears out.",
            count=defended,
        )
    ]
    if matter.notice and matter.notice.measure:
        asked.append(
            say(
                "We ask that the measure ({measure}) be lifted, or else fitted to the orders for "
                "which the finding stands.",
                measure=matter.notice.measure,
            )
        )
    return asked


def position(matter: Matter, say: Say) -> list[str]:
    """How many orders are at issue and what was decided of them, then each stated reason."""
    orders = matter.contested
    counts = orders["decision"].value_counts()
    told = [
        say(
            "At issue are {all} orders, {named} of them named in the notice. Defended: {defend}. "
            "Conceded: {concede}. Held back: {hold}. Not yet decided: {open}.",
            all=len(orders),
            named=int(orders["named"].sum()),
            **{name: int(counts.get(name, 0)) for name in ("defend", "concede", "hold")},
            open=int(counts.get("", 0)),
        )
    ]
    if counts.get("", 0):
        told.append(say("Of orders that are not yet decided this letter asserts nothing."))
    reached = set(orders.loc[orders["decision"] == "defend", "order_id"])
    for row in each(matter.decisions[matter.decisions["decision"] == "defend"]):
        if not reached.intersection(row.order_ids):
            continue
        text = say(
            "{subject} ({count} orders) – {decision}: {reason}",
            subject=subject_label(row.subject, row.subject_id, say),
            count=len(row.order_ids),
            decision=decision_word(say, row.decision),
            reason=row.reason,
        )
        told.append(text)
    beside = len(matter.orders) - len(orders)
    if beside:
        told.append(
            say(
                "The screening marks {count} further orders that the notice does not name; they "
                "are listed in the workbook.",
                count=beside,
            )
        )
    return told


def procedure(matter: Matter, say: Say) -> list[str]:
    """Facts of the procedure as the notice gives them; no argument."""
    notice = matter.notice
    if notice is None:
        return [say("No notice of the platform has been loaded.")]
    told = []
    if notice.decided_at:
        told.append(say("The decision was made on {at}.", at=_at(notice.decided_at)))
    if notice.issued_at:
        told.append(say("The notice was issued on {at}.", at=_at(notice.issued_at)))
    if notice.appeal_deadline:
        told.append(say("It can be appealed until {at}.", at=_at(notice.appeal_deadline)))
    if notice.attempts_left is not None:
        told.append(
            say(
                "Of {allowed} appeals {used} have been made; this one included, {left} are left.",
                allowed=notice.attempts_allowed,
                used=notice.attempts_used,
                left=notice.attempts_left,
            )
        )
    told.append(
        say("The notice names the rule it rests on: {clause}.", clause=notice.rule_clause)
        if notice.rule_clause
        else say("The notice as loaded names no rule or clause.")
    )
    told.append(
        say("The notice names {count} orders.", count=len(notice.order_ids))
        if notice.order_ids
        else say("The notice as loaded names no orders.")
    )
    return told


def provisions(matter: Matter, language: str, say: Say) -> list[dict[str, str]]:
    """Provisions in force when the notice was decided, with what they say and their source."""
    notice = matter.notice
    at = (notice and (notice.decided_at or notice.issued_at)) or matter.now
    return [
        {
            "name": one.zh if language == "zh" else one.en,
            "says": one.says_zh if language == "zh" else one.says_en,
            "source": _source(one, language, say),
        }
        for one in in_force(at.date())
    ]


def _source(one: Provision, language: str, say: Say) -> str:
    source = one.source_zh if language == "zh" else one.source_en
    if one.confidence == "V":
        read = say("text read on {day}", day=one.checked)
    else:
        read = say("secondary source read on {day}; check the official text", day=one.checked)
    return say("{day}; {source}; {read}", day=one.in_force, source=source, read=read)


def _at(moment: object) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
