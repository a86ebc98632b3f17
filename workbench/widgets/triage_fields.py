"""The lines of one order as fields that are read at a glance, without scrolling sideways."""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup

from workbench.element import tag
from workbench.language import Say
from workbench.widgets.group_orders import orders_heading
from workbench.widgets.group_text import cell_text
from workbench.widgets.markup import table

__all__ = ["order_fields"]


def order_fields(lines: pd.DataFrame, say: Say, language: str) -> Markup:
    """What all lines of the order share as fields; where they differ, a table of the lines.

    `lines` is what `group_orders` gives for one order: personal data are not masked.
    """
    if lines.empty:
        return tag("p", say("No line of this order was loaded."), class_="wb-quiet")
    shown = lines.drop(columns=["order_id", "named"], errors="ignore")
    texts = shown.map(cell_text)
    shared = [name for name in texts if texts[name].nunique() == 1 and texts[name].iloc[0]]
    own = [name for name in texts if texts[name].nunique() > 1]
    fields = (
        tag("div", tag("dt", _heading(str(name), say, language)), tag("dd", texts[name].iloc[0]))
        for name in shared
    )
    grid = tag("dl", *fields, class_="wb-fields")
    if not own:
        return grid
    heads = [_heading(str(name), say, language) for name in own]
    rows: list[list[Any]] = texts[own].to_numpy().tolist()
    caption = say("{lines} lines of this order", lines=len(lines))
    return tag("div", grid, table(heads, rows, caption=caption, row_heads=False))


def _heading(name: str, say: Say, language: str) -> str:
    own = {"file": say("source file"), "source_row": say("row there")}
    return own.get(name) or orders_heading(name, language)
