"""The invented word lists of the room, read from TOML."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["words"]


@cache
def words(name: str) -> dict[str, Any]:
    """The word list `name`: people, places, items or talk."""
    text = (files("workbench.simulate") / "words" / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)
