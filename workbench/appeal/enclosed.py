"""Files that go into a pack byte for byte: evidence, and the time stamps on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.appeal.matter import Matter
from workbench.appeal.names import safe_name
from workbench.case import Case
from workbench.errors import BadInput, Problem
from workbench.file_hash import sha256_of
from workbench.proof.timestamps import timestamps
from workbench.rows import each

__all__ = ["Enclosed", "check_enclosed", "enclosed"]


@dataclass(frozen=True)
class Enclosed:
    """A file that goes in byte for byte, and what it was when it was kept."""

    what: str
    path: Path
    sha256: str


def enclosed(case: Case, matter: Matter) -> dict[str, Enclosed]:
    """Evidence files and the time stamps on them, by their path in the pack."""
    found = {}
    for row in each(matter.exhibits):
        # A long name is cut once more for what stands in front of it; its ending stays.
        name = safe_name(f"{row.sha256[:12]}_{safe_name(row.name)}")
        what = f"The evidence file {row.name}"
        found[f"evidence/{name}"] = Enclosed(what, row.path, row.sha256)
    shown = set(matter.exhibits["sha256"])
    for row in each(timestamps(case)):
        if row.sha256 in shown:
            what = f"The time stamp of event {row.seq}"
            name = f"timestamps/{row.sha256[:12]}_event-{row.seq}.tsr"
            found[name] = Enclosed(what, case.evidence_dir / row.token, row.token)
    return found


def check_enclosed(files: Mapping[str, Enclosed]) -> None:
    """Raise BadInput, naming each, where one of the files is gone or no longer what it was."""
    problems = []
    do = "Put the original back from a copy; do not use this one"
    for one in files.values():
        if not one.path.is_file():
            problems.append(Problem(f"{one.what} is gone", str(one.path), do))
        elif sha256_of(one.path) != one.sha256:
            what = f"{one.what} is not what it was when it was attached"
            problems.append(Problem(what, str(one.path), do))
    if problems:
        raise BadInput.many(problems)
