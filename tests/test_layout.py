"""Imports go one way: no room imports a room to its right."""

import ast
from pathlib import Path

import workbench

PACKAGE = Path(workbench.__file__).parent
DIRECTION = [
    {"inert"},
    {"element", "errors", "file_hash", "resources", "rows", "__init__"},
    {"language", "engine"},
    {"normalise"},
    {"tables"},
    {"load", "simulate"},
    {"quality"},
    {"detect"},
    {"explain"},
    {"known_answer"},
    {"case"},
    {"proof"},
    {"notice"},
    {"procedure"},
    {"figures"},
    {"appeal"},
    {"gate"},
    {"changes"},
    {"snapshot"},
    {"charts"},
    {"widgets"},
    {"dashboard"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
RANK = {room: rank for rank, rooms in enumerate(DIRECTION) for room in rooms}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "workbench" and len(parts) > 1 and parts[1] in RANK:
                rooms.add(parts[1])
    return rooms


def sources() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if "shipped" not in path.parts]


def test_every_room_has_its_place():
    assert {room_of(path) for path in sources()} == set(RANK)


def test_no_room_imports_to_its_right():
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {room}"
        for path in sources()
        for room in imported_rooms(path)
        if room != room_of(path) and RANK[room] >= RANK[room_of(path)]
    ]
    assert wrong == []


def test_a_wrong_import_would_be_seen(tmp_path: Path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text("from workbench.explain import screen\nimport workbench.case.folder\n")
    assert imported_rooms(wrong) == {"explain", "case"}
