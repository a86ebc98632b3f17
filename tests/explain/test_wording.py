"""Every text of the room has its Chinese, with the same figures, and none is left over."""

import ast
import re
from pathlib import Path

import workbench.explain
from workbench.language.words import catalogue

ROOM = Path(workbench.explain.__file__).parent


def texts() -> set[str]:
    found = set()
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                assert isinstance(node.args[0], ast.Constant), f"{path.name}: {node.lineno}"
                found.add(node.args[0].value)
    return found


def test_the_catalogue_is_complete_and_has_no_dead_entries():
    assert texts() == set(catalogue("explain"))


def test_both_languages_show_the_same_figures():
    for english, chinese in catalogue("explain").items():
        assert sorted(re.findall(r"{(\w+)}", english)) == sorted(re.findall(r"{(\w+)}", chinese))
        assert re.search("[一-龥]", chinese)
