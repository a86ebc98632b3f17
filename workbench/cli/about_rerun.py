"""The command that runs a case again: `workbench rerun`."""

from __future__ import annotations

import argparse
from typing import Any

from workbench.cli.command import add_case, add_command, add_language, language_of
from workbench.cli.output import DONE, SAID_NO, print_json, watched

__all__ = ["add_rerun"]


def add_rerun(commands: Any) -> None:
    """`workbench rerun`."""
    about = (
        "Screen the case and run its notebooks again on the newest data; say what changed. "
        "1 when a figure that was submitted changed, or a notebook stopped."
    )
    parser = add_command(commands, "rerun", run_rerun, about)
    add_case(parser)
    add_language(parser)


def run_rerun(options: argparse.Namespace) -> int:
    """Run again and print what changed."""
    from workbench.commands import rerun

    done = rerun(options.case, progress=watched(options))
    no = bool(done.problems or done.submitted_changed)
    if options.json:
        print_json(
            {
                "ok": not no,
                "against": done.against,
                "told": done.told,
                "groups": done.groups.to_dict("records"),
                "figures": done.figures.to_dict("records"),
                "submitted_changed": done.submitted_changed,
                "problems": [vars(problem) for problem in done.problems],
            }
        )
        return SAID_NO if no else DONE
    print(f"Held against the last {done.against}:")
    for line in done.told[language_of(options)]:
        print(line)
    for problem in done.problems:
        print(problem)
    return SAID_NO if no else DONE
