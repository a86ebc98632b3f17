"""What the code says, read from its source, and what the catalogues translate."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po


@dataclass(frozen=True)
class Said:
    """One call of `say`: its text (None when it is no literal), figures (None when open)."""

    where: str
    text: str | None
    figures: frozenset[str] | None


def said_in(path: Path, root: Path) -> list[Said]:
    """The calls `say("…", figure=…)` in a source file."""
    calls = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and _name(node.func).lstrip("_") == "say"):
            continue
        first = node.args[0] if len(node.args) == 1 else None
        literal = isinstance(first, ast.Constant) and isinstance(first.value, str)
        names = [keyword.arg for keyword in node.keywords]
        calls.append(
            Said(
                f"{path.relative_to(root)}:{node.lineno}",
                first.value if literal else None,
                None if None in names else frozenset(names),
            )
        )
    return calls


def _name(function: ast.expr) -> str:
    """`say` of say(…), `_say` of self._say(…)."""
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def rooms_asked_in(path: Path) -> set[str]:
    """The rooms named in calls `words("room", …)` where `words` is that of the language room."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    if not any(
        isinstance(node, ast.ImportFrom)
        and node.module == "workbench.language"
        and "words" in {alias.name for alias in node.names}
        for node in nodes
    ):
        return set()
    return {
        node.args[0].value
        for node in nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "words"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def translated(path: Path) -> dict[str, str]:
    """English → Chinese of a catalogue; doubtful ("fuzzy") entries count as not translated."""
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        entries = [entry for entry in read_po(file, locale="zh_CN") if entry.id]
    return {str(e.id): "" if e.fuzzy else str(e.string) for e in entries}


def places(text: str) -> frozenset[str]:
    """The {named} places of a text, without their formats."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
