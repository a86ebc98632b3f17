"""Time stamps of a case's evidence and packs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from workbench.case import open_case
from workbench.errors import BadInput, Problem
from workbench.proof.timestamps import (
    TimeToken,
    check_timestamps,
    keep_answer,
    read_roots,
    stamp,
    timestamps,
    write_request,
)

__all__ = ["StampCheck", "ask_for_stamp", "check_stamps", "keep_stamp", "request_stamp"]


@dataclass(frozen=True)
class StampCheck:
    """The time stamps as `workbench.proof.timestamps` gives them, and what is wrong with them.

    `checked` is False where no roots were given to hold them against.
    """

    stamps: pd.DataFrame
    problems: tuple[Problem, ...]
    checked: bool


def request_stamp(case: Path, what: str, out: Path) -> Path:
    """Write the request for a stamp of `what` (an evidence file's SHA-256, or a path) to `out`."""
    return write_request(open_case(case), what, out)


def ask_for_stamp(
    case: Path, what: str, authority: str, *, who: str, roots: Path | None = None
) -> TimeToken:
    """Ask the authority at this address for a stamp and keep it; sends the SHA-256 alone."""
    trusted = read_roots(roots) if roots else ()
    return stamp(open_case(case), what, authority, who=who, roots=trusted)


def keep_stamp(
    case: Path, what: str, answer: Path, *, who: str, authority: str = "", roots: Path | None = None
) -> TimeToken:
    """Keep an authority's answer that was got elsewhere (a .tsr file)."""
    try:
        content = answer.read_bytes()
    except OSError as error:
        raise BadInput(f"The answer cannot be read: {error.strerror}", str(answer)) from None
    trusted = read_roots(roots) if roots else ()
    return keep_answer(open_case(case), what, content, who=who, authority=authority, roots=trusted)


def check_stamps(case: Path, roots: Path | None = None) -> StampCheck:
    """The time stamps of a case; with `roots` each is checked, without any network."""
    opened = open_case(case)
    problems = check_timestamps(opened, read_roots(roots)) if roots else []
    return StampCheck(timestamps(opened), tuple(problems), roots is not None)
