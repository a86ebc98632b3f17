import re
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from invented_matter import HOSTILE_TITLE, Example
from jinja2 import nodes

from appeal.told_letter import told_letter
from workbench.appeal.render.links import anchor, link
from workbench.appeal.render.word import LETTER_TEMPLATE, environment, word_paper
from workbench.errors import BadInput

AT = datetime(2026, 1, 9, 9, 0)


@pytest.fixture(scope="module")
def model(example: Example) -> dict:
    return told_letter(example, "zh", lacking=["尚缺公章"])


def own_template(path: Path, *texts: str) -> Path:
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    document.save(path)
    return path


def text_of(path: Path) -> str:
    """Every text of a Word file, also inside links and cells."""
    body = docx.Document(str(path)).element.body
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for paragraph in body.iter(qn("w:p"))
    )


def places(template: Path) -> set[str]:
    """Every place of a template as "name" or "name.field"; rows of a list as its fields."""
    document = DocxTemplate(template)
    document.init_docx()
    parsed = environment().parse(document.patch_xml(document.get_xml()))
    found, rows = {"footer"}, set()
    for loop in parsed.find_all(nodes.For):
        if isinstance(loop.iter, nodes.Getattr):
            rows.add(loop.target.name)
            continue
        found.add(loop.iter.name)
        rows.add(loop.target.name)
        found |= {f"{loop.iter.name}.{field}" for field in fields(loop, loop.target.name)}
    found |= {f"label.{field}" for field in fields(parsed, "label")}
    return found | {name.name for name in parsed.find_all(nodes.Name)} - rows - {"label"}


def fields(parsed: nodes.Node, name: str) -> set[str]:
    return {
        get.attr
        for get in parsed.find_all(nodes.Getattr)
        if isinstance(get.node, nodes.Name) and get.node.name == name
    }


def test_the_template_asks_for_all_that_the_letter_says(model: dict):
    asked = places(LETTER_TEMPLATE)
    said = {name for name in model if name not in ("label", "language")}
    # Words of tables that only pages have.
    assert said <= asked
    for name, value in model.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            assert {f"{name}.{field}" for field in value[0]} <= asked
    known = {f"label.{name}" for name in model["label"]}
    assert {place for place in asked if place.startswith("label.")} <= known


def test_the_letter_can_be_read_back(model: dict, tmp_path: Path):
    word_paper(model, tmp_path / "a.docx", AT)
    text = text_of(tmp_path / "a.docx")
    for told in (
        "申诉书",
        "草稿——暂勿提交",
        "尚缺公章",
        "N-7",
        "第 2 次（共 3 次）",
        "尚未决定（1 笔）：9999",
    ):
        assert told in text
    assert "{{" not in text
    assert "{%" not in text
    assert not re.search("[\ue000-\ue01f]", text)


def test_a_letter_that_lacks_nothing_has_no_banner(model: dict, tmp_path: Path):
    word_paper({**model, "lacking": []}, tmp_path / "a.docx", AT)
    assert "草稿" not in text_of(tmp_path / "a.docx")


def test_links_lead_to_bookmarks(tmp_path: Path):
    template = own_template(tmp_path / "own.docx", "{{ told }}", "{{ place }}")
    told = f"有 {link('N07', '30')} 笔，见 {link('nowhere', 'x')}"
    model = {"told": told, "place": anchor("N07", "N07"), "language": "zh"}
    word_paper(model, tmp_path / "a.docx", AT, template)
    body = docx.Document(str(tmp_path / "a.docx")).element.body
    (hyperlink,) = body.iter(qn("w:hyperlink"))
    (bookmark,) = body.iter(qn("w:bookmarkStart"))
    assert hyperlink.get(qn("w:anchor")) == bookmark.get(qn("w:name")) == "N07"
    assert "".join(t.text for t in hyperlink.iter(qn("w:t"))) == "30"
    assert text_of(tmp_path / "a.docx").splitlines() == ["有 30 笔，见 x", "N07"]


def test_hostile_texts_stay_texts(model: dict, tmp_path: Path):
    hostile = HOSTILE_TITLE + " & </w:t> \x0b\ud800\u202e"
    word_paper({**model, "position": [hostile]}, tmp_path / "a.docx", AT)
    assert HOSTILE_TITLE + " & </w:t> ���" in text_of(tmp_path / "a.docx")
    with ZipFile(tmp_path / "a.docx") as archive:
        document = archive.read("word/document.xml").decode()
    assert "instrText" not in document
    assert "TargetMode" not in document


def test_chinese_fonts_are_named(model: dict, tmp_path: Path):
    word_paper(model, tmp_path / "a.docx", AT)
    with ZipFile(tmp_path / "a.docx") as archive:
        styles = archive.read("word/styles.xml").decode()
        fonts = archive.read("word/fontTable.xml").decode()
    assert 'w:eastAsia="宋体"' in styles
    assert 'w:eastAsia="zh-CN"' in styles
    assert "Noto Serif CJK SC" in fonts


def test_the_same_letter_is_the_same_bytes_and_tells_no_time_of_writing(
    model: dict, tmp_path: Path
):
    word_paper(model, tmp_path / "a.docx", AT)
    word_paper(model, tmp_path / "b.docx", AT)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    with ZipFile(tmp_path / "a.docx") as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r">(\d{4}-[^<]*)<", core)) == {"2026-01-09T09:00:00Z"}


@pytest.mark.parametrize(
    "place", ["{{ nothing }}", "{{ label.absent }}", "{% if %}", "{{ ''.__class__.__mro__ }}"]
)
def test_a_template_that_asks_for_more_is_refused(model: dict, tmp_path: Path, place: str):
    template = own_template(tmp_path / "own.docx", place)
    with pytest.raises(BadInput, match=r"own\.docx"):
        word_paper(model, tmp_path / "a.docx", AT, template)


def test_a_template_that_is_no_word_file_is_refused(model: dict, tmp_path: Path):
    (tmp_path / "own.docx").write_text("hello")
    with pytest.raises(BadInput, match="cannot be read"):
        word_paper(model, tmp_path / "a.docx", AT, tmp_path / "own.docx")
