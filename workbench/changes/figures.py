"""Which figures of a letter are no longer what they were."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

__all__ = ["figure_changes"]

_COLUMNS = ["state", "name", "before", "after"]


def figure_changes(
    before: Mapping[str, Mapping[str, str]],
    after: Mapping[str, Mapping[str, str]],
    same: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """One row per figure that stands on either side: state, name, before, after (texts).

    `before` and `after` give name and value by id. Ids are only numbers of the order in which
    figures were told, so that figures are held against each other by name; figures of one name
    by their order. A group that has another id by now is still the same one: `same` gives the new
    id by the former. state is same, changed, gone or new; what is absent is "".
    """
    old, new = _by_name(before, same or {}), _by_name(after, {})
    rows = []
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key), new.get(key)
        if was is None:
            state = "new"
        elif now is None:
            state = "gone"
        else:
            state = "same" if was == now else "changed"
        rows.append((state, key[0], was or "", now or ""))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _by_name(
    figures: Mapping[str, Mapping[str, str]], same: Mapping[str, str]
) -> dict[tuple[str, int], str]:
    seen: dict[str, int] = {}
    found = {}
    for one in figures.values():
        name = one["name"]
        for former, now in same.items():
            name = name.replace(former, now)
        number = seen[name] = seen.get(name, -1) + 1
        found[name, number] = one["value"]
    return found
