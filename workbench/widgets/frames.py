"""Tables of a notebook, shown without what turns the direction of writing."""

from __future__ import annotations

import builtins
from typing import Any

import pandas as pd

from workbench.inert import inert

__all__ = ["show_frames_inert"]


def show_frames_inert() -> None:
    """Let this notebook show the texts of data frames as they read (see `workbench.inert`).

    pandas escapes markup; names and reasons can hold characters that turn what stands beside
    them. The frames themselves stay what they are. Outside of a notebook nothing changes.
    """
    # IPython puts it there for whatever runs inside of it.
    shell = getattr(builtins, "get_ipython", lambda: None)()
    if shell is not None:
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, _html)


def _html(frame: Any) -> str | None:
    html = frame._repr_html_()
    return None if html is None else inert(html)
