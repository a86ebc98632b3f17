"""Write the letter as a Word file from a template that its users may edit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from workbench.appeal.office import plain_text, settle
from workbench.errors import BadInput

__all__ = ["TEMPLATE", "environment", "write_letter"]

TEMPLATE = Path(__file__).resolve().parent / "templates" / "letter.docx"


def write_letter(
    model: Mapping[str, Any], out: Path, at: datetime, template: Path = TEMPLATE
) -> None:
    """Fill `template` with what `letter_model` gives and write it to `out`, dated `at`.

    Raises BadInput when the template asks for something that the letter does not have, or
    cannot be read.
    """
    try:
        document = DocxTemplate(template)
        document.render(_plain(model), jinja_env=environment(), autoescape=True)
    except TemplateError as error:
        raise BadInput(
            f"The template of the letter cannot be filled: {error}",
            str(template),
            "Use only the places that docs/pack.md lists",
        ) from None
    except (OpcError, BadZipFile, KeyError, ValueError, OSError) as error:
        raise BadInput(f"The template cannot be read: {error}", str(template)) from None
    with TemporaryDirectory() as folder:
        written = Path(folder) / "letter.docx"
        document.save(written)
        settle(written, out, at)


def environment() -> Environment:
    """Templates come from elsewhere: they fill places, and can neither run code nor skip one."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return plain_text(value) if isinstance(value, str) else value
