"""Check 9: pictures are original, in colour, complete, legible and within limits (R01-R04)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from workbench.gate.picture import picture
from workbench.gate.verdict import (
    FAILED,
    PASSED,
    Known,
    Question,
    Tell,
    Verdict,
)
from workbench.language import Say

__all__ = ["FAULTS", "picture_rows", "pictures_fit"]

FAULTS = ("copy", "black_and_white", "cut_off", "too_small", "too_large")


def picture_rows(
    files: pd.DataFrame,
    read: Callable[[str], bytes],
    *,
    least_pixels: int,
    max_bytes: int | None,
) -> pd.DataFrame:
    """The pictures among the evidence: sha256, name, size, format, width, height, faults.

    `files` has sha256, name, size, copy (original | copy | unknown or ""); `read` gives the bytes
    of a file. faults are of FAULTS: told to be a copy; stored without colour; its end is missing;
    its shorter side has fewer than `least_pixels`; more than `max_bytes` (no limit known: None).
    """
    rows = []
    for row in files.drop_duplicates("sha256").to_dict("records"):
        shown = picture(read(row["sha256"]))
        if shown is None:
            continue
        short = min(shown.width, shown.height)
        found = {
            "copy": row["copy"] == "copy",
            "black_and_white": shown.colour is False,
            "cut_off": shown.whole is False,
            "too_small": 0 < short < least_pixels,
            "too_large": max_bytes is not None and row["size"] > max_bytes,
        }
        rows.append(
            {
                **{name: row[name] for name in ("sha256", "name", "size")},
                **{name: getattr(shown, name) for name in ("format", "width", "height")},
                "faults": tuple(name for name in FAULTS if found[name]),
            }
        )
    columns = ["sha256", "name", "size", "format", "width", "height", "faults"]
    return pd.DataFrame(rows, columns=columns)


def pictures_fit(pictures: pd.DataFrame, known: Known) -> Verdict:
    """Whether no picture has a fault, and a person has looked at each.

    `pictures` are the rows of `picture_rows`. What a program cannot see is asked picture by
    picture.
    """
    if pictures.empty:
        question = Question("gate.9", _none)
        told: Tell = lambda say: say("There is no picture among the evidence.")  # noqa: E731
        return Verdict(known.state(question), [told], questions=[question])
    rows = pictures.to_dict("records")
    faulty = [row for row in rows if row["faults"]]
    questions = [_look(row) for row in rows if not row["faults"]]
    sentences: list[Tell] = [
        lambda say: say(
            "Pictures: {count}; with a fault: {faulty}; looked at by a person: {seen}.",
            count=len(rows),
            faulty=len(faulty),
            seen=known.count(questions, PASSED),
        )
    ]
    sentences += [_fault(row) for row in faulty]
    if refused := known.count(questions, FAILED):
        sentences.append(
            lambda say: say("Pictures that a person found unfit: {count}.", count=refused)
        )
    state = known.worst(questions) if not faulty else FAILED
    return Verdict(state, sentences, questions=questions)


def _fault(row: dict[Any, Any]) -> Tell:
    def told(say: Say) -> str:
        words = {
            "copy": say("a copy, not the original"),
            "black_and_white": say("without colour"),
            "cut_off": say("its end is missing"),
            "too_small": say(
                "too small to read ({width} × {height} pixels)",
                width=row["width"],
                height=row["height"],
            ),
            "too_large": say("larger than the platform takes ({size:,} bytes)", size=row["size"]),
        }
        return say(
            "{file}: {faults}.",
            file=row["sha256"][:12],
            faults=say(", ").join(str(words[one]) for one in row["faults"]),
        )

    return told


def _look(row: dict[Any, Any]) -> Question:
    def ask(say: Say) -> str:
        return say(
            "Open picture {file}: is it the original, in colour, complete (sender, consignee, "
            "waybill, carrier) and legible?",
            file=row["sha256"][:12],
        )

    return Question(f"gate.9.{row['sha256'][:12]}", ask, quote=str(row["name"]), worded=False)


def _none(say: Say) -> str:
    return say(
        "No picture is among the evidence. Does the platform's form ask for none? Who says so?"
    )
