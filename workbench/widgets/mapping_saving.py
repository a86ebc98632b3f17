"""The fields that save a mapping: its name, whether it is kept for next time, the button."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import ipywidgets

from workbench.element import tag
from workbench.errors import BadInput
from workbench.language import Say
from workbench.load import saved_mappings
from workbench.widgets.problems import done, refused

__all__ = ["SavingFields"]

_BUTTON = {"width": "auto", "align_self": "flex-start", "margin": "4px 2px 4px 150px"}
_BOX = {"width": "auto", "margin": "0 2px 0 150px"}

# (name, keep, replaced) → where the mapping lies and how the file is loaded with it.
Save = Callable[..., tuple[Path, str]]


class SavingFields(ipywidgets.VBox):
    """Save what was chosen, and say where it lies or what stands in the way.

    The box that replaces a kept mapping shows only once one with this name or these headers is
    there: it is never replaced unasked.
    """

    def __init__(self, stem: str, save: Save, say: Say) -> None:
        self._save, self._say = save, say
        self.name = ipywidgets.Text(
            value=stem,
            description=say("Mapping name"),
            style={"description_width": "140px"},
        )
        self.keep = ipywidgets.Checkbox(
            value=True,
            description=say("Use it from now on for files with the same headers"),
            indent=False,
            layout=_BOX,
        )
        self.replace = ipywidgets.Checkbox(
            value=False,
            description=say("Replace the saved mapping"),
            indent=False,
            layout={**_BOX, "display": "none"},
        )
        self.button = ipywidgets.Button(
            description=say("Save the mapping"), button_style="primary", layout=_BUTTON
        )
        self.result = ipywidgets.HTML()
        super().__init__([self.name, self.keep, self.replace, self.button, self.result])
        self.button.on_click(self._clicked)

    def forget_result(self) -> None:
        """Take back what was said of an earlier choice."""
        self.result.value = ""

    def _clicked(self, button: object = None) -> None:
        say = self._say
        name = Path(self.name.value.strip()).name.removesuffix(".toml")
        try:
            if not name:
                raise BadInput(say("Give the mapping a name"))
            path, how = self._save(name, keep=self.keep.value, replaced=self.replace.value)
        except BadInput as error:
            if self.keep.value and _is_kept(error):
                self.replace.layout.display = None
            self.result.value = refused(say, error)
            return
        self.replace.value, self.replace.layout.display = False, "none"
        told = [tag("p", say("Written: {path}.", path=path))]
        if self.keep.value:
            told.append(
                tag("p", say("Kept as {name}: the next file like this loads at once.", name=name))
            )
        self.result.value = done(*told, tag("code", how))


def _is_kept(error: BadInput) -> bool:
    """Whether a kept mapping stands in the way."""
    kept = {str(one.path) for one in saved_mappings()}
    return any(problem.where in kept for problem in error.problems)
