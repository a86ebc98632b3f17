"""With which settings and versions a case was screened, as the pack tells them."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import workbench
from workbench.case import Case
from workbench.explain import Assessment
from workbench.explain.constants import constants

__all__ = ["case_settings", "versions"]

# What counts: the engine, and the libraries that statistics come from.
_PACKAGES = ("duckdb", "ibis-framework", "networkx", "numpy", "pandas", "pyarrow", "scipy")
_ROOMS = ("detect", "engine", "explain", "language", "normalise", "tables")


def case_settings(case: Case, assessment: Assessment) -> dict[str, Any]:
    """The settings of the case and of the screening.

    `constants` are all that the screening uses, with their SHA-256; `screening` is the summary of
    the assessment, which tells whether q-values were held against shuffles.
    """
    used = [
        {"room": one.room, "name": one.name, "value": one.value, "reason": one.reason}
        for one in constants()
    ]
    summary = json.loads(json.dumps(assessment.summary))
    summary.get("null", {}).pop("seconds", None)
    return {
        "case": {name: getattr(case, name) for name in ("platform", "zone", "language", "currency")}
        | {"now": case.now().replace(microsecond=0).isoformat()},
        "screening": summary,
        "constants": used,
        "constants_sha256": _sha256(used),
    }


def versions() -> dict[str, Any]:
    """Python, the workbench with the SHA-256 of its code that screens, and the packages."""
    return {
        "python": platform.python_version(),
        "workbench": workbench.__version__,
        "code_sha256": _code(),
        "packages": {name: _version(name) for name in _PACKAGES},
    }


def _code() -> str:
    package = Path(workbench.__file__).parent
    digest = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((package / room).rglob("*")):
            if path.suffix in {".py", ".toml", ".po", ".csv"}:
                digest.update(f"{path.relative_to(package).as_posix()}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _sha256(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()
