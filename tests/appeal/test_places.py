"""Every place that docs/pack.md lists can be used in a template of one's own, and no other."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import docx
import pytest
from invented_matter import Example

from appeal.render.test_word import own_template, text_of
from appeal.told_letter import told_letter
from workbench.appeal.forms import data_request
from workbench.appeal.matter import gather
from workbench.appeal.render import FORM_TEMPLATE, LETTER_TEMPLATE, word_paper
from workbench.errors import BadInput

AT = datetime(2026, 1, 9, 9, 0)
DOCS = Path(__file__).resolve().parents[2] / "docs" / "pack.md"


def listed(heading: str) -> dict[str, tuple[str, ...]]:
    """Places of a kind of paper: name → fields of its rows, () for a single text."""
    part = DOCS.read_text("utf-8").split(f"#### {heading}\n")[1].split("\n#")[0]
    found: dict[str, tuple[str, ...]] = {}
    for name, fields in re.findall(r"^\| `([a-z_]+)` \| [^|]* \|([^|]*)\|$", part, re.MULTILINE):
        found[name] = tuple(re.findall(r"`([a-z_0-9]+)`", fields))
    return found


def offered(model: dict) -> dict[str, tuple[str, ...]]:
    """The same of a model."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in model.items():
        rows = value if isinstance(value, list) else [value]
        first = rows[0] if rows else ""
        found[name] = tuple(sorted(first)) if isinstance(first, dict) else ()
    return found


@pytest.fixture(scope="module")
def letter(example: Example) -> dict:
    model = told_letter(example, "en", lacking=["x"])
    row = {"code": "F06", "told": "x", "hook": "x"}
    steps = {"what": "x", "who": "x"}
    return {**model, "checks": [row], "corrective": [steps]}


@pytest.fixture(scope="module")
def form(example: Example) -> dict:
    matter = gather(example.case, example.tables, example.assessment, example.masker)
    model = data_request(matter, "en").model
    assert model is not None
    return dict(model)


def marked(model: dict) -> dict:
    """The model with a text of its own in every place."""
    filled = {}
    for name, value in model.items():
        if isinstance(value, dict):
            filled[name] = {field: f"<{name}.{field}>" for field in value}
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            filled[name] = [{field: f"<{name}.{field}>" for field in value[0]}]
        elif isinstance(value, list):
            filled[name] = [f"<{name}>"]
        else:
            filled[name] = f"<{name}>"
    return filled


def asking(name: str, fields: tuple[str, ...], value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{{{{ {name}.{field} }}}}" for field in fields)
    elif isinstance(value, list):
        yield f"{{%p for row in {name} %}}"
        yield from [f"{{{{ row.{field} }}}}" for field in fields] or ["{{ row }}"]
        yield "{%p endfor %}"
    else:
        yield f"{{{{ {name} }}}}"


@pytest.mark.parametrize(("heading", "which"), [("The letter", "letter"), ("The forms", "form")])
def test_the_list_of_places_is_complete(heading: str, which: str, request: pytest.FixtureRequest):
    model = request.getfixturevalue(which)
    told = {name: tuple(sorted(fields)) for name, fields in listed(heading).items()}
    given = offered(model)
    assert told["label"] == given["label"]
    assert told == given


@pytest.mark.parametrize(("heading", "which"), [("The letter", "letter"), ("The forms", "form")])
def test_each_place_can_be_used_and_shows_what_it_holds(
    heading: str, which: str, request: pytest.FixtureRequest, tmp_path: Path
):
    model = marked(request.getfixturevalue(which))
    if which == "letter":
        model["groups"][0]["chart"] = ""
    texts = [
        text
        for name, fields in listed(heading).items()
        for text in asking(name, fields, model[name])
    ]
    word_paper(model, tmp_path / "a.docx", AT, own_template(tmp_path / "own.docx", *texts))
    shown = set(text_of(tmp_path / "a.docx").splitlines())
    wanted = {
        f"<{name}.{field}>" if fields else f"<{name}>"
        for name, fields in listed(heading).items()
        for field in fields or ("",)
    }
    assert wanted - shown == ({"<groups.chart>"} if which == "letter" else set())


def test_a_chart_is_a_picture(letter: dict, tmp_path: Path):
    template = own_template(
        tmp_path / "own.docx", "{%p for row in groups %}", "{{ row.chart }}", "{%p endfor %}"
    )
    groups = [{**letter["groups"][0], "chart": "c.png"}]
    png = docx.__file__ and _png()
    word_paper({**letter, "groups": groups}, tmp_path / "a.docx", AT, template, {"c.png": png})
    assert len(docx.Document(str(tmp_path / "a.docx")).inline_shapes) == 1


def _png() -> bytes:
    from appeal.render.test_pdf import png

    return png()


@pytest.mark.parametrize("place", ["{{ label.absent }}", "{{ groups[0].absent }}", "{{ absent }}"])
def test_an_unknown_place_is_refused(letter: dict, tmp_path: Path, place: str):
    with pytest.raises(BadInput, match=r"docs/pack\.md"):
        word_paper(letter, tmp_path / "a.docx", AT, own_template(tmp_path / "own.docx", place))


def test_our_own_templates_use_no_other_place(letter: dict, form: dict, tmp_path: Path):
    word_paper(marked(letter) | {"groups": []}, tmp_path / "a.docx", AT, LETTER_TEMPLATE)
    word_paper(form, tmp_path / "b.docx", AT, FORM_TEMPLATE)
    assert "<orders.strength>" in text_of(tmp_path / "a.docx")
