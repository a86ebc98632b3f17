"""Every constant of the screening, with the reason that stands beside it."""

from __future__ import annotations

import ast
import inspect
import tomllib
from pathlib import Path

from workbench.detect import constants as _detect
from workbench.explain import rules as _rules
from workbench.explain.moved import Constant

__all__ = ["constant_names", "constants"]

_TABLES = ("weighing", "merging", "cuts")


def constants() -> list[Constant]:
    """The constants of the detectors, of weighing and merging, the cuts and the factors.

    Only numbers (or several numbers): names and lists of names are no constants to move.
    """
    return [*_of_detectors(), *_of_rules(), *_factors()]


def constant_names() -> list[str]:
    """The names of all constants that can be moved."""
    return [one.name for one in constants()]


def _of_detectors() -> list[Constant]:
    """The names of workbench.detect.constants; the reason is the text below one or several."""
    found: list[Constant] = []
    waiting: list[str] = []
    for node in ast.parse(inspect.getsource(_detect)).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            waiting.append(node.targets[0].id)
        elif waiting and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            reason = " ".join(str(node.value.value).split())
            values = ((name, getattr(_detect, name)) for name in waiting)
            found += [Constant("detect", n, value, reason) for n, value in values if _number(value)]
            waiting = []
    return found


def _of_rules() -> list[Constant]:
    """The numbers of rules.toml; the reason is their own, or the comment above them."""
    text = Path(_rules.__file__).with_name("rules.toml").read_text(encoding="utf-8")
    entries, comments = tomllib.loads(text), _comments(text)
    return [
        Constant(table, name, entry["value"], entry.get("reason") or comments[table, name])
        for table in _TABLES
        for name, entry in entries[table].items()
    ]


def _factors() -> list[Constant]:
    return [
        Constant("tests", name, rule.factor, rule.reason) for name, rule in _rules.TESTS.items()
    ]


def _comments(text: str) -> dict[tuple[str, str], str]:
    """The comment above each entry of a TOML file, by table and name."""
    said: dict[tuple[str, str], str] = {}
    table, lines = "", []
    for line in text.splitlines():
        if line.startswith("#"):
            lines.append(line.lstrip("# "))
            continue
        if line.startswith("["):
            table = line.strip("[]")
        elif " = " in line:
            said[table, line.split(" = ", 1)[0]] = " ".join(lines)
        lines = []
    return said


def _number(value: object) -> bool:
    if isinstance(value, tuple):
        return all(_number(one) for one in value)
    return isinstance(value, (int, float)) and not isinstance(value, bool)
