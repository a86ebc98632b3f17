"""A paper as a Word file, from a template that its users may edit."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import Environment, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from workbench.appeal.office import plain_text, settle
from workbench.appeal.render.links import Piece, anchors, changed, pieces
from workbench.errors import BadInput

__all__ = ["FORM_TEMPLATE", "LETTER_TEMPLATE", "environment", "word_paper"]

_TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
LETTER_TEMPLATE = _TEMPLATES / "letter.docx"
FORM_TEMPLATE = _TEMPLATES / "form.docx"

_PICTURE_WIDTH = Cm(16.4)
_LINK_COLOUR = "1B4F8A"
_MARKS = re.compile("[\ue000-\ue01f]")


def word_paper(
    model: Mapping[str, Any],
    out: Path,
    at: datetime,
    template: Path = LETTER_TEMPLATE,
    pictures: Mapping[str, bytes] | None = None,
) -> None:
    """Fill `template` with a model and write it to `out`, dated `at`.

    A field named `chart` holds the name of one of `pictures` and becomes that picture. Links
    inside texts become links to bookmarks. Raises BadInput when the template asks for something
    that the model does not have, or cannot be read.
    """
    try:
        document = DocxTemplate(template)
        document.init_docx()
        filled = _with_pictures(changed(model, plain_text), document, pictures or {})
        document.render(filled, jinja_env=environment(), autoescape=True)
        _link(document.docx.element.body, anchors(model))
    except TemplateError as error:
        raise BadInput(
            f"The template cannot be filled: {error}",
            str(template),
            "Use only the places that docs/pack.md lists",
        ) from None
    except (OpcError, BadZipFile, KeyError, ValueError, OSError) as error:
        raise BadInput(f"The template cannot be read: {error}", str(template)) from None
    with TemporaryDirectory() as folder:
        written = Path(folder) / "paper.docx"
        document.save(written)
        settle(written, out, at)


def environment() -> Environment:
    """Templates come from elsewhere: they fill places, and can neither run code nor skip one."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _with_pictures(value: Any, document: DocxTemplate, pictures: Mapping[str, bytes]) -> Any:
    if isinstance(value, list):
        return [_with_pictures(one, document, pictures) for one in value]
    if not isinstance(value, Mapping):
        return value
    filled = {key: _with_pictures(one, document, pictures) for key, one in value.items()}
    name = filled.get("chart")
    if isinstance(name, str) and name:
        content = io.BytesIO(pictures[name])
        filled["chart"] = InlineImage(document, content, width=_PICTURE_WIDTH)
    return filled


def _link(body: Any, targets: frozenset[str]) -> None:
    """Turn the marks in the texts of a document into bookmarks and links to them."""
    numbers = {target: number for number, target in enumerate(sorted(targets), start=100)}
    placed: set[str] = set()
    for run in list(body.iter(qn("w:r"))):
        texts = [one.text or "" for one in run.iter(qn("w:t"))]
        if any(_MARKS.search(text) for text in texts):
            for element in _replaced(run, numbers, placed):
                run.addprevious(element)
            run.getparent().remove(run)


def _replaced(run: Any, numbers: Mapping[str, int], placed: set[str]) -> Iterator[Any]:
    look = run.find(qn("w:rPr"))
    for child in run:
        if child.tag == qn("w:t"):
            for piece in pieces(child.text or ""):
                yield from _piece(piece, look, numbers, placed)
        elif child.tag != qn("w:rPr"):
            yield _run(look, copy.deepcopy(child))


def _piece(piece: Piece, look: Any, numbers: Mapping[str, int], placed: set[str]) -> Iterator[Any]:
    run = _run(look, _text(piece.text), linked=piece.link in numbers)
    if piece.anchor and piece.anchor not in placed:
        placed.add(piece.anchor)
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(numbers[piece.anchor]))
        start.set(qn("w:name"), _bookmark(piece.anchor))
        yield from (start, run, end)
    elif piece.link in numbers:
        hyperlink = OxmlElement("w:hyperlink")
        hyperlink.set(qn("w:anchor"), _bookmark(piece.link))
        hyperlink.set(qn("w:history"), "1")
        hyperlink.append(run)
        yield hyperlink
    else:
        yield run


def _run(look: Any, content: Any, *, linked: bool = False) -> Any:
    run = OxmlElement("w:r")
    own = copy.deepcopy(look) if look is not None else None
    if linked:
        own = OxmlElement("w:rPr") if own is None else own
        for old in own.findall(qn("w:color")):
            own.remove(old)
        colour = OxmlElement("w:color")
        colour.set(qn("w:val"), _LINK_COLOUR)
        own.append(colour)
    if own is not None:
        run.append(own)
    run.append(content)
    return run


def _text(text: str) -> Any:
    element = OxmlElement("w:t")
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def _bookmark(target: str) -> str:
    """A name that Word takes for a bookmark: at most 40 letters, digits and underscores."""
    return re.sub("[^A-Za-z0-9]", "_", target)[:40]
