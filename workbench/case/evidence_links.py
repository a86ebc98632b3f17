"""What every file of a case speaks for, worked out from the events that count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pandas as pd

from workbench.case.folder import Case
from workbench.case.standing import Standing, standing_events

__all__ = ["evidence_files"]

_COLUMNS = ["sha256", "name", "size", "subject", "subject_id", "code", "note", "who", "at", "seq"]
_COLUMNS += ["codes", "origin", "supplier", "captured_at", "copy", "system"]

_KINDS = ("evidence_added", "evidence_linked", "evidence_withdrawn", "evidence_superseded", "purge")
# What is said of a file is said of it wherever it speaks; the last word on each counts.
_OF_THE_FILE = ("origin", "supplier", "captured_at", "copy", "system")
_UNSAID = ("", "unknown")

Key = tuple[str, str, str]


def evidence_files(case: Case, until: datetime | None = None) -> pd.DataFrame:
    """What is attached today, one row per link of a file to a subject, oldest first.

    Columns: sha256, name, size (bytes), subject (order | group | case), subject_id, code (the
    first of codes, or ""), note, who, at (UTC), seq (number of the event), codes (list: what it
    shows), origin (where it came from), supplier (who gave it), captured_at (day or moment in
    ISO 8601, or ""), copy (original | copy | unknown), system (the source system a person named,
    or ""). A file that was superseded, withdrawn or purged has no row for what it no longer
    speaks for. `until` (UTC) shows an earlier day.
    """
    links = _Links(standing_events(case, *_KINDS, until=until))
    frame = pd.DataFrame(links.rows(), columns=_COLUMNS)
    frame["at"] = pd.to_datetime(frame["at"], utc=True).astype("datetime64[us, UTC]")
    return frame.astype({"size": "int64", "seq": "int64"})


class _Links:
    """The links of files to subjects after all the events; a dict keeps them oldest first."""

    def __init__(self, told: Iterable[Standing]) -> None:
        self._links: dict[Key, dict[str, Any]] = {}
        self._files: dict[str, dict[str, Any]] = {}
        for event in told:
            getattr(self, f"_{event.kind}")(event)

    def rows(self) -> list[dict[str, Any]]:
        """One record per link with what is said of its file."""
        return [
            {**link, **{name: self._files[link["sha256"]][name] for name in _OF_THE_FILE}}
            for link in self._links.values()
        ]

    def _evidence_added(self, event: Standing) -> None:
        body = event.body
        codes = list(body.get("codes") or ([body["code"]] if body["code"] else []))
        unsaid = {**dict.fromkeys(_OF_THE_FILE, ""), "copy": "unknown"}
        file = self._files.setdefault(body["sha256"], unsaid)
        for name in _OF_THE_FILE:
            if body.get(name, "") not in _UNSAID:
                file[name] = body[name]
        file |= {"name": body["name"], "size": body["size"], "codes": codes, "note": body["note"]}
        self._link(event, event.subject_kind, event.subject_id, body["sha256"], body["note"])

    def _evidence_linked(self, event: Standing) -> None:
        if event.body["sha256"] in self._files:
            sha256, note = event.body["sha256"], event.body["note"]
            self._link(event, event.subject_kind, event.subject_id, sha256, note)

    def _evidence_withdrawn(self, event: Standing) -> None:
        self._links.pop((event.subject_kind, event.subject_id, event.body["sha256"]), None)

    def _evidence_superseded(self, event: Standing) -> None:
        by = event.body["by"]
        if by not in self._files:  # its own event was undone: there is nothing to take the place
            return
        for kind, subject_id, sha256 in list(self._links):
            if sha256 == event.body["sha256"]:
                del self._links[kind, subject_id, sha256]
                if (kind, subject_id, by) not in self._links:
                    self._link(event, kind, subject_id, by, self._files[by]["note"])

    def _purge(self, event: Standing) -> None:
        gone = {
            file["sha256"] for file in event.body["files"] if file["path"].startswith("evidence/")
        }
        self._links = {key: link for key, link in self._links.items() if key[2] not in gone}

    def _link(self, event: Standing, kind: str, subject_id: str, sha256: str, note: str) -> None:
        file = self._files[sha256]
        codes = list(file["codes"])
        self._links[kind, subject_id, sha256] = {
            **{name: file[name] for name in ("name", "size")},
            "sha256": sha256,
            "subject": kind,
            "subject_id": subject_id,
            "codes": codes,
            "code": codes[0] if codes else "",
            "note": note,
            **{name: getattr(event, name) for name in ("who", "at", "seq")},
        }
