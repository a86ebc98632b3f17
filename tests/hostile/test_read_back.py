"""Everything that is handed over, read back with other people's readers."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
import zlib
from pathlib import Path, PurePosixPath

import openpyxl
import pytest
from docx import Document
from lxml import etree, html

from workbench.appeal import verify_pack
from workbench.appeal.names import safe_name
from workbench.case import events, verify_chain
from workbench.inert import inert

from .conftest import Handed
from .hostile_files import hostile_files
from .payloads import FORMULA_STARTS, PAYLOADS, TURNING

# What 1337 * 1337 is, and the first line of what some payloads would like to read.
WORKED_OUT, SECRET = "1787569", "root:"
ACTING = re.compile(f"[{TURNING}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# What figures and links are marked by inside our own texts: no paper may show it.
MARKS = re.compile("[\ue000-\ue01f]")


def shown(text: str) -> str:
    """Without anything but letters: what is left of a text however it was wrapped and cut."""
    return re.sub(r"[\W_]+", "", text)


def markup_payloads() -> list[str]:
    """Payloads that must be found again as text, word for word; no digits: those may be masked."""
    kinds = ("html", "template", "xml", "csv")
    texts = [one.text for one in PAYLOADS if one.kind in kinds]
    return [text for text in texts if not re.search(r"\d{6}|[A-Za-z0-9+/]{40}", text)]


def xml_parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def check_office_parts(parts: dict[str, bytes]) -> None:
    """No macro, no embedded thing, nothing fetched from elsewhere, no document type."""
    for name, content in parts.items():
        assert not re.search(r"vba|embeddings|externalLink|activeX|altChunk|\.bin$", name), name
        if name.endswith((".xml", ".rels")):
            assert b"<!DOCTYPE" not in content.split(b"<", 3)[-1][:200], name
            root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
            assert root.getroottree().docinfo.internalDTD is None, name
            if name.endswith(".rels"):
                outside = [one.attrib for one in root if one.get("TargetMode") == "External"]
                assert outside == [], name


def test_enough_payloads_in_enough_places(handed: Handed):
    placed = handed.hostile.placed
    assert len(PAYLOADS) >= 60
    assert len({one.id for one in PAYLOADS}) == len(PAYLOADS)
    assert len(placed) >= 35, placed
    assert sum(placed.values()) >= 3000, placed
    # Only what a place cannot hold at all was refused: an empty text, control characters.
    assert set(handed.hostile.refused) <= {
        *(
            "tag.tag",
            "who",
            "retention.reason",
            "decision.reason",
            "note.text",
            "statement.text",
            "request.text",
        ),
        *("statement.consent_how", "statement.asked", "selection.name"),
    }
    assert all(count <= 30 for count in handed.hostile.refused.values()), handed.hostile.refused


def test_the_workbook_holds_texts_and_no_formula(handed: Handed):
    found = 0
    assert len(handed.files("*.xlsx")) == 1
    for path in handed.files("*.xlsx"):
        check_office_parts(xml_parts(path))
        for name, content in xml_parts(path).items():
            if name.startswith("xl/worksheets/"):
                tags = {etree.QName(one).localname for one in etree.fromstring(content).iter()}
                assert not tags & {"f", "hyperlink", "legacyDrawing", "oleObject", "drawing"}, name
        book = openpyxl.load_workbook(path)
        assert not book.defined_names
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type in ("s", "n", "d", "b", "inlineStr"), cell.coordinate
                    assert cell.hyperlink is None
                    if isinstance(cell.value, str):
                        assert not ACTING.search(cell.value.replace("_x000D_", "")), cell.value
                        if cell.value.startswith(FORMULA_STARTS):
                            assert cell.quotePrefix, cell.value
                            found += 1
    assert found >= 100


def test_csv_files_run_nothing_in_a_spreadsheet(handed: Handed):
    for path in handed.files("*.csv"):
        text = path.read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len({len(row) for row in rows}) == 1, path
        for row in rows:
            for cell in row:
                number = re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", cell)
                assert number or not cell.startswith(FORMULA_STARTS), (path, cell)
                # The tables to count from again hold each value as it is; spreadsheets read them.
                assert "reproduce" in path.parts or not ACTING.search(cell), (path, cell)


FIELDS = {"PAGE", "NUMPAGES", "TOC", "SECTIONPAGES"}


def test_word_files_hold_texts_and_no_field_of_a_stranger(handed: Handed):
    for path in handed.files("*.docx"):
        parts = xml_parts(path)
        check_office_parts(parts)
        for name, content in parts.items():
            if not name.startswith("word/") or not name.endswith(".xml"):
                continue
            root = etree.fromstring(content)
            for element in root.iter():
                local = etree.QName(element).localname
                assert local not in (
                    "fldSimple",
                    "altChunk",
                    "object",
                    "control",
                    "attachedTemplate",
                )
                if local == "instrText":
                    assert (element.text or "").split()[:1][0] in FIELDS, element.text
                if local == "hyperlink":
                    assert element.get(etree.QName(element.nsmap["w"], "anchor")), name
            text = "".join(root.itertext())
            assert not ACTING.search(text), (path, name, ACTING.search(text))
            assert not MARKS.search(text), (path, name)
            assert WORKED_OUT not in text
            assert SECRET not in text


def test_the_letter_in_word_has_every_text_word_for_word(handed: Handed):
    if handed.masked:
        return  # what looks like a number or an account may be masked there
    [path] = handed.files("letter.zh.docx")
    document = Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = shown("".join([*(one.text for one in document.paragraphs), *cells]))
    missing = [one for one in markup_payloads() if shown(inert(one)) not in text]
    assert missing == []


ELEMENTS = {"script", "iframe", "object", "embed", "link", "form", "input", "base", "svg"}
ELEMENTS |= {"textarea", "button", "details", "frame", "video", "audio", "math", "template"}


def test_html_papers_hold_no_element_of_a_stranger(handed: Handed):
    papers = [one for one in handed.files("*.html") if "charts" not in one.parts]
    assert papers
    for path in papers:
        page = html.fromstring(path.read_bytes())
        for element in page.iter(etree.Element):
            assert element.tag not in ELEMENTS, (path, element.tag)
            for name, value in element.attrib.items():
                assert not name.startswith("on"), (path, name)
                if name == "href":
                    assert value.startswith("#"), (path, value)
                if name == "src":
                    assert value.startswith("data:image/png;base64,"), (path, value[:50])
                assert not ACTING.search(value), (path, name, value)
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert len(policy) == 1
        assert "default-src 'none'" in policy[0]
        assert "script-src" not in policy[0]
        [refresh] = (page.xpath("count(//meta[@http-equiv='refresh'])"),)
        assert refresh == 0
        text = page.text_content()
        assert not ACTING.search(text), path
        assert not MARKS.search(text), path
        assert WORKED_OUT not in text


def test_the_letter_in_html_has_every_text_word_for_word(handed: Handed):
    if handed.masked:
        return
    [path] = handed.files("letter.zh.html")
    text = shown(html.fromstring(path.read_bytes()).text_content())
    assert [one for one in markup_payloads() if shown(inert(one)) not in text] == []


def streams(content: bytes) -> bytes:
    """The file with its packed streams unpacked beside it."""
    found = [content]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            found.append(zlib.decompress(match.group(1)))
        except zlib.error:
            continue
    return b"\n".join(found)


def test_pdf_files_do_nothing_by_themselves(handed: Handed):
    for path in handed.files("*.pdf"):
        raw = streams(path.read_bytes())
        names = set(re.findall(rb"/[A-Za-z]+", raw))
        wanted = {b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/EmbeddedFile", b"/OpenAction"}
        wanted |= {b"/SubmitForm", b"/ImportData", b"/RichMedia", b"/GoToR", b"/GoToE", b"/AA"}
        assert names & wanted == set(), path
        assert raw.count(b"/Page") > 0


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext reads the PDF back")
def test_the_letter_as_pdf_has_the_texts_and_works_nothing_out(handed: Handed):
    for path in handed.files("letter.*.pdf"):
        told = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True)
        text = told.stdout.decode()
        assert SECRET not in text
        assert WORKED_OUT not in text
        assert not re.search(f"[{TURNING}]", text)
        for part in ('#read("/etc/passwd")', "#eval(", "{{1337*1337}}", "<script>", "=WEBSERVICE("):
            assert shown(part) in shown(text), (path, part)


def test_plain_texts_are_inert(handed: Handed):
    for path in [*handed.files("README*.txt"), *handed.folder.glob("*.txt")]:
        text = path.read_bytes().decode("utf-8-sig")
        assert not ACTING.search(text), (path, ACTING.search(text))
    info = (handed.folder / "bag-info.txt").read_text("utf-8").splitlines()
    assert all(re.match(r"[A-Za-z-]+: \S", line) for line in info), info


def test_names_in_the_pack_are_harmless_everywhere(handed: Handed):
    with zipfile.ZipFile(handed.pack) as archive:
        names = archive.namelist()
    assert len(names) == len({name.casefold() for name in names})
    for name in names:
        assert not name.startswith(("/", "\\")), name
        for part in PurePosixPath(name).parts:
            assert part == safe_name(part), name
            assert len(part.encode()) <= 255
            assert not part.startswith("-")
    # What was unpacked lies where it was unpacked to.
    assert [path.name for path in handed.folder.parent.iterdir()] == [handed.folder.name]


def test_evidence_is_handed_over_as_it_was_and_never_unpacked(handed: Handed):
    given = handed.folder / "data" / "evidence"
    held = {path.read_bytes() for path in given.iterdir()}
    assert held == set(handed.hostile.files.values())
    assert handed.pack.stat().st_size < 40_000_000
    for place in (Path("/tmp/owned"), Path("/etc/owned"), Path("owned"), Path("C:\\owned")):
        assert not place.exists()


def test_nothing_opens_an_archive_among_the_evidence(handed: Handed, monkeypatch, tmp_path):
    """Make the workbook, the letter and the checks again while archives cannot be opened."""
    from workbench.gate.picture import picture

    opened: list[str] = []
    real = zipfile.ZipFile.__init__

    def watched(self, file, *args, **kwargs):
        name = str(getattr(file, "name", file))
        if "/evidence/" in name:
            opened.append(name)
        real(self, file, *args, **kwargs)

    monkeypatch.setattr(zipfile.ZipFile, "__init__", watched)
    from workbench.commands.gate import gate

    gate(handed.hostile.case.path)
    assert opened == []
    # A picture is read as far as its head: one that lies about its size costs nothing.
    for name, content in hostile_files().items():
        found = picture(content)
        assert found is None or name.endswith((".png", ".jpg", ".svg")), name


def test_the_pack_verifies_and_the_record_is_whole(handed: Handed):
    assert not verify_pack(handed.pack).problems
    assert verify_chain(handed.hostile.case.database) == []
    lines = handed.files("events.jsonl")[0].read_bytes().split(b"\n")
    assert len(lines) - 1 == len(events(handed.hostile.case.database))
    assert all(isinstance(json.loads(line), dict) for line in lines if line)


def test_the_report_on_the_data_is_inert(hostile, tmp_path):
    from workbench.commands.quality import quality, write_quality

    write_quality(quality(hostile.case.path), hostile.case.path, tmp_path / "report.xlsx")
    check_office_parts(xml_parts(tmp_path / "report.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if isinstance(cell.value, str) and ACTING.search(cell.value)]


def test_the_command_line_prints_nothing_that_a_terminal_obeys(hostile, capsys):
    from workbench.cli import main

    for arguments in (["record"], ["gate"], ["procedure"], ["quality"], ["timestamp"]):
        main([*arguments, "--case", str(hostile.case.path)])
        out, err = capsys.readouterr()
        assert not re.search(f"[{TURNING}\x00-\x08\x0b-\x1f\x7f-\x9f]", out + err), arguments
