"""Named queries, kept as events of the case."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from workbench.case.event import Event
from workbench.case.events import append
from workbench.case.folder import Case
from workbench.case.selections.query import query_problems
from workbench.case.standing import standing_events
from workbench.errors import BadInput, Problem

__all__ = ["save_selection", "selection", "selections"]

_LONGEST = 80
_COLUMNS = ["name", "query", "who", "at", "seq", "hash"]


def save_selection(case: Case, name: str, query: Mapping[str, Any], *, who: str) -> Event:
    """Keep a query under a name; it is in the case's database on return.

    A query of the same name that was kept earlier is replaced, and stays in the events; `undo`
    takes the newer one back. Raises BadInput with every problem at once: of the name, of who,
    and of the query.
    """
    name = " ".join(name.split())
    problems = []
    if not name or len(name) > _LONGEST or any(map(_unseen, name)):
        do = f"Give 1 to {_LONGEST} characters that can be seen"
        problems.append(Problem("A selection needs a name", do=do))
    if not who.strip():
        problems.append(Problem("A selection needs to say who made it", do="Give your name"))
    problems += query_problems(query)
    if problems:
        raise BadInput.many(problems)
    body = {"name": name, "query": dict(query)}
    return append(case.database, who=who, kind="selection", subject_kind="case", body=body)


def selections(case: Case, until: datetime | None = None) -> pd.DataFrame:
    """The selections that count, the one kept last at the end.

    Columns: name, query (an object as `parse_query` takes it), who, at (UTC), seq and hash (of
    the event). `until` (UTC) shows an earlier day. One whose query was purged is left out.
    """
    standing: dict[str, dict[str, object]] = {}
    for one in standing_events(case, "selection", until=until):
        if one.purged or not one.body["query"]:
            continue
        standing.pop(one.body["name"], None)
        told = {name: getattr(one, name) for name in ("who", "at", "seq", "hash")}
        standing[one.body["name"]] = {**one.body, **told}
    frame = pd.DataFrame(list(standing.values()), columns=_COLUMNS)
    frame["at"] = pd.to_datetime(frame["at"], utc=True).astype("datetime64[us, UTC]")
    return frame.astype({"seq": "int64"})


def selection(case: Case, name: str, until: datetime | None = None) -> dict[str, Any]:
    """The query that is kept under a name; raises BadInput when there is none."""
    kept = selections(case, until)
    found = kept.loc[kept["name"] == " ".join(name.split()), "query"]
    if found.empty:
        listed = ", ".join(kept["name"]) or "none is kept yet"
        raise BadInput(f"There is no selection {name!r}", do=f"One of: {listed}")
    return dict(found.iloc[0])


def _unseen(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "C"
