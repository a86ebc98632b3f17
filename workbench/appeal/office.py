"""Make Word and Excel files the same bytes for the same content, and texts fit for their XML."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

from workbench.appeal.bag import add_entry

__all__ = ["plain_text", "settle"]

_CORE = "docProps/core.xml"
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
# What XML 1.0 cannot hold, and half characters.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def settle(written: Path, out: Path, at: datetime) -> None:
    """Copy an Office file to `out` without the time of writing: `at` stands as its date.

    The inner zip keeps its entries in their order, without times or owners.
    """
    stamp = rb"\g<1>" + f"{at:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<3>"
    with ZipFile(written) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            add_entry(target, name, _STAMP.sub(stamp, content) if name == _CORE else content)


def plain_text(text: str) -> str:
    """The text with every character that Office's XML cannot hold replaced by "�"."""
    return _NO_XML.sub("�", text)
