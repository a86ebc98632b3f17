import json
import re
import struct
import zlib

import pytest
import typst
from invented_matter import HOSTILE_TITLE, Example

from appeal.told_letter import told_letter
from workbench.appeal.letter_groups import chart_name
from workbench.appeal.render import missing_font, pdf, pdf_paper

CHART = chart_name("G-aaaaaaaa", "zh")
needs_font = pytest.mark.skipif(bool(missing_font("en")), reason="no Chinese font here")


def png(width: int = 8, height: int = 4) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\x80" * width) * height
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    )


@pytest.fixture(scope="module")
def model(example: Example) -> dict:
    return told_letter(example, "zh", charts=[CHART])


@needs_font
def test_the_letter_is_a_pdf_with_links_and_without_a_date(model: dict):
    content = pdf_paper(model, "letter", {CHART: png()})
    assert content.startswith(b"%PDF-1.")
    assert content.count(b"/Subtype/Link") >= 4
    assert b"/CreationDate" not in content
    assert b"/ModDate" not in content
    assert b"/URI" not in content
    assert b"/JavaScript" not in content
    assert b"/Launch" not in content


@needs_font
def test_the_same_letter_is_the_same_bytes(model: dict):
    first = pdf_paper(model, "letter", {CHART: png()})
    assert pdf_paper(model, "letter", {CHART: png()}) == first


@needs_font
def test_texts_are_never_read_as_markup(model: dict, monkeypatch: pytest.MonkeyPatch):
    hostile = HOSTILE_TITLE + ' #panic("x") $ x $ = *b* \\ ] } <N01> @x `a` #sys.inputs //'
    kept = {}
    compiler = typst.Compiler

    def keeping(*args: object, **options: object) -> typst.Compiler:
        kept.update(options["sys_inputs"])
        return compiler(*args, **options)

    monkeypatch.setattr(typst, "Compiler", keeping)
    content = pdf_paper({**model, "position": [hostile]}, "letter", {CHART: png()})
    assert content.startswith(b"%PDF-1.")
    (said,) = json.loads(kept["data"])["model"]["position"]
    assert said[0]["t"].replace("\u200b", "") == hostile


@needs_font
def test_a_link_without_a_place_is_plain_text(model: dict):
    from workbench.appeal.render.links import link

    plain = pdf_paper({**model, "groups": [], "position": [link("N99", "30")]}, "letter")
    assert plain.startswith(b"%PDF-1.")


def test_without_a_chinese_font_there_is_a_note(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf, "_families", lambda: frozenset({"Libertinus Serif"}))
    assert "没有中文字体" in missing_font("zh")
    assert "No Chinese font" in missing_font("en")
    monkeypatch.setattr(pdf, "_families", lambda: frozenset({"SimSun"}))
    assert missing_font("zh") == ""


def test_a_long_word_can_be_broken_and_a_hash_is_left_whole():
    (part,) = pdf._pieces("A" * 40, frozenset())
    assert part["t"].replace("\u200b", "") == "A" * 40
    assert max(len(run) for run in part["t"].split("\u200b")) <= 16
    (part,) = pdf._pieces("ab" * 32, frozenset())
    assert part["t"] == "ab" * 32
    assert re.fullmatch("[ab]{64}", part["t"])
