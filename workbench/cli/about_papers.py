"""Commands about the papers of an appeal: their templates."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from workbench.cli.command import add_command
from workbench.cli.output import DONE, print_json

__all__ = ["add_template", "run_template"]


def add_template(commands: Any) -> None:
    """`workbench template`."""
    about = "Copy the Word template of the letter, to be edited and given to `pack --template`."
    parser = add_command(commands, "template", run_template, about)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE.docx", help="where the copy goes"
    )
    parser.add_argument("--form", action="store_true", help="that of the forms beside the letter")
    parser.add_argument("--overwrite", action="store_true", help="replace FILE.docx if it exists")


def run_template(options: argparse.Namespace) -> int:
    """Write the copy and say where it is."""
    from workbench.commands.template import letter_template

    out = letter_template(options.out, form=options.form, overwrite=options.overwrite)
    if options.json:
        print_json({"ok": True, "path": str(out)})
    else:
        option = "--form-template" if options.form else "--template"
        print(f"{out}: edit it in Word, then: workbench pack --case DIR {option} {out}")
    return DONE
