"""A paper as one HTML file that needs nothing else: no script, no host, no folder."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from workbench.appeal.office import plain_text
from workbench.appeal.render.links import anchors, changed, pieces, without_links
from workbench.element import tag

__all__ = ["html_paper"]

_TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


def html_paper(
    model: Mapping[str, Any], layout: str, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The model as one page laid out by the template `layout` ("letter" or "form").

    Pictures (PNG) stand inside as data. The page holds no script; the browser is told to run
    and to fetch nothing at all.
    """
    clean = changed(model, plain_text)
    targets = anchors(clean)
    style = (_TEMPLATES / "paper.css").read_text("utf-8")
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["said"] = lambda text: _said(str(text), targets)
    environment.filters["bare"] = lambda text: without_links(str(text))
    page = environment.get_template(f"{layout}.html.j2").render(
        clean,
        style=Markup(style),  # noqa: S704 - our own file
        policy=_policy(style),
        pictures={name: _data(content) for name, content in (pictures or {}).items()},
    )
    return page.encode()


def _said(text: str, targets: frozenset[str]) -> Markup:
    """The words escaped, its links and targets as elements, its lines parted."""
    return Markup("").join(_piece(piece, targets) for piece in pieces(text))


def _piece(piece: Any, targets: frozenset[str]) -> Markup:
    words = Markup("<br>").join(escape(line) for line in piece.text.split("\n"))
    if piece.anchor:
        return tag("span", words, id=piece.anchor)
    return tag("a", words, href=f"#{piece.link}") if piece.link in targets else words


def _policy(style: str) -> str:
    """Only this very style and pictures inside the page; no script, no host, no form, no frame."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "form-action 'none'; base-uri 'none'"
    )


def _data(content: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"
