"""The commands about the platform's notice, and about the deadlines of many cases."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from workbench.cli.command import add_case, add_command, add_language, language_of
from workbench.cli.output import DONE, SAID_NO, print_json, watched
from workbench.errors import BadInput
from workbench.language import LANGUAGES

__all__ = ["add_board", "add_notice", "run_board", "run_notice"]


def add_notice(commands: Any) -> None:
    """`workbench notice`: read a notice, and record it once a person confirms."""
    about = "Read the platform's notice; show each value with its words; record it with --confirm."
    parser = add_command(commands, "notice", run_notice, about)
    parser.add_argument(
        "file", nargs="?", metavar="FILE|-", help="the notice: .txt .eml .html .docx, or - for text"
    )
    add_case(parser)
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        dest="fields",
        metavar="FIELD=VALUE",
        help="a field as you read it (wins over what was read; - says that the notice is silent)",
    )
    parser.add_argument(
        "--order",
        action="append",
        default=[],
        metavar="GIVEN=ORDER",
        help="the order that a number of the notice means, where the two are written differently",
    )
    parser.add_argument(
        "--rule",
        action="append",
        default=[],
        metavar="KEY=NUMBER",
        help="a number of the platform's rule pack as the notice says it, such as appeal_days=7",
    )
    parser.add_argument(
        "--confirm", action="store_true", help="record it: you have checked what is shown"
    )
    parser.add_argument("--who", default="", metavar="NAME", help="who confirms")
    add_language(parser)


def add_board(commands: Any) -> None:
    """`workbench board`: days left and evidence missing, over many cases."""
    about = "Show the deadlines of one or many cases, and how much evidence is missing."
    parser = add_command(commands, "board", run_board, about)
    parser.add_argument(
        "dirs", nargs="+", type=Path, metavar="DIR", help="a case, or a folder of cases"
    )
    parser.add_argument("--out", type=Path, metavar="FILE.html", help="write one offline page")
    parser.add_argument("--language", choices=LANGUAGES, default="zh", help="of the board (zh)")


def run_notice(options: argparse.Namespace) -> int:
    """Read, show, and with --confirm record."""
    from workbench.commands import notice
    from workbench.notice.told import match_lines, notice_lines, pack_lines, parsed_lines

    source: Path | str | None = options.file
    if source == "-":
        source = sys.stdin.read()
    elif source is not None:
        source = Path(source)
    given = _pairs(options.fields, "--set")
    if options.order:
        given["orders_corrected"] = " ".join(options.order)
    rules = _pairs(options.rule, "--rule")
    read = notice(
        options.case, source, given=given, rules=rules, confirm=options.confirm, who=options.who
    )
    if options.json:
        print_json(_told(read))
        return DONE
    language = language_of(options)
    lines = parsed_lines(read.parsed, language) if read.parsed else []
    for one in read.notices if read.recorded or not read.parsed else ():
        lines += ["", *notice_lines(one, language)]
    lines += ["", *match_lines(read.matches, language), "", *pack_lines(read.pack, language)]
    print("\n".join(lines).strip("\n"))
    return DONE


def run_board(options: argparse.Namespace) -> int:
    """Print the board; 1 where a near deadline lacks evidence or a case cannot be opened."""
    from workbench.commands import board

    found = board(
        options.dirs, out=options.out, language=options.language, watched=watched(options)
    )
    if options.json:
        rows = found.rows.astype(object).where(found.rows.notna(), None).to_dict("records")
        out = str(found.out) if found.out else None
        print_json({"ok": not found.urgent, "rows": rows, "out": out})
    else:
        print("\n".join(found.lines))
    return SAID_NO if found.urgent else DONE


def _pairs(given: list[str], option: str) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    for name, mark, _ in pairs:
        if not mark or not name.strip():
            raise BadInput(f"This is no pair: {name!r}", option, "Write it as NAME=VALUE")
    return {name.strip(): value for name, _, value in pairs}


def _told(read: Any) -> dict[str, Any]:
    """What was read, for machines."""
    parsed = read.parsed
    return {
        "ok": True,
        "recorded": read.recorded,
        "read": [
            {**vars(one), "excerpt": parsed.text[one.start : one.end]} for one in parsed.readings
        ]
        if parsed
        else [],
        "remarks": [vars(one) for one in parsed.remarks] if parsed else [],
        "conflicting": parsed.conflicting if parsed else (),
        "to_confirm": parsed.to_confirm if parsed else (),
        "notices": [vars(one) for one in read.notices],
        "orders": [vars(one) for one in read.matches],
        "rules": [vars(one) for one in read.pack.values],
    }
