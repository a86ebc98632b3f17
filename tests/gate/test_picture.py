import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.gate.picture import PICTURES, Picture, format_of, picture


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width=640, height=480, kind=2, palette=b""):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))
    colours = chunk(b"PLTE", palette) if palette else b""
    body = chunk(b"IDAT", zlib.compress(b"\0"))
    return b"\x89PNG\r\n\x1a\n" + head + colours + body + chunk(b"IEND", b"")


def jpeg(width=800, height=600, components=3, marker=0xC0):
    app = b"\xff\xe1" + struct.pack(">H", 12) + b"Exif\0\0" + b"\xff\xc0" + b"\0\0"
    frame = struct.pack(">BHHB", 8, height, width, components) + b"\1\x11\0" * components
    start = b"\xff" + bytes([marker]) + struct.pack(">H", len(frame) + 2) + frame
    return b"\xff\xd8" + app + start + b"\xff\xda\0\x02" + b"\x12" * 40 + b"\xff\xd9"


def gif(palette: bytes):
    head = b"GIF89a" + struct.pack("<HHBBB", 32, 16, 0b10000000, 0, 0)
    return head + palette + b",data" + b"\x3b"


def bmp(bits=24):
    head = struct.pack("<IiiHH", 40, 10, -20, 1, bits)
    body = head + b"\0" * 30
    return b"BM" + struct.pack("<IHHI", 14 + len(body), 0, 0, 54) + body


def webp_lossy():
    data = b"\0" * 6 + struct.pack("<HH", 300, 200) + b"\0" * 10
    return (
        b"RIFF"
        + struct.pack("<I", 4 + 8 + len(data))
        + b"WEBPVP8 "
        + struct.pack("<I", len(data))
        + data
    )


def webp_extended():
    data = b"\0\0\0\0" + (299).to_bytes(3, "little") + (199).to_bytes(3, "little")
    return (
        b"RIFF"
        + struct.pack("<I", 4 + 8 + len(data))
        + b"WEBPVP8X"
        + struct.pack("<I", len(data))
        + data
    )


GREY, RED = b"\x10\x10\x10\xee\xee\xee", b"\xff\0\0\xee\xee\xee"


@pytest.mark.parametrize(
    ("content", "known"),
    [
        (png(), Picture("png", 640, 480, True, True)),
        (png(kind=0), Picture("png", 640, 480, False, True)),
        (png(kind=4), Picture("png", 640, 480, False, True)),
        (png(kind=6), Picture("png", 640, 480, True, True)),
        (png(kind=3, palette=GREY), Picture("png", 640, 480, False, True)),
        (png(kind=3, palette=RED), Picture("png", 640, 480, True, True)),
        (jpeg(), Picture("jpeg", 800, 600, True, True)),
        (jpeg(components=1), Picture("jpeg", 800, 600, False, True)),
        (jpeg(marker=0xC2), Picture("jpeg", 800, 600, True, True)),  # progressive
        (gif(RED), Picture("gif", 32, 16, True, True)),
        (gif(GREY), Picture("gif", 32, 16, False, True)),
        (bmp(), Picture("bmp", 10, 20, True, True)),
        (webp_lossy(), Picture("webp", 300, 200, True, True)),
        (webp_extended(), Picture("webp", 300, 200, True, True)),
        (b"II*\0" + b"\0" * 40, Picture("tiff")),
        (b"\0\0\0\x18ftypheic" + b"\0" * 20, Picture("heic")),
    ],
)
def test_size_and_colour_are_read_from_the_header(content, known):
    assert picture(content) == known


@pytest.mark.parametrize("content", [png(), jpeg(), gif(RED), bmp(), webp_lossy()])
def test_a_picture_that_was_cut_off_is_not_whole(content):
    for length in (len(content) - 8, 20, 12):
        shown = picture(content[:length])
        assert shown is not None
        assert shown.whole is False


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.4 scans", "pdf"),
        (b"PK\x03\x04", "zip"),
        (b"\0\0\0\x18ftypmp42", "video"),
        (b"\x1a\x45\xdf\xa3webm", "video"),
        (b"order_id,created_at\n", ""),
        (b"", ""),
        (b"BMW cars of 2026", ""),
    ],
)
def test_other_files_are_no_pictures(content, name):
    assert format_of(content) == name
    assert picture(content) is None


def test_a_name_does_not_make_a_picture():
    assert picture(b"\x89PNG photo") is None


@given(st.sampled_from([png(), jpeg(), gif(RED), bmp(), webp_lossy()]), st.data())
def test_no_bytes_of_a_stranger_can_make_it_fail(content, data):
    at = data.draw(st.integers(8, len(content) - 1))
    cut = data.draw(st.integers(12, len(content)))
    changed = (content[:at] + data.draw(st.binary(max_size=8)) + content[at:])[:cut]
    shown = picture(changed)
    assert shown is None or shown.format in PICTURES
