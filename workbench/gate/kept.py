"""Hash again what a case keeps: evidence, sources, submissions."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from workbench.case import Case, verify_chain
from workbench.file_hash import sha256_of

__all__ = ["changed_files", "keep_submission", "kept_submissions"]

_SUBMITTED = "submitted"


def changed_files(case: Case, evidence: Iterable[str]) -> tuple[int, list[str]]:
    """How many sources there are, and what is not what it was.

    Told are the first digits of the hash of each evidence file (of those given) or source that
    is gone or changed, and the numbers of events that break the chain.
    """
    sources = [path for path in _files(case.sources_dir) if len(path.name) == 64]
    wanted = [case.evidence_dir / sha for sha in dict.fromkeys(evidence)]
    changed = [path.name[:12] for path in [*wanted, *sources] if not _same(path)]
    return len(sources), [*changed, *(problem.where for problem in verify_chain(case.database))]


def keep_submission(case: Case, pack: Path) -> str:
    """Keep a copy of a pack that was sent, in `exports/submitted`; gives its SHA-256."""
    sha256 = sha256_of(pack)
    folder = case.exports_dir / _SUBMITTED
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{sha256}.zip"
    if not target.is_file():
        waiting = folder / f".{sha256}.part"
        shutil.copyfile(pack, waiting)
        waiting.replace(target)
    return sha256


def kept_submissions(case: Case) -> frozenset[str]:
    """SHA-256 of the submitted packs of which a whole copy is kept."""
    found = _files(case.exports_dir / _SUBMITTED)
    return frozenset(path.stem for path in found if path.suffix == ".zip" and _same(path))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def _same(path: Path) -> bool:
    """Whether a file that is named by its hash holds what it held."""
    return path.is_file() and sha256_of(path) == path.name.removesuffix(".zip")
