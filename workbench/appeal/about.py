"""The words that say what a workbook or a pack is and how to read it."""

from __future__ import annotations

from workbench.appeal.matter import Matter
from workbench.language import Say, words

__all__ = ["about_rows"]


def about_rows(matter: Matter) -> list[tuple[str, str]]:
    """Pairs of the same statement in Chinese and English."""
    told = (_told(matter, words("appeal", language)) for language in ("zh", "en"))
    return list(zip(*told, strict=True))


def _told(matter: Matter, say: Say) -> list[str]:
    notice = matter.notice and matter.notice.notice_id
    return [
        say("Shop: {shop}", shop=matter.shop or say("not known")),
        say("Notice: {notice}", notice=notice or say("not known")),
        say("Made on {day}", day=f"{matter.now:%Y-%m-%d}"),
        say(
            "{screened} orders were screened; {count} are at issue here: those that the notice "
            "names, those that somebody decided on or gave evidence for, and those that the "
            "screening does not clear.",
            screened=matter.screened,
            count=len(matter.orders),
        ),
        say("Personal data of buyers are masked; equal values have equal masks.")
        if matter.masker
        else say("Personal data of buyers are NOT masked: do not pass this file on."),
        say(
            "Unusual: beyond chance by at least two independent families of "
            "signals. Needs documents: unusual, and a paper would settle it. No concern: "
            "nothing unusual, or well explained. None of these is a verdict."
        ),
        say(
            "Defend, concede and hold are decisions that a person wrote down; the program never "
            "decides."
        ),
        say(
            "Each order line names the SHA-256 of the original file and its row there, so that "
            "it can be walked back to its source (sheet Sources)."
        ),
    ]
