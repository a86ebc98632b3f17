"""A text that a person completes and copies."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

from workbench.language import Say

__all__ = ["CopyText"]


class CopyText(anywidget.AnyWidget):
    """A heading, a text that can be completed in the page, and a button that copies it.

    What is typed stays in the page: nothing of it comes back. An empty text shows nothing.
    """

    _esm = Path(__file__).with_name("copy_text.js")
    _css = Path(__file__).with_name("copy_text.css")

    heading = traitlets.Unicode("").tag(sync=True)
    text = traitlets.Unicode("").tag(sync=True)
    hint = traitlets.Unicode("").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    copied = traitlets.Unicode("").tag(sync=True)

    def __init__(self, say: Say) -> None:
        super().__init__(label=say("Copy the text"), copied=say("Copied."))

    def __repr__(self) -> str:
        return f"<{self.heading}>"
