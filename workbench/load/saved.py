"""The mappings that a user has confirmed, kept in the user's own folder for files like the first.

The folder is that of the operating system for settings, or the one that the environment variable
WORKBENCH_MAPPINGS names. A mapping is recognised by `all_of` in its table [recognise].
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from platformdirs import user_config_path

from workbench.errors import BadInput
from workbench.load.formats import Format, read_mapping
from workbench.load.headers import header_key
from workbench.load.reasons import in_words

__all__ = ["SavedMapping", "forget_mapping", "keep_mapping", "mappings_dir", "saved_mappings"]

_PREFIX = "saved:"


@dataclass(frozen=True)
class SavedMapping:
    """A kept mapping; `form` is None where its file can no longer be read, and `fault` says why."""

    name: str
    path: Path
    form: Format | None
    fault: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """Keys of the headers that a file must have to be read with it."""
        return _keys(self.form.all_of) if self.form else frozenset()


def mappings_dir() -> Path:
    """Where kept mappings lie; the folder need not be there."""
    named = os.environ.get("WORKBENCH_MAPPINGS")
    return Path(named) if named else user_config_path("order-workbench", False) / "mappings"


def saved_mappings() -> list[SavedMapping]:
    """Every kept mapping, by name; one that cannot be read carries its fault."""
    return [_saved(path) for path in sorted(mappings_dir().glob("*.toml"))]


def keep_mapping(mapping: Path, name: str = "", *, replaced: bool = False) -> SavedMapping:
    """Keep a mapping file for next time, as `name` (by default the file's own).

    Raises BadInput when it names no headers to be recognised by, joins other files, or when a kept
    one has the name or the same headers already, unless it is to be `replaced`.
    """
    form = read_mapping(mapping)
    name = _name(name or mapping.stem)
    if not form.all_of:
        raise BadInput(
            "The mapping does not say by which headers a file is recognised",
            mapping.name,
            'Add a table [recognise] with all_of = ["…", …]',
        )
    if form.joins:
        raise BadInput(
            "A mapping that joins files cannot be used by itself",
            mapping.name,
            "Give it to `workbench load` with --mapping",
        )
    target = mappings_dir() / f"{name}.toml"
    same = [k for k in saved_mappings() if k.path == target or k.keys == _keys(form.all_of)]
    if same and not replaced:
        raise BadInput(
            f"The saved mapping {same[0].name} has this name, or reads files with these headers",
            str(same[0].path),
            "Replace it knowingly (--replace, or the tick in notebook 1), or leave it as it is",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting = target.with_name(f".{target.name}.new")
    waiting.write_bytes(mapping.read_bytes())
    for kept in same:
        kept.path.unlink(missing_ok=True)
    waiting.replace(target)
    return _saved(target)


def forget_mapping(name: str) -> SavedMapping:
    """Remove a kept mapping; raises BadInput when there is none of that name."""
    for kept in saved_mappings():
        if kept.name == name:
            kept.path.unlink()
            return kept
    there = ", ".join(kept.name for kept in saved_mappings()) or "none"
    raise BadInput(f"There is no saved mapping {name!r}", f"Saved: {there}")


def _saved(path: Path) -> SavedMapping:
    try:
        form = read_mapping(path)
    except BadInput as error:
        told = "; ".join(problem.what for problem in error.problems)
        return SavedMapping(path.stem, path, None, told)
    if not form.all_of:
        return SavedMapping(path.stem, path, None, "It names no headers to be recognised by")
    title = in_words(lambda say: say("your saved mapping {name}", name=path.stem))
    return SavedMapping(path.stem, path, replace(form, name=f"{_PREFIX}{path.stem}", title=title))


def _name(name: str) -> str:
    name = name.strip().removesuffix(".toml")
    if not re.fullmatch(r"[\w][\w .()（）-]{0,79}", name):
        raise BadInput(
            f"{name!r} cannot be the name of a mapping",
            do="Use letters, digits, blanks, hyphens and underscores",
        )
    return name


def _keys(headers: Iterable[str]) -> frozenset[str]:
    return frozenset(header_key(header) for header in headers)
