"""Check that a pack is what it was."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.appeal import checker
from workbench.errors import BadInput, Problem

__all__ = ["Verification", "verify_pack"]


@dataclass(frozen=True)
class Verification:
    """Whether a pack is what it was, and if not, which file is not.

    `files` are the paths inside the pack; `seal` is the SHA-256 of its tag manifest ("" without
    one), to be compared with the seal that the sender told.
    """

    ok: bool
    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    seal: str


def verify_pack(path: Path, seal: str = "") -> Verification:
    """Check a pack by the same code that travels inside it as verify.py.

    Finds changed, missing and added files, changed manifests, doubled entries, unsafe paths, a
    wrong Payload-Oxum, a cut-off zip file, and files that unpack beyond measure. With `seal`
    also whether the pack has that seal. Raises BadInput when there is no such file or it is no
    zip file at all.
    """
    try:
        result = checker.check(Path(path), seal)
    except checker.NotAPack as error:
        raise BadInput(str(error), str(path), "Give the zip file of a pack") from None
    except OSError as error:
        raise BadInput(f"The file cannot be read: {error.strerror}", str(path)) from None
    problems = tuple(Problem(fault.what, fault.where) for fault in result.faults)
    return Verification(not problems, problems, result.files, result.seal)
