"""Widgets that say in plain text what they show."""

from __future__ import annotations

from typing import Any

import ipywidgets

__all__ = ["Told"]


class Told(ipywidgets.VBox):
    """A box of widgets whose text twin is `told()`.

    A notebook stores the twin, so that a reader without a kernel sees what was shown, and a test
    compares it: it holds no random id, no address in memory and no time of day.
    """

    def told(self) -> str:
        """What the widget shows, in plain text."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return self.told()

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        # The method above this one cuts the text after 110 signs.
        return {**super()._repr_mimebundle_(**kwargs), "text/plain": self.told()}
