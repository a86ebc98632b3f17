"""What the arguments of every command have in common."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbench.language import LANGUAGES

__all__ = ["add_case", "add_command", "add_language", "add_serving", "language_of"]


def add_command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], about: str
) -> argparse.ArgumentParser:
    """A new command that calls `run`, with the option that all have: `--json`."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    parser.add_argument("--json", action="store_true", help="print one JSON object for machines")
    parser.set_defaults(run=run)
    return parser


def add_case(
    parser: argparse.ArgumentParser, *, required: bool = True, about: str = "the case folder"
) -> None:
    """The option that names the case."""
    parser.add_argument("--case", type=Path, required=required, metavar="DIR", help=about)


def add_language(parser: argparse.ArgumentParser) -> None:
    """The option that says in which language a report is printed."""
    parser.add_argument("--language", choices=LANGUAGES, help="of what is printed (the case's)")


def language_of(options: argparse.Namespace) -> str:
    """The language that was asked for, or that of the case."""
    from workbench.case import open_case

    return options.language or open_case(options.case).language


def add_serving(parser: argparse.ArgumentParser) -> None:
    """The options of commands that serve a page."""
    parser.add_argument("--port", type=int, default=8866, help="wanted port (8866)")
    parser.add_argument("--no-browser", action="store_true", help="print the address only")
