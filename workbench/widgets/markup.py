"""Tables and pages of the widgets, of elements whose text is always escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from markupsafe import Markup

from workbench.element import tag

__all__ = ["page", "table"]

_CSS = Path(__file__).with_name("widgets.css").read_text("utf-8")
_STYLE = Markup(f"<style>{_CSS}</style>")  # noqa: S704 - a file of this package


def table(
    heads: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str, row_heads: bool = True
) -> Markup:
    """A table with a caption; the first cell of each row heads it, where `row_heads` is true."""
    head = tag("thead", tag("tr", *(tag("th", text, scope="col") for text in heads)))
    body = [
        tag(
            "tr",
            *(
                tag("th", cell, scope="row") if row_heads and at == 0 else tag("td", cell)
                for at, cell in enumerate(row)
            ),
        )
        for row in rows
    ]
    told = tag("table", tag("caption", caption), head, tag("tbody", *body))
    return tag("div", told, class_="wb-scroll", tabindex="0", role="region", aria_label=caption)


def page(*parts: object) -> str:
    """The parts with the look of the workbench's widgets around them, as an HTML text."""
    return str(_STYLE + tag("div", *parts, class_="wb"))
