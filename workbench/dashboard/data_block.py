"""Data for the page's script."""

from __future__ import annotations

import json

from markupsafe import Markup

from workbench.element import tag
from workbench.inert import inert

__all__ = ["data_block"]


def data_block(id_: str, data: object) -> Markup:
    """Data for the page's script, as JSON that a browser never runs and that cannot end early."""
    text = inert(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    # Safe: without "<" no element can begin or end inside.
    return tag("script", Markup(safe), type="application/json", id=id_)  # noqa: S704
