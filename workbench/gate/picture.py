"""What the bytes of a file say of a picture: its format, size and colour, and whether it is whole.

Read by hand from the formats' own headers (ISO 10918-1 for JPEG, ISO 15948 for PNG, GIF89a, BMP,
RIFF/WebP), because nothing more than a few numbers is wanted and a decoder of strangers' pictures
is a door for attacks. Nothing is decoded.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace

__all__ = ["PICTURES", "Picture", "format_of", "picture"]

PICTURES = ("jpeg", "png", "gif", "webp", "bmp", "tiff", "heic")

_HEIF = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
# Start-of-frame markers of JPEG: all of FFC0-FFCF but those of tables and restarts.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN = 0xDA


@dataclass(frozen=True)
class Picture:
    """What is known of a picture.

    `format` is one of PICTURES. `width` and `height` are pixels, 0 where the format is not read.
    `colour` is False where the file can hold no colour at all, None where that is not read.
    `whole` is False where the end is missing, None where that is not read.
    """

    format: str
    width: int = 0
    height: int = 0
    colour: bool | None = None
    whole: bool | None = None


def format_of(content: bytes) -> str:
    """The format by its first bytes: one of PICTURES, pdf, video, zip, or "" for any other."""
    head = content[:16]
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith((b"II*\0", b"MM\0*")):
        return "tiff"
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in _HEIF else "video"
    if head.startswith(b"BM") and content[6:10] == b"\0\0\0\0":
        return "bmp"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    return "video" if head.startswith(b"\x1a\x45\xdf\xa3") else ""


def picture(content: bytes) -> Picture | None:
    """What is known of these bytes as a picture; None when they are none.

    A damaged header gives a picture that is not whole.
    """
    name = format_of(content)
    if name not in PICTURES:
        return None
    read = {"jpeg": _jpeg, "png": _png, "gif": _gif, "bmp": _bmp, "webp": _webp}.get(name)
    if read is None:
        return Picture(name)
    try:
        return read(content)
    except (struct.error, IndexError):
        return Picture(name, whole=False)


def _jpeg(content: bytes) -> Picture:
    at, size, shown = 2, len(content), Picture("jpeg", whole=False)
    while at + 4 <= size and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == _SCAN:
            # A preview inside the file has an end of its own, before the picture itself begins.
            return replace(shown, whole=content.find(b"\xff\xd9", at) >= 0)
        if marker in _FRAMES:
            height, width, components = struct.unpack(">HHB", content[at + 5 : at + 10])
            shown = Picture("jpeg", width, height, components > 1, False)
        at += 2 + max(struct.unpack(">H", content[at + 2 : at + 4])[0], 2)
    return shown


def _png(content: bytes) -> Picture:
    width, height, _, kind = struct.unpack(">IIBB", content[16:26])
    whole = b"IEND" in content[-64:]
    colour: bool | None = kind in (2, 6)
    if kind == 3:
        start = content.find(b"PLTE")
        length = struct.unpack(">I", content[start - 4 : start])[0] if start > 4 else 0
        colour = _coloured(content[start + 4 : start + 4 + length]) if length else None
    return Picture("png", width, height, colour, whole)


def _gif(content: bytes) -> Picture:
    width, height, flags = struct.unpack("<HHB", content[6:11])
    colours = 3 * 2 ** ((flags & 0b111) + 1) if flags & 0b10000000 else 0
    colour = _coloured(content[13 : 13 + colours]) if colours else None
    return Picture("gif", width, height, colour, content.rstrip(b"\0").endswith(b"\x3b"))


def _bmp(content: bytes) -> Picture:
    total = struct.unpack("<I", content[2:6])[0]
    width, height, _, bits = struct.unpack("<iiHH", content[18:30])
    return Picture("bmp", width, abs(height), True if bits > 8 else None, len(content) >= total)


def _webp(content: bytes) -> Picture:
    whole = len(content) >= struct.unpack("<I", content[4:8])[0] + 8
    kind = content[12:16]
    if kind == b"VP8 ":
        width, height = (one & 0x3FFF for one in struct.unpack("<HH", content[26:30]))
        return Picture("webp", width, height, True, whole)
    if kind == b"VP8L":
        bits = struct.unpack("<I", content[21:25])[0]
        return Picture("webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, True, whole)
    if kind == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        height = int.from_bytes(content[27:30], "little") + 1
        return Picture("webp", width, height, True, whole)
    return Picture("webp", whole=False)


def _coloured(palette: bytes) -> bool:
    return any(
        len({*palette[at : at + 3]}) > 1 for at in range(0, len(palette) - len(palette) % 3, 3)
    )
