"""With which settings and versions a case was screened, as the pack tells them."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import workbench
from workbench.case import Case
from workbench.explain import Assessment
from workbench.explain.constants import constants
from workbench.explain.moved import Constant

__all__ = ["case_settings", "constants_sha256", "versions"]

# What counts: the engine, and the libraries that statistics come from.
_PACKAGES = ("duckdb", "ibis-framework", "networkx", "numpy", "pandas", "pyarrow", "scipy")
_ROOMS = ("detect", "engine", "explain", "normalise", "tables")
_WORDS = ("language/zh/explain.po", "language/zh/language.po")


def case_settings(case: Case, assessment: Assessment) -> dict[str, Any]:
    """The settings of the case and of the screening.

    `constants` are all that the screening uses, with their SHA-256; `screening` is the summary of
    the assessment, which tells whether q-values were held against shuffles.
    """
    used = constants()
    summary = json.loads(json.dumps(assessment.summary))
    summary.get("null", {}).pop("seconds", None)
    return {
        "case": {name: getattr(case, name) for name in ("platform", "zone", "language", "currency")}
        | {"now": case.now().replace(microsecond=0).isoformat()},
        "screening": summary,
        "constants": _listed(used),
        "constants_sha256": constants_sha256(used),
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
    code = [path for room in _ROOMS for path in sorted((package / room).rglob("*"))]
    for path in [*code, *(package / name for name in _WORDS)]:
        if path.suffix in {".py", ".toml", ".po", ".csv"}:
            digest.update(f"{path.relative_to(package).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def constants_sha256(used: Sequence[Constant]) -> str:
    """The SHA-256 of constants with their values."""
    text = json.dumps(_listed(used), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _listed(used: Sequence[Constant]) -> list[dict[str, Any]]:
    return [
        {"room": one.room, "name": one.name, "value": one.value, "reason": one.reason}
        for one in used
    ]
