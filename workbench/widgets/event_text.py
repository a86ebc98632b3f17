"""What an event of the case says, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.language import Say, decision_word

__all__ = ["event_text", "kind_word"]

Row = Mapping[Any, Any]


def kind_word(say: Say, kind: str) -> str:
    """What a reader calls a kind of event."""
    return {
        "decision": say("Decision"),
        "note": say("Note"),
        "tag": say("Tag"),
        "evidence_added": say("Evidence added"),
        "evidence_linked": say("Evidence linked"),
        "evidence_withdrawn": say("Evidence withdrawn"),
        "evidence_superseded": say("Evidence replaced"),
        "timestamp": say("Time stamp"),
        "statement": say("Statement"),
        "selection": say("Selection"),
        "notice": say("Notice"),
        "confirmation": say("Confirmation"),
        "answer": say("Answer"),
        "submission": say("Appeal sent"),
        "reply": say("Reply of the platform"),
        "request": say("Request"),
        "sign_off": say("Sign-off"),
        "export": say("Export"),
        "unmasked": say("Unmasking"),
        "retention": say("Retention"),
        "purge": say("Purge"),
        "undo": say("Undo"),
        "merge": say("Merge of copies"),
        "clock": say("Clock"),
    }.get(kind, kind)


def event_text(row: Row, say: Say) -> str:
    """What a row of `history` says, in one line."""
    body, kind = row["body"], row["kind"]
    if kind == "decision":
        return f"{decision_word(say, body['decision'])} · {body['reason']}"
    if kind == "tag":
        if body["on"]:
            return say("{tag} put on", tag=body["tag"])
        return say("{tag} taken off", tag=body["tag"])
    if kind == "undo":
        taken = ", ".join(str(seq) for seq in row["of"])
        return say("took back event {events}: {reason}", events=taken, reason=body["reason"])
    told = (str(body[name]) for name in _TELLING.get(kind, ()) if body.get(name))
    return " · ".join(told)


# The fields of other kinds that tell most.
_TELLING = {
    "note": ("text",),
    "evidence_added": ("code", "name", "note"),
    "evidence_linked": ("sha256", "note"),
    "evidence_withdrawn": ("sha256", "reason"),
    "evidence_superseded": ("sha256", "reason"),
    "timestamp": ("authority", "at"),
    "statement": ("text",),
    "selection": ("name",),
    "confirmation": ("what", "value"),
    "answer": ("question", "answer", "text"),
    "submission": ("attempt", "channel", "reference"),
    "reply": ("attempt", "result", "reason"),
    "request": ("request", "to"),
    "sign_off": ("text",),
    "export": ("name",),
    "unmasked": ("scope", "reason"),
    "retention": ("until", "reason"),
    "purge": ("reason",),
    "merge": ("events",),
    "clock": ("reason",),
}
