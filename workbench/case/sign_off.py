"""The second reader: somebody who decided nothing agrees to exactly what is to be sent.

A sign-off is of a state of the case, and any later change to what would be sent makes it stale.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from datetime import datetime

import pandas as pd

from workbench.case.event import Event, canonical_json
from workbench.case.events import append
from workbench.case.folder import Case
from workbench.case.standing import Standing, standing_events
from workbench.errors import BadInput, Problem
from workbench.tables.loads import loads

__all__ = ["deciders", "sign_off", "sign_offs", "state_hash"]

# Events that change nothing of what is sent; whatever an undo takes back is seen by itself.
_APART = frozenset(
    {"note", "tag", "sign_off", "export", "retention", "purge", "undo", "merge", "clock"}
)
_COLUMNS = ["who", "at", "text", "state", "current", "second_person", "seq"]


def state_hash(case: Case, until: datetime | None = None) -> str:
    """SHA-256 of what would be sent: of the standing events it rests on, and of the tables.

    It stays the same when nothing of that changes, in every copy of the case, and after a purge.
    `until` (UTC) takes the events of an earlier day.
    """
    return _state(case, standing_events(case, until=until))


def sign_off(case: Case, *, who: str, text: str = "") -> Event:
    """A second person read what is to be sent, and agrees to it as it stands now.

    Raises BadInput when nothing has been decided yet, or `who` is nobody, or decided on any of
    what is to be sent.
    """
    decided = deciders(case)
    problems = []
    if not who.strip():
        problems.append(Problem("A sign-off needs a name", do="Say who read it"))
    if not decided:
        do = "Decide on the orders first"
        problems.append(Problem("Nothing has been decided yet: there is nothing to sign", do=do))
    elif _name(who) in decided:
        do = "Let somebody read it who decided nothing in this case"
        problems.append(Problem(f"{who.strip()} decided on these orders", do=do))
    if problems:
        raise BadInput.many(problems)
    return append(
        case.database,
        who=who,
        kind="sign_off",
        subject_kind="case",
        body={"state": state_hash(case), "text": text.strip()},
    )


def sign_offs(case: Case, until: datetime | None = None) -> pd.DataFrame:
    """Who signed, oldest first.

    Columns: who, at (UTC), text, state (hash of what was signed), current (it is what stands
    now), second_person (this person decided nothing that stands), seq. `until` (UTC) shows an
    earlier day.
    """
    standing = standing_events(case, until=until)
    state = _state(case, standing)
    decided = _names(one.who for one in standing if one.kind == "decision")
    rows = [
        {
            "who": one.who,
            "at": one.at,
            "text": one.body["text"],
            "state": one.body["state"],
            "current": one.body["state"] == state,
            "second_person": _name(one.who) not in decided,
            "seq": one.seq,
        }
        for one in standing
        if one.kind == "sign_off"
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame.astype({"current": bool, "second_person": bool})


def deciders(case: Case) -> frozenset[str]:
    """Names of those whose decisions stand, in the form in which names are compared."""
    return _names(one.who for one in standing_events(case, "decision"))


def _state(case: Case, standing: Iterable[Standing]) -> str:
    sent = [one.hash for one in standing if one.kind not in _APART]
    told = {"events": sent, "tables": loads(case.tables_dir)}
    return hashlib.sha256(canonical_json(told).encode("utf-8")).hexdigest()


def _names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(_name(one) for one in names)


def _name(who: str) -> str:
    # One person types a name in more than one way.
    return " ".join(unicodedata.normalize("NFKC", who).casefold().split())
