from pathlib import Path

import docx
import pytest

from workbench.appeal.render import FORM_TEMPLATE, LETTER_TEMPLATE
from workbench.cli.main import main
from workbench.commands.template import letter_template
from workbench.errors import BadInput


def test_the_template_is_copied_to_be_edited(tmp_path: Path):
    out = letter_template(tmp_path / "own.docx")
    assert out.read_bytes() == LETTER_TEMPLATE.read_bytes()
    form = letter_template(tmp_path / "form.docx", form=True)
    assert form.read_bytes() == FORM_TEMPLATE.read_bytes()
    assert "{{ label.title }}" in [p.text for p in docx.Document(str(out)).paragraphs]


def test_nothing_is_overwritten_unasked(tmp_path: Path):
    (tmp_path / "own.docx").write_text("mine")
    with pytest.raises(BadInput, match="such a file already"):
        letter_template(tmp_path / "own.docx")
    assert (tmp_path / "own.docx").read_text() == "mine"
    letter_template(tmp_path / "own.docx", overwrite=True)
    assert (tmp_path / "own.docx").read_bytes() == LETTER_TEMPLATE.read_bytes()


def test_a_template_is_a_word_file_in_a_folder_that_is_there(tmp_path: Path):
    with pytest.raises(BadInput, match=r"ends in \.docx"):
        letter_template(tmp_path / "own.txt")
    with pytest.raises(BadInput, match="cannot be written"):
        letter_template(tmp_path / "absent" / "own.docx")


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["template", "--out", str(tmp_path / "own.docx")]) == 0
    assert "pack --case DIR --template" in capsys.readouterr().out
    assert main(["template", "--out", str(tmp_path / "own.docx")]) == 2
