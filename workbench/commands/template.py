"""Copy the Word template of the letter or of the forms, for a firm to edit."""

from __future__ import annotations

from pathlib import Path

from workbench.appeal.render import FORM_TEMPLATE, LETTER_TEMPLATE
from workbench.errors import BadInput

__all__ = ["letter_template"]


def letter_template(out: Path, *, form: bool = False, overwrite: bool = False) -> Path:
    """Write the template of the letter (of the forms, with `form`) to `out` and give its path.

    Edit the copy in Word and hand it to `pack`. docs/pack.md lists the places that it may use.
    Raises BadInput when `out` exists, is no .docx, or cannot be written.
    """
    out = Path(out)
    if out.suffix.lower() != ".docx":
        raise BadInput("A template is a Word file", str(out), "Name a file that ends in .docx")
    if out.exists() and not overwrite:
        do = "Name another file, or allow it to be replaced"
        raise BadInput("There is such a file already", str(out), do)
    try:
        out.write_bytes((FORM_TEMPLATE if form else LETTER_TEMPLATE).read_bytes())
    except OSError as error:
        do = "Name a file in a folder that you may write to"
        raise BadInput(f"It cannot be written: {error.strerror}", str(out), do) from None
    return out
