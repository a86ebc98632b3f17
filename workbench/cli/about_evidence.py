"""Commands about evidence: how well orders are proved, what to ask for, and adding a file."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.cli.command import add_case, add_command, add_language, language_of
from workbench.cli.output import DONE, SAID_NO, print_json

__all__ = ["add_attach", "add_evidence"]


def add_evidence(commands: Any) -> None:
    """`workbench evidence`."""
    about = "Say how well each order at issue is proved and what is missing; 1 when one is not."
    parser = add_command(commands, "evidence", run_evidence, about)
    add_case(parser)
    parser.add_argument(
        "--order",
        action="append",
        default=[],
        metavar="ID",
        help="only this order (may be given several times; those at issue)",
    )
    parser.add_argument(
        "--requests", type=Path, metavar="DIR", help="write the requests for what is missing here"
    )
    add_language(parser)


def add_attach(commands: Any) -> None:
    """`workbench attach`."""
    about = "Keep a file as evidence, with what it shows and where it comes from."
    parser = add_command(commands, "attach", run_attach, about)
    parser.add_argument("file", type=Path, metavar="FILE")
    add_case(parser)
    several: dict[str, Any] = {"action": "append", "default": [], "metavar": "ID"}
    parser.add_argument("--order", help="it speaks for this order (several times)", **several)
    parser.add_argument("--group", help="it speaks for this group (several times)", **several)
    parser.add_argument(
        "--code",
        action="append",
        default=[],
        metavar="E01",
        help="what it shows, the main thing first (E01 to E30, may be given several times)",
    )
    parser.add_argument("--origin", default="", help="where it came from")
    parser.add_argument("--supplier", default="", help="who gave it")
    parser.add_argument("--captured", default="", metavar="WHEN", help="when it was made")
    parser.add_argument("--copy", choices=("original", "copy", "unknown"), default="unknown")
    parser.add_argument("--system", default="", help="the source system, if not that of its code")
    parser.add_argument("--note", default="", help="what it shows, in one sentence")
    parser.add_argument("--who", required=True, help="your name")


def run_evidence(options: argparse.Namespace) -> int:
    """Print how many orders are proved how well, what is missing, and whom to ask."""
    from workbench.commands.evidence import evidence, write_requests
    from workbench.proof import evidence_lines

    found = evidence(options.case, options.order)
    written = write_requests(found.requests, options.requests) if options.requests else []
    proved = bool(found.strength["sufficient"].all())
    if options.json:
        print_json(
            {
                "ok": proved,
                "orders": found.strength.to_dict("records"),
                "missing": found.missing.to_dict("records"),
                "requests": [{**asdict(one), "to_fill": one.to_fill} for one in found.requests],
                "written": [str(path) for path in written],
            }
        )
        return DONE if proved else SAID_NO
    told = evidence_lines(found.strength, found.missing, found.requests, language_of(options))
    print("\n".join([*told, *map(str, written)]))
    return DONE if proved else SAID_NO


def run_attach(options: argparse.Namespace) -> int:
    """Attach the file and say under which hash it lies."""
    from workbench.commands.evidence import attach_file

    file = attach_file(
        options.case,
        options.file,
        orders=options.order,
        groups=options.group,
        codes=options.code,
        note=options.note,
        origin=options.origin,
        supplier=options.supplier,
        captured_at=options.captured,
        copy=options.copy,
        system=options.system,
        who=options.who,
    )
    if options.json:
        print_json({"ok": True, "sha256": file.sha256, "name": file.name, "size": file.size})
    else:
        print(f"{file.sha256}  {file.name} ({file.size:,} bytes)")
    return DONE
