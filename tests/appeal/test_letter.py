import re
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docxtpl import DocxTemplate
from invented_matter import HOSTILE_TITLE, Example
from jinja2 import nodes

from workbench.appeal.letter import TEMPLATE, environment, write_letter
from workbench.appeal.letter_model import letter_model
from workbench.appeal.matter import gather
from workbench.appeal.timeline import campaigns_of
from workbench.errors import BadInput

AT = datetime(2026, 1, 9, 9, 0)


@pytest.fixture(scope="module")
def model(example: Example) -> dict:
    matter = gather(example.case, example.tables, example.assessment, example.masker)
    return letter_model(matter, campaigns_of(example.tables), "zh")


def places(template: Path) -> set[str]:
    """Every place of a template as "name" or "name.field"; rows of a list as its fields."""
    document = DocxTemplate(template)
    document.init_docx()
    parsed = environment().parse(document.patch_xml(document.get_xml()))
    found, rows = set(), set()
    for loop in parsed.find_all(nodes.For):
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


def offered(model: dict) -> set[str]:
    found = set()
    for name, value in model.items():
        if isinstance(value, dict):
            found |= {f"{name}.{field}" for field in value}
            continue
        found.add(name)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            found |= {f"{name}.{field}" for field in value[0]}
    return found


def text_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_every_place_of_the_template_is_filled_and_every_text_has_a_place(model: dict):
    assert places(TEMPLATE) == offered(model)


def test_the_letter_can_be_read_back(model: dict, tmp_path: Path):
    write_letter(model, tmp_path / "a.docx", AT)
    text = text_of(tmp_path / "a.docx")
    for told in ("申诉书", "草稿——暂勿提交", "N-7", "第 2 次（共 3 次）", "尚未决定（1 笔）：9999"):
        assert told in text
    assert "{{" not in text
    assert "{%" not in text


def test_a_letter_that_lacks_nothing_has_no_banner(model: dict, tmp_path: Path):
    write_letter({**model, "lacking": []}, tmp_path / "a.docx", AT)
    assert "草稿" not in text_of(tmp_path / "a.docx")


def test_hostile_texts_stay_texts(model: dict, tmp_path: Path):
    hostile = HOSTILE_TITLE + " & </w:t> \x0b\ud800"
    write_letter({**model, "position": [hostile]}, tmp_path / "a.docx", AT)
    assert HOSTILE_TITLE + " & </w:t> ��" in text_of(tmp_path / "a.docx")


def test_chinese_fonts_are_named(model: dict, tmp_path: Path):
    write_letter(model, tmp_path / "a.docx", AT)
    with ZipFile(tmp_path / "a.docx") as archive:
        styles = archive.read("word/styles.xml").decode()
        fonts = archive.read("word/fontTable.xml").decode()
    assert 'w:eastAsia="宋体"' in styles
    assert 'w:eastAsia="zh-CN"' in styles
    assert "Noto Sans CJK SC" in fonts


def test_the_same_letter_is_the_same_bytes_and_tells_no_time_of_writing(
    model: dict, tmp_path: Path
):
    write_letter(model, tmp_path / "a.docx", AT)
    write_letter(model, tmp_path / "b.docx", AT)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    with ZipFile(tmp_path / "a.docx") as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r">(\d{4}-[^<]*)<", core)) == {"2026-01-09T09:00:00Z"}


@pytest.mark.parametrize(
    "place", ["{{ nothing }}", "{{ label.absent }}", "{% if %}", "{{ ''.__class__.__mro__ }}"]
)
def test_a_template_that_asks_for_more_is_refused(model: dict, tmp_path: Path, place: str):
    document = docx.Document()
    document.add_paragraph(place)
    document.save(tmp_path / "own.docx")
    with pytest.raises(BadInput, match=r"own\.docx"):
        write_letter(model, tmp_path / "a.docx", AT, tmp_path / "own.docx")


def test_a_template_that_is_no_word_file_is_refused(model: dict, tmp_path: Path):
    (tmp_path / "own.docx").write_text("hello")
    with pytest.raises(BadInput, match="cannot be read"):
        write_letter(model, tmp_path / "a.docx", AT, tmp_path / "own.docx")
