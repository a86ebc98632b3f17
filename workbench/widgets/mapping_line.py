"""One header of an unknown table: its sample cells, what it is, why, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets

from workbench.element import tag
from workbench.widgets.markup import page

__all__ = ["ColumnLine"]

_SAMPLES = 3
_WIDTH = 80


class ColumnLine(ipywidgets.HBox):
    """A header with sample cells, the dropdown of what it is, and what is to be said of it.

    `options` are (label, canonical column); `why` is why it was proposed, or that it was not.
    """

    def __init__(
        self,
        header: str,
        cells: Sequence[str],
        options: Sequence[tuple[str, str]],
        value: str,
        why: str,
        changed: Callable[[Any], None],
    ) -> None:
        samples = " | ".join(dict.fromkeys(cells[:_SAMPLES]))
        self._why = why
        self._note = ipywidgets.HTML(layout={"flex": "1 1 260px", "min_width": "0"})
        self.field = ipywidgets.Dropdown(
            options=options, value=value, layout={"width": "300px", "flex": "0 1 300px"}
        )
        self.field.observe(changed, "value")
        head = ipywidgets.HTML(
            page(tag("b", header), tag("p", samples[:_WIDTH], class_="wb-quiet")),
            layout={"width": "220px", "flex": "0 0 220px"},
        )
        super().__init__(
            [head, self.field, self._note],
            layout={"flex_flow": "row wrap", "align_items": "flex-start"},
        )
        self.tell(())

    def tell(self, problems: Sequence[str]) -> None:
        """Say beside the field what is wrong with the choice; nothing is, without problems."""
        told = [tag("p", self._why, class_="wb-quiet")]
        if problems:
            lines = (tag("li", problem) for problem in problems)
            told.append(tag("div", tag("ul", *lines), class_="wb-refused", role="alert"))
        value = page(*told)
        if self._note.value != value:
            self._note.value = value
