"""One part of the page: what a cell of the notebook shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup

from workbench.charts.theme import CONFIG

__all__ = ["Part"]


@dataclass(frozen=True)
class Part:
    """HTML, and the figure that belongs into its empty `<div class="chart">`, if there is one.

    JupyterLab shows the figure; the page's template shows both. `name` is what a plain-text
    reader (a log, a diff) sees.
    """

    name: str
    html: Markup
    figure: go.Figure | None = None

    def __repr__(self) -> str:
        return f"<part of the dashboard: {self.name}>"

    def _repr_mimebundle_(self, **_: object) -> Mapping[str, Any]:
        bundle: dict[str, Any] = {"text/plain": repr(self), "text/html": str(self.html)}
        if self.figure is not None:
            bundle["application/vnd.plotly.v1+json"] = {
                **self.figure.to_plotly_json(),
                # The page is read, not explored: no bar of buttons, and never one that uploads.
                "config": {**CONFIG, "displayModeBar": False},
            }
        return bundle
