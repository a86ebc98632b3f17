"""The board as text: what each case is called, where it stands, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from workbench.language import words

__all__ = ["board_lines", "board_table", "next_step", "row_name", "state_text"]


def state_text(state: str, language: str) -> str:
    """What a state of the board is called."""
    say = words("notice", language)
    return {
        "cannot_open": say("cannot be read"),
        "urgent": say("urgent: evidence is missing"),
        "unknown_deadline": say("deadline not known"),
        "collect": say("evidence is missing"),
        "decide": say("to be decided"),
        "send": say("evidence is complete"),
        "waiting": say("appeal sent, no answer yet"),
        "past": say("deadline is over"),
        "exhausted": say("no attempt is left"),
        "no_notice": say("no notice"),
        "conceded": say("all conceded"),
        "settled": say("appeal accepted"),
    }[state]


def next_step(row: Mapping[Any, Any], language: str) -> str:
    """What somebody should do next about a row of the board."""
    say = words("notice", language)
    if row["state"] == "cannot_open":
        return say("Open it: {problem}", problem=row["problem"])
    if row["state"] in ("urgent", "collect"):
        if pd.isna(row["missing"]):
            return say("Ask the platform which orders it means")
        if row["decided"] == 0:
            return say("Decide the orders, and get evidence for those to defend")
        return say("Get evidence for {count} orders", count=int(row["missing"]))
    return {
        "unknown_deadline": say("Read the deadline from the notice and confirm it"),
        "decide": say("Decide the orders that are left"),
        "send": say("Run the gate, have it read a second time, send"),
        "waiting": say("Wait for the answer, then record it"),
        "past": say("See what comes next: `workbench procedure`"),
        "exhausted": say("See what comes next: `workbench procedure`"),
        "no_notice": say("Load or paste the notice"),
        "conceded": say("Nothing to appeal for: correct and prevent"),
        "settled": say("Nothing"),
    }[row["state"]]


def row_name(row: Mapping[Any, Any]) -> str:
    """What a row is called: the shop, else the folder of the case."""
    return str(row["shop"] or row["case"])


def board_table(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """The rows of `board_data` as a reader sees them."""
    say = words("notice", language)
    told = rows.to_dict("records")
    unknown = say("not known")

    def counted(name: str) -> list[str]:
        silent = {"cannot_open": "–", "no_notice": "–"}
        return [
            silent.get(row["state"], unknown) if pd.isna(row[name]) else f"{int(row[name]):,}"
            for row in told
        ]

    return pd.DataFrame(
        {
            say("Shop"): [row_name(row) for row in told],
            say("State"): [state_text(row["state"], language) for row in told],
            say("Days left"): counted("days_left"),
            say("Lacking evidence"): counted("missing"),
            say("Next"): [next_step(row, language) for row in told],
            say("Case"): [row["case"] for row in told],
            say("Platform"): [row["platform"] for row in told],
            say("Notice"): [row["notice_id"] or "–" for row in told],
            say("Deadline"): [
                f"{row['deadline']:%Y-%m-%d %H:%M}" if pd.notna(row["deadline"]) else empty
                for row, empty in zip(told, counted("days_left"), strict=True)
            ],
            say("Attempts left"): counted("attempts_left"),
            say("Orders named"): counted("named"),
            say("Not in the data"): counted("not_found"),
            say("Decided"): counted("decided"),
            say("Defended"): counted("defended"),
        }
    )


def board_lines(rows: pd.DataFrame, language: str) -> list[str]:
    """The board as lines, the most pressing first."""
    say = words("notice", language)
    if rows.empty:
        return [say("No case was found.")]
    table = board_table(rows, language)
    lines = []
    for row, told in zip(rows.to_dict("records"), table.to_dict("records"), strict=True):
        notice = f" {row['notice_id']}" if row["notice_id"] else ""
        lines.append(
            f"{row_name(row)} ({row['case']}){notice}: {state_text(row['state'], language)}"
        )
        if row["state"] not in ("cannot_open", "no_notice"):
            lines.append(
                "  "
                + say(
                    "until {deadline}, days left: {days}; attempts left: {attempts}; orders: "
                    "{named}, decided: {decided}, to defend: {defended}, lacking evidence: "
                    "{missing}",
                    deadline=told[say("Deadline")],
                    days=told[say("Days left")],
                    attempts=told[say("Attempts left")],
                    named=told[say("Orders named")],
                    decided=told[say("Decided")],
                    defended=told[say("Defended")],
                    missing=told[say("Lacking evidence")],
                )
            )
        lines.append(f"  → {told[say('Next')]}")
    return lines
