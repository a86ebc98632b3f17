"""A paper as a PDF, set by Typst inside this process; nothing is fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from workbench.appeal.office import plain_text
from workbench.appeal.render.links import anchors, changed, pieces
from workbench.language import words

__all__ = ["missing_font", "pdf_paper"]

_TEMPLATES = Path(__file__).resolve().parents[1] / "templates"

# Fonts with mainland glyph forms, the first that is there; Typst falls back glyph by glyph.
_CHINESE = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Serif SC",
    "Songti SC",
    "SimSun",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)
_CHINESE_HEADS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "SimHei",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)


# Words that no column may be wide enough for.
_LONG = re.compile("[!-~]{25,}")
_HASH = re.compile("[0-9a-f]{64}")


def pdf_paper(
    model: Mapping[str, Any], layout: str, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The model as a PDF set by the template `layout` ("letter" or "form").

    The texts go in as JSON and never as markup. The same model gives the same bytes with the
    same fonts; nothing in the file tells when it was made.
    """
    targets = anchors(model)
    shown = pictures or {}
    data = {
        "model": changed(model, lambda text: _pieces(text, targets)),
        "pictures": {_breakable(name): f"/{_picture(n)}" for n, name in enumerate(shown)},
        "fonts": {"text": _there(_CHINESE), "heads": _there(_CHINESE_HEADS)},
        "lang": "zh" if model["language"] == "zh" else "en",
    }
    with TemporaryDirectory() as name:
        folder = Path(name)
        for template in ("paper.typ", f"{layout}.typ"):
            (folder / template).write_bytes((_TEMPLATES / template).read_bytes())
        for number, content in enumerate(shown.values()):
            (folder / _picture(number)).write_bytes(content)
        inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
        compiler = typst.Compiler(
            str(folder / f"{layout}.typ"),
            root=str(folder),
            font_paths=_fonts(),
            sys_inputs=inputs,
        )
        made: Any = compiler.compile(format="pdf")
        return bytes(made)


def missing_font(language: str) -> str:
    """Why no PDF can be made in `language` on this machine, in that language; "" when it can."""
    if _there(_CHINESE):
        return ""
    say = words("appeal", language)
    return say(
        "No Chinese font on this machine: the papers are given as Word and HTML, not as PDF. "
        "Install Noto Serif CJK SC to have them."
    )


@cache
def _fonts() -> typst.Fonts:
    """The fonts of this machine, looked for once."""
    return typst.Fonts()


def _families() -> frozenset[str]:
    return frozenset(_fonts().families())


def _there(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name in _families()]


def _breakable(text: str) -> str:
    """Long words with places where a line may end; a SHA-256 is left as it is, to be copied."""
    return _LONG.sub(lambda word: _broken(word.group()), text)


def _broken(word: str) -> str:
    if _HASH.fullmatch(word):
        return word
    return "\u200b".join(word[at : at + 16] for at in range(0, len(word), 16))


def _picture(number: int) -> str:
    return f"picture-{number}.png"


def _pieces(text: str, targets: frozenset[str]) -> list[dict[str, str]]:
    """A text as Typst reads it: parts with their words, and where each points to."""
    parts = []
    for piece in pieces(plain_text(text)):
        part = {"t": _breakable(piece.text)}
        if piece.anchor:
            part["a"] = piece.anchor
        elif piece.link in targets:
            part["l"] = piece.link
        parts.append(part)
    return parts
