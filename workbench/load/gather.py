"""Find the files inside what was given: files, folders, and zip archives as they came."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import pandas as pd

from workbench.errors import BadInput, Problem
from workbench.language import LANGUAGES, words
from workbench.load.zip_limits import check_zip

__all__ = ["Gathered", "LeftOut", "gather", "left_out_file", "left_out_table"]

_MOST_FILES = 5_000
# An archive inside an archive is opened; one inside that is not.
_DEEPEST = 2
_SYSTEM = re.compile(r"^(\.|~\$|Thumbs\.db$|desktop\.ini$|Icon\r?$)", re.IGNORECASE)
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*\ud800-\udfff]')
_UTF8_NAME = 0x800


@dataclass(frozen=True)
class LeftOut:
    """A file inside a folder or archive that was not loaded, and why, by language."""

    file: str
    why: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Gathered:
    """A file to load: where it lies, what to call it, and whether it was named by the user."""

    path: Path
    name: str
    named: bool


@dataclass
class _Found:
    files: list[Gathered] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    archives: int = 0

    def add(self, file: Gathered) -> None:
        self.files.append(file)
        if len(self.files) > _MOST_FILES:
            raise BadInput(
                f"There are more than {_MOST_FILES} files to load",
                file.name,
                "Name the folder that holds the exports, not a whole disk",
            )


def gather(given: Sequence[Path], unpack_to: Path) -> tuple[list[Gathered], list[LeftOut]]:
    """The files in `given`, in order, and those left out without a look.

    Archives are unpacked under `unpack_to`; no path that an archive names leaves that folder.
    Raises BadInput when a given archive is damaged, under a password or a bomb, or when there are
    too many files.
    """
    found = _Found()
    for path in map(Path, given):
        if path.is_dir():
            _folder(path, found, unpack_to)
        elif _is_archive(path):
            _archive(path, path.name, 1, found, unpack_to)
        else:
            found.add(Gathered(path, str(path), named=True))
    return found.files, found.left_out


def left_out_file(file: str, error: BadInput) -> LeftOut:
    """A file that could not be loaded."""
    tell = ((lang, words("load", lang)) for lang in LANGUAGES)
    what = error.problems[0].what
    why: dict[str, str] = {lang: say("not loaded: {what}", what=what) for lang, say in tell}
    problems = (Problem(p.what, p.where or file, p.do) for p in error.problems)
    return LeftOut(file, why, tuple(problems))


def left_out_table(left_out: Iterable[LeftOut], language: str = "en") -> pd.DataFrame:
    """Each file that was left out and why, headed in `language`."""
    say = words("load", language)
    headings = [say("file"), say("why left out")]
    return pd.DataFrame([(one.file, one.why[language]) for one in left_out], columns=headings)


def _folder(folder: Path, found: _Found, unpack_to: Path) -> None:
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        name = (PurePosixPath(folder.name) / inner.as_posix()).as_posix()
        if path.is_dir() and not path.is_symlink():
            continue
        if _of_the_system(inner.parts):
            found.left_out.append(_system(name))
        elif not path.is_file() or not path.resolve().is_relative_to(root):
            found.left_out.append(_link(name))
        elif _is_archive(path):
            _archive_inside(path, name, 1, found, unpack_to)
        else:
            found.add(Gathered(path, name, named=False))


def _archive_inside(path: Path, name: str, depth: int, found: _Found, unpack_to: Path) -> None:
    """An archive that was not named: one that cannot be opened is left out."""
    before = len(found.files), len(found.left_out)
    try:
        _archive(path, name, depth, found, unpack_to)
    except BadInput as error:
        del found.files[before[0] :], found.left_out[before[1] :]
        found.left_out.append(left_out_file(name, error))


def _archive(path: Path, name: str, depth: int, found: _Found, unpack_to: Path) -> None:
    check_zip(path, "zip archive", workbook=False)
    found.archives += 1
    folder = unpack_to / str(found.archives)
    folder.mkdir(parents=True)
    with zipfile.ZipFile(path) as archive:
        for inner, entry in _entries(archive):
            parts = PurePosixPath(inner).parts
            shown = f"{name}/{inner}"
            if _of_the_system(parts):
                found.left_out.append(_system(shown))
                continue
            target = _place(folder, parts)
            with archive.open(entry) as packed, target.open("wb") as plain:
                while chunk := packed.read(1 << 20):
                    plain.write(chunk)
            if not _is_archive(target):
                found.add(Gathered(target, shown, named=False))
            elif depth < _DEEPEST:
                _archive_inside(target, shown, depth + 1, found, unpack_to)
            else:
                found.left_out.append(_too_deep(shown))


def _entries(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The files of an archive with their names as they were meant."""
    for entry in archive.infolist():
        if not entry.is_dir():
            yield _meant(entry).replace("\\", "/"), entry


def _meant(entry: zipfile.ZipInfo) -> str:
    """The name of an entry: without the UTF-8 flag it is what the packing system wrote."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _place(folder: Path, parts: Sequence[str]) -> Path:
    """Where to unpack an entry: right in `folder`, under its own name where that is free."""
    safe = [_UNSAFE.sub("_", part).strip(" .") for part in parts]
    safe = [part[-100:] for part in safe if part] or ["file"]
    for count in range(1, len(safe) + 1):
        target = folder / " - ".join(safe[-count:])[-180:]
        if not target.exists():
            return target
    number = 2
    while (target := folder / f"{number} - {safe[-1]}").exists():
        number += 1
    return target


def _is_archive(path: Path) -> bool:
    """Whether a file is a zip archive of other things than the parts of a workbook."""
    try:
        with path.open("rb") as file:
            if not file.read(4).startswith((b"PK\x03\x04", b"PK\x05\x06")):
                return False
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        return False
    workbooks = {"xl/workbook.xml", "xl/workbook.bin", "[Content_Types].xml", "mimetype"}
    return not names & workbooks


def _of_the_system(parts: Sequence[str]) -> bool:
    named = (part for part in parts if part not in (".", ".."))
    return any(part == "__MACOSX" or _SYSTEM.match(part) for part in named)


def _system(name: str) -> LeftOut:
    tell = ((lang, words("load", lang)) for lang in LANGUAGES)
    return LeftOut(name, {lang: say("a file of the system") for lang, say in tell})


def _link(name: str) -> LeftOut:
    tell = ((lang, words("load", lang)) for lang in LANGUAGES)
    return LeftOut(name, {lang: say("a link to somewhere else") for lang, say in tell})


def _too_deep(name: str) -> LeftOut:
    tell = ((lang, words("load", lang)) for lang in LANGUAGES)
    return LeftOut(name, {lang: say("an archive too deep inside archives") for lang, say in tell})
