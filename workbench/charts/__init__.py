"""Figures: rows in, plotly figure out; and the files that they are handed out as."""

from workbench.charts.theme import CONFIG, themed, use_in_notebook

__all__ = ["CONFIG", "themed", "use_in_notebook"]
