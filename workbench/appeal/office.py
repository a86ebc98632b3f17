"""Make Word and Excel files the same bytes for the same content, and texts fit for their XML."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from workbench.inert import inert

__all__ = ["plain_text", "settle"]

# Zip counts from 1980; no entry tells when or on which system it was written.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
_CORE = "docProps/core.xml"
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def settle(written: Path, out: Path, at: datetime) -> None:
    """Copy an Office file to `out` without the time of writing: `at` stands as its date.

    The inner zip keeps its entries in their order, without times or owners.
    """
    stamp = rb"\g<1>" + f"{at:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<3>"
    with ZipFile(written) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            entry = ZipInfo(name, _NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _PLAIN_FILE
            target.writestr(entry, _STAMP.sub(stamp, content) if name == _CORE else content)


def plain_text(text: str) -> str:
    """The text as any paper can hold it, and as it reads (see `workbench.inert`)."""
    return inert(text)
