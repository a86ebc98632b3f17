"""Bring two copies of a case together again, such as two analysts' on two computers.

Nothing is overwritten: the other copy's events are added after this one's, each with where and
when it was first written. Where both decided about the same order without seeing each other,
both decisions stand in the case and `workbench.case.conflicts` names them.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.case.atomic import write_atomically
from workbench.case.event import FIRST_HASH, Event
from workbench.case.events import take_over, verify_chain
from workbench.case.folder import Case
from workbench.case.mask import KEY_FILE
from workbench.case.purge import finish_purges
from workbench.errors import BadInput, Problem
from workbench.file_hash import sha256_of

__all__ = ["Merged", "merge"]


@dataclass(frozen=True)
class Merged:
    """What came over: how many events, and the evidence files; `only_there` are sources to load.

    `only_there` names original files that the other copy loaded and this one did not, by
    SHA-256: they are not taken over, because a case is screened on what it loaded itself.
    """

    events: int
    files: tuple[str, ...]
    only_there: tuple[str, ...]


def merge(case: Case, other: Case, *, who: str) -> Merged:
    """Add to `case` what was done in `other`, a copy of it. `other` stays as it is.

    Merging the same copy again adds nothing. What the other copy purged is purged here too.
    Raises BadInput, and changes nothing, when the two are not copies of one case, the chain of
    either is broken, or an evidence file of the other copy is not what it was.
    """
    _check_same(case, other)
    own = case.database.read()
    theirs = other.database.read()
    known = {event.identity for event in own}
    new = [event for event in theirs if event.identity not in known and event.kind != "merge"]
    sources = _names(other.sources_dir) - _names(case.sources_dir)
    if not new:
        return Merged(0, (), tuple(sorted(sources)))
    files = _evidence_to_take(case, other)
    for name in files:
        _copy(other.evidence_dir / name, case.evidence_dir / name)
    if (key := _key(other)) is not None and _key(case) is None:
        write_atomically(case.path / KEY_FILE, key)
    body = {
        "other_head": theirs[-1].hash,
        "last_common": _last_common(own, theirs),
        "events": len(new),
    }
    last = {"who": who, "kind": "merge", "subject_kind": "case", "body": body}
    take_over(case.database, new, last, check=lambda: _check_unchanged(case, own))
    finish_purges(case)
    return Merged(len(new), tuple(files), tuple(sorted(sources)))


def _check_same(case: Case, other: Case) -> None:
    problems = []
    keys = {key for key in (_key(case), _key(other)) if key is not None}
    if case.path.resolve() == other.path.resolve():
        problems.append(Problem("This is the case itself", str(other.path), "Name the other copy"))
    elif not case.id or case.id != other.id:
        do = "Merge only copies of one case: case.toml of both must hold the same id"
        problems.append(Problem("These are two different cases", str(other.path), do))
    elif len(keys) > 1:
        what = "The two copies mask personal data with different keys"
        do = f"Copy {KEY_FILE} from one to the other, and publish and pack anew"
        problems.append(Problem(what, str(other.path / KEY_FILE), do))
    problems += [*verify_chain(case.database), *verify_chain(other.database)]
    if problems:
        raise BadInput.many(problems)


def _key(case: Case) -> bytes | None:
    """The key of the aliases; None as long as nothing was ever masked."""
    path = case.path / KEY_FILE
    return path.read_bytes() if path.is_file() else None


def _check_unchanged(case: Case, own: Sequence[Event]) -> None:
    now = case.database.read()
    if [event.hash for event in now] != [event.hash for event in own]:
        raise BadInput(
            "Somebody wrote to the case while it was being merged: nothing was taken over",
            case.database.name,
            "Merge again",
        )


def _last_common(own: Sequence[Event], theirs: Sequence[Event]) -> str:
    last = FIRST_HASH
    for one, other in zip(own, theirs, strict=False):
        if one.hash != other.hash:
            break
        last = one.hash
    return last


def _evidence_to_take(case: Case, other: Case) -> list[str]:
    problems, wanted = [], []
    for name in sorted(_names(other.evidence_dir) - _names(case.evidence_dir)):
        file = other.evidence_dir / name
        if sha256_of(file) == name:
            wanted.append(name)
        else:
            do = "Put the original back there, then merge again"
            problems.append(Problem("This evidence file is not what it was", str(file), do))
    if problems:
        raise BadInput.many(problems)
    return wanted


def _names(folder: Path) -> set[str]:
    """Names of whole files; what is only just being written begins with a dot."""
    if not folder.is_dir():
        return set()
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting = target.with_name(f".{target.name}")
    try:
        shutil.copyfile(source, waiting)
        waiting.chmod(0o600)
        waiting.replace(target)
    except OSError as error:
        raise BadInput(
            f"An evidence file cannot be taken over: {error.strerror}", str(target)
        ) from None
    finally:
        waiting.unlink(missing_ok=True)
