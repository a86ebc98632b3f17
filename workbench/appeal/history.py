"""The events of a case as lines of JSON, fit to be handed over."""

from __future__ import annotations

import json
from collections.abc import Mapping

from workbench.appeal.privacy import Conceal
from workbench.case import Case, events
from workbench.case.events import canonical_json

__all__ = ["event_lines"]

# Ids, hashes and words of the program: to look for contacts in them would only damage them.
_EXACT = ("sha256", "evidence", "order_ids", "decision", "code", "size")


def event_lines(case: Case, conceal: Conceal) -> bytes:
    """One event per line, oldest first, with all its fields.

    The hash of an event is the SHA-256 of the canonical JSON (keys sorted, no blanks, UTF-8) of
    its other fields, `body` taken as the text it is. Where `conceal` changed the body the line
    says "masked": true: its hash is that of the original and cannot be made again from the
    line, but the next event still names it.
    """
    lines = []
    for event in events(case.database).to_dict("records"):
        told = {str(name): value for name, value in event.items()}
        told["at"] = event["at"].isoformat(timespec="microseconds")
        body = json.loads(event["body"])
        shown = {name: _shown(name, value, conceal) for name, value in body.items()}
        if shown != body:
            told |= {"body": canonical_json(shown), "masked": True}
        lines.append(canonical_json(told) + "\n")
    return "".join(lines).encode()


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
