"""The parts of an .xlsx file: which sheet lies where, and whether it is small."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from workbench.errors import BadInput

__all__ = ["SheetPart", "is_small", "local", "safe_parser_options", "sheet_parts"]

# Above this much XML a sheet is read in a stream: in memory it takes about ten times as much.
_SMALL = 48 << 20
# A reader into memory keeps a cell for every place up to the last row and column in use.
_PLACES = 12_000_000
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})(\d{1,8})["']""")

safe_parser_options = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
}


@dataclass(frozen=True)
class SheetPart:
    """A sheet: its name, the part that holds its cells, and whether it is shown."""

    name: str
    part: str
    visible: bool


def local(tag: object) -> str:
    """The name of an element without its namespace."""
    return str(tag).rpartition("}")[2]


def sheet_parts(archive: zipfile.ZipFile, where: str) -> list[SheetPart]:
    """The sheets of a workbook, in its order; raises BadInput when the workbook is damaged."""
    try:
        book = _parsed(archive, "xl/workbook.xml")
        links = _parsed(archive, "xl/_rels/workbook.xml.rels")
    except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise BadInput(f"The workbook cannot be read: {error}", where, "Export it again") from None
    targets = {
        str(link.get("Id")): _target(str(link.get("Target", "")))
        for link in links
        if local(link.get("Type", "")).rpartition("/")[2] == "worksheet"
    }
    found = []
    for sheet in book.iter("{*}sheet"):
        link = next((value for key, value in sheet.attrib.items() if local(key) == "id"), "")
        if part := targets.get(str(link)):
            visible = sheet.get("state", "visible") == "visible"
            found.append(SheetPart(str(sheet.get("name", "")), part, visible))
    return found


def is_small(path: Path) -> bool:
    """Whether all sheets of an .xlsx file may be read into memory.

    The last row and column in use count, not the cells: one far cell would cost gigabytes.
    """
    with zipfile.ZipFile(path) as archive:
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
        if sizes.get("xl/sharedStrings.xml", 0) > _SMALL:
            return False
        for sheet in sheet_parts(archive, path.name):
            size = sizes.get(sheet.part, 0)
            if size > _SMALL or _places(archive, sheet.part, size) > _PLACES:
                return False
    return True


def _places(archive: zipfile.ZipFile, part: str, size: int) -> int:
    if not size:
        return 0
    rows = columns = 1
    for letters, digits in set(_REFERENCE.findall(archive.read(part))):
        rows = max(rows, int(digits))
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        columns = max(columns, column)
    return rows * columns


def _parsed(archive: zipfile.ZipFile, part: str) -> etree._Element:
    return etree.fromstring(archive.read(part), etree.XMLParser(**safe_parser_options))


def _target(target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(f"xl/{target}")
