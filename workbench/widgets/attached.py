"""The evidence files of a group and its orders, as a table."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
from markupsafe import Markup

from workbench.case import Case
from workbench.element import tag
from workbench.language import Say
from workbench.proof import SYSTEMS, evidence_table
from workbench.widgets.markup import table
from workbench.widgets.wording import local_time

__all__ = ["attached_evidence", "attached_table", "copy_word"]


def attached_evidence(case: Case, subjects: Collection[str]) -> pd.DataFrame:
    """The rows of `evidence_table` that speak for one of these; its `subjects` are their ids."""
    wanted = set(subjects)
    found = evidence_table(case)
    own = [
        [one for kind, one in links if kind != "case" and one in wanted]
        for links in found["subjects"]
    ]
    found = found.assign(subjects=pd.Series(own, found.index, dtype=object))
    return found[[bool(links) for links in own]].reset_index(drop=True)


def attached_table(files: pd.DataFrame, zone: str, say: Say, language: str) -> Markup:
    """The rows of `attached_evidence`: what each is, where it comes from, what it speaks for."""
    if files.empty:
        return tag("p", say("No file is attached to it yet."), class_="wb-quiet")
    rows = [
        (
            row["name"],
            " ".join(row["codes"]) or "–",
            getattr(SYSTEMS.get(row["system"]), language, say("not known")),
            copy_word(say, row["copy"]),
            "; ".join(one for one in (row["origin"], row["supplier"]) if one) or "–",
            row["captured_at"].replace("T", " ")[:16] or "–",
            ", ".join(row["subjects"]),
            row["note"],
            say("{size:,} bytes", size=row["size"]),
            tag("code", row["sha256"][:12], title=row["sha256"]),
            f"{row['who']}, {local_time(row['at'], zone)[:16]}",
        )
        for row in files.to_dict("records")
    ]
    heads = (
        say("File"),
        say("Code"),
        say("Source system"),
        say("Original?"),
        say("Origin"),
        say("Made on"),
        say("Speaks for"),
        say("Note"),
        say("Size"),
        "SHA-256",
        say("Attached by"),
    )
    return table(heads, rows, caption=say("Attached files"))


def copy_word(say: Say, copy: str) -> str:
    """Whether it is the original, in one word."""
    return {
        "original": say("original"),
        "copy": say("copy"),
        "unknown": say("not known"),
    }[copy]
