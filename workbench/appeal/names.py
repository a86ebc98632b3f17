"""File names that every system can hold, from names that anybody may have given."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["is_safe_path", "safe_name"]

MAX_CHARACTERS = 80

# Windows gives these names to devices, with any ending.
_DEVICES = {"con", "prn", "aux", "nul"}
_DEVICES |= {f"{name}{n}" for name in ("com", "lpt") for n in "0123456789¹²³"}
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,10}$")


def safe_name(name: str) -> str:
    """A file name made of letters, digits, marks, `-`, `_` and `.`; never empty.

    Folders in `name` are cut off, other characters become `_`. The ending stays. At most
    MAX_CHARACTERS long, in Unicode's composed form (NFC), no device name of Windows, and it
    neither begins nor ends with a dot.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(sign if _allowed(sign) else "_" for sign in last)
    plain = re.sub(r"_+", "_", plain).strip("._")
    ending = _ending(plain)
    stem = plain[: len(plain) - len(ending)][: MAX_CHARACTERS - len(ending)].rstrip("._")
    if not stem or stem.split(".")[0].casefold() in _DEVICES:
        stem = f"file_{stem}".rstrip("_")
    return unicodedata.normalize("NFC", stem[: MAX_CHARACTERS - len(ending)] + ending)


def is_safe_path(path: str) -> bool:
    """Whether each part of `path` (parts joined by `/`) is a name that `safe_name` leaves alone."""
    return all(part == safe_name(part) for part in path.split("/"))


def _allowed(sign: str) -> bool:
    return sign in "-_." or unicodedata.category(sign)[0] in "LNM"


def _ending(name: str) -> str:
    found = _ENDING.search(name)
    return found.group() if found else ""
