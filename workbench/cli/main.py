"""Parse, call one function of `workbench.commands`, print, leave.

Exit code 0 means done, 1 that a check said no, 2 that the input could not be used.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from workbench.cli.arguments import parser
from workbench.cli.output import BAD_INPUT, print_json, speak_inert, speak_utf8
from workbench.errors import BadInput

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    options = parser().parse_args(arguments)
    speak_utf8()
    try:
        with speak_inert(options):
            return int(options.run(options))
    except BadInput as error:
        if options.json:
            print_json({"ok": False, "problems": [vars(p) for p in error.problems]})
        print(error, file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
