"""The head of the letter: which shop, which notice, which attempt."""

from __future__ import annotations

from workbench.appeal.matter import Matter
from workbench.appeal.sentences import LetterFigures
from workbench.language import Say

__all__ = ["header"]


def header(matter: Matter, figures: LetterFigures, say: Say) -> list[dict[str, str]]:
    """Rows of name and value; what the notice does not say is "not known"."""
    notice = matter.notice
    unknown = say("not known")
    values = {
        say("Shop"): matter.shop,
        say("Platform"): (notice and notice.platform) or matter.platform,
        say("Notice"): notice and notice.notice_id,
        say("What is alleged"): notice and notice.violation,
        say("Rule and clause"): notice and notice.rule_clause,
        say("Measure"): notice and notice.measure,
        say("Deadline for the appeal"): _deadline(matter, figures, say),
        say("Attempt"): _attempt(matter, figures, say),
        say("Date of this letter"): f"{matter.now:%Y-%m-%d}",
    }
    return [{"name": name, "value": value or unknown} for name, value in values.items()]


def _deadline(matter: Matter, figures: LetterFigures, say: Say) -> str:
    if matter.notice is None or matter.notice.appeal_deadline is None:
        return ""
    days = matter.notice.days_left(matter.now)
    at = f"{matter.notice.appeal_deadline:%Y-%m-%d %H:%M}"
    if days is None or days < 0:
        return say("{at} (passed)", at=at)
    told = figures.of("days_left", days)
    return say("{at} ({days} whole days left on the date of this letter)", at=at, days=told)


def _attempt(matter: Matter, figures: LetterFigures, say: Say) -> str:
    notice = matter.notice
    if notice is None or notice.attempts_used is None or notice.attempts_allowed is None:
        return ""
    return say(
        "No. {number} of {allowed}",
        number=figures.of("attempt", notice.attempts_used + 1),
        allowed=figures.of("attempts_allowed", notice.attempts_allowed),
    )
