"""Show personal data in something that leaves the case: a decision of a person, with a reason."""

from __future__ import annotations

from workbench.case.event import Event
from workbench.case.events import append
from workbench.case.folder import Case
from workbench.errors import BadInput, Problem

__all__ = ["unmask"]


def unmask(case: Case, *, scope: str, reason: str, who: str) -> Event:
    """Write down that `scope` leaves with buyers' personal data in it, why, and who said so.

    To hand personal data to another controller needs the separate consent of the person
    (Personal Information Protection Law of the PRC, article 23). Raises BadInput without a
    reason or a name.
    """
    problems = []
    if not reason.strip():
        do = "Say why this reader may see them (--reason), or leave them masked"
        problems.append(Problem("Personal data are shown only for a reason", do=do))
    if not who.strip():
        problems.append(Problem("Unmasking needs a name", do="Say who decides it (--who)"))
    if problems:
        raise BadInput.many(problems)
    body = {"reason": reason.strip(), "scope": scope}
    return append(case.database, who=who, kind="unmasked", subject_kind="case", body=body)
