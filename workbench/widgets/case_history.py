"""What people did about a group and its orders, as the case's events tell it."""

from __future__ import annotations

import json
from collections.abc import Collection

import pandas as pd
from markupsafe import Markup

from workbench.case import Case, events, evidence_files
from workbench.element import tag
from workbench.language import Say, decision_word
from workbench.widgets.markup import table
from workbench.widgets.wording import local_time

__all__ = ["attached_files", "attached_html", "decision_history", "history_html"]


def decision_history(case: Case, subjects: Collection[str]) -> pd.DataFrame:
    """Every decision on one of the subjects (ids of groups or orders), newest first.

    Columns: seq, at (UTC), who, subject_id, decision, reason, evidence (number of files).
    """
    found = events(case.database)
    found = found[(found["kind"] == "decision") & found["subject_id"].isin(list(subjects))]
    bodies = [json.loads(body) for body in found["body"]]
    frame = found[["seq", "at", "who", "subject_id"]].assign(
        decision=[body["decision"] for body in bodies],
        reason=[body["reason"] for body in bodies],
        evidence=[len(body["evidence"]) for body in bodies],
    )
    return frame.sort_values("seq", ascending=False).reset_index(drop=True)


def history_html(history: pd.DataFrame, zone: str, say: Say) -> Markup:
    """The rows of `decision_history` as a table; times as the shop's clock shows them."""
    if history.empty:
        return tag("p", say("Nothing has been decided about it yet."), class_="wb-quiet")
    rows = (
        (
            row["seq"],
            local_time(row["at"], zone),
            row["who"],
            row["subject_id"],
            decision_word(say, row["decision"]),
            row["reason"],
            row["evidence"],
        )
        for row in history.to_dict("records")
    )
    heads = (
        say("Event"),
        say("When"),
        say("Who"),
        say("Of what"),
        say("Decision"),
        say("Reason"),
        say("Files it rests on"),
    )
    return table(heads, rows, caption=say("Decisions so far, newest first"))


def attached_files(case: Case, subjects: Collection[str]) -> pd.DataFrame:
    """The files attached to one of the subjects, oldest first, as `evidence_files` tells them."""
    files = evidence_files(case)
    return files[files["subject_id"].isin(list(subjects))].reset_index(drop=True)


def attached_html(files: pd.DataFrame, zone: str, say: Say) -> Markup:
    """The attached files as a table."""
    if files.empty:
        return tag("p", say("No file is attached to it yet."), class_="wb-quiet")
    rows = (
        (
            row["name"],
            row["code"],
            row["subject_id"],
            say("{size:,} bytes", size=row["size"]),
            tag("code", row["sha256"]),
            row["note"],
            row["who"],
            local_time(row["at"], zone),
        )
        for row in files.to_dict("records")
    )
    heads = (
        say("File"),
        say("Code"),
        say("Of what"),
        say("Size"),
        "SHA-256",
        say("Note"),
        say("Who"),
        say("When"),
    )
    return table(heads, rows, caption=say("Attached files"))
