"""Commands about proof: time stamps."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from workbench.cli.command import add_case, add_command
from workbench.cli.output import DONE, SAID_NO, print_json
from workbench.errors import BadInput

__all__ = ["add_timestamp"]


def add_timestamp(commands: Any) -> None:
    """`workbench timestamp`."""
    about = (
        "Get a time stamp (RFC 3161) of an evidence file or a pack, or check those of a case. "
        "Only a SHA-256 is sent, and only to the authority you name."
    )
    parser = add_command(commands, "timestamp", run_timestamp, about)
    add_case(parser)
    parser.add_argument(
        "what",
        nargs="?",
        default="",
        metavar="SHA256|FILE",
        help="an evidence file by its SHA-256, or a file; left out: list the stamps of the case",
    )
    parser.add_argument("--authority", default="", metavar="URL", help="the authority to ask")
    parser.add_argument(
        "--request", type=Path, metavar="FILE.tsq", help="write the request here; nothing is sent"
    )
    parser.add_argument(
        "--response", type=Path, metavar="FILE.tsr", help="keep an answer that was got elsewhere"
    )
    parser.add_argument(
        "--roots", type=Path, metavar="FILE.pem", help="root certificates to check against"
    )
    parser.add_argument("--who", default="", help="your name, for the record")


def run_timestamp(options: argparse.Namespace) -> int:
    """Do the one thing that the options say, and print what came of it."""
    if not options.what:
        return _check(options)
    if options.request:
        return _request(options)
    from workbench.commands.timestamp import ask_for_stamp, keep_stamp

    if not (options.authority or options.response):
        raise BadInput(
            "What to do with the file is not said",
            do="Give --authority URL, or --request FILE.tsq, or --response FILE.tsr",
        )
    told: dict[str, Any] = {"who": options.who, "roots": options.roots}
    if options.response:
        told |= {"authority": options.authority}
        found = keep_stamp(options.case, options.what, options.response, **told)
    else:
        found = ask_for_stamp(options.case, options.what, options.authority, **told)
    if options.json:
        print_json({"ok": True, **vars(found)})
        return DONE
    print(f"{found.sha256} existed at {found.at:%Y-%m-%d %H:%M:%S} UTC: {found.authority}")
    if not found.trusted:
        print("Its signature was not followed to a root: give --roots FILE.pem to check it.")
    return DONE


def _request(options: argparse.Namespace) -> int:
    from workbench.commands.timestamp import request_stamp

    out = request_stamp(options.case, options.what, options.request)
    if options.json:
        print_json({"ok": True, "file": str(out)})
    else:
        print(f"Wrote {out}. Nothing was sent; hand it in, and give the answer with --response.")
    return DONE


def _check(options: argparse.Namespace) -> int:
    from workbench.commands.timestamp import check_stamps

    found = check_stamps(options.case, options.roots)
    if options.json:
        stamps = found.stamps.astype({"stamped_at": str, "at": str}).to_dict("records")
        problems = [vars(problem) for problem in found.problems]
        told = {"ok": not problems, "checked": found.checked}
        print_json({**told, "stamps": stamps, "problems": problems})
        return SAID_NO if problems else DONE
    for row in found.stamps.to_dict("records"):
        print(f"{row['sha256']}  {row['stamped_at']:%Y-%m-%d %H:%M:%S} UTC  {row['authority']}")
    if found.stamps.empty:
        print("The case has no time stamps.")
    elif not found.checked:
        print("Not checked: give --roots FILE.pem.")
    for problem in found.problems:
        print(problem)
    return SAID_NO if found.problems else DONE
