"""The events of a case as lines of JSON, fit to be handed over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workbench.appeal.privacy import Conceal
from workbench.case import Case, events
from workbench.case.event import canonical_json
from workbench.case.store import EVENT_FIELDS

__all__ = ["event_lines"]

# Ids, hashes and words of the program: to look for contacts in them would only damage them.
_EXACT = ("sha256", "evidence", "order_ids", "decision", "code", "codes", "size", "events", "seen")


def event_lines(case: Case, conceal: Conceal) -> bytes:
    """One event per line, oldest first.

    Each line has the fields that the event's hash binds, the hash, and the body. The hash is the
    SHA-256 of the canonical JSON (keys sorted, no blanks, UTF-8) of the bound fields; one of them
    is `body_hash`, the SHA-256 of the salt, a line feed and the body's canonical JSON. Where
    `conceal` changed the body the line says "masked": true and keeps the salt back: the chain
    can still be checked as a whole, and the body later be shown to whoever may see it.
    """
    lines = []
    for event in events(case.database).to_dict("records"):
        told = {name: event[name] for name in EVENT_FIELDS}
        told["at"] = event["added_at"].isoformat(timespec="microseconds")
        told["hash"] = event["hash"]
        body = json.loads(event["body"])
        shown = {name: _shown(name, value, conceal) for name, value in body.items()}
        told["body"] = shown
        told |= _beside(event, masked=shown != body)
        lines.append(canonical_json(told) + "\n")
    return "".join(lines).encode()


def _beside(event: Mapping[Any, Any], *, masked: bool) -> dict[str, object]:
    if event["purged"]:
        return {"purged": True}
    return {"masked": True} if masked else {"salt": event["salt"]}


def _shown(name: str, value: object, conceal: Conceal) -> object:
    if name in _EXACT:
        return value
    if isinstance(value, str):
        return conceal(value)
    if isinstance(value, Mapping):
        return {key: _shown(str(key), one, conceal) for key, one in value.items()}
    if isinstance(value, list):
        return [_shown("", one, conceal) for one in value]
    return value
