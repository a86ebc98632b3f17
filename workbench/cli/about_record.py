"""Commands about the record of a case: show it, join copies, purge, keep until, set the clock."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from workbench.cli.command import add_case, add_command
from workbench.cli.output import DONE, SAID_NO, print_json
from workbench.errors import BadInput

__all__ = ["add_clock", "add_merge", "add_purge", "add_record", "add_retention"]

# Each command imports what it needs when it runs: `workbench verify` should not wait for pandas.


def add_record(commands: Any) -> None:
    """`workbench record`."""
    about = "Show what people did in a case, and whether its chain of events is whole."
    parser = add_command(commands, "record", run_record, about)
    add_case(parser)
    parser.add_argument("--until", type=_day, metavar="DAY", help="as it stood at the end of DAY")


def add_merge(commands: Any) -> None:
    """`workbench merge`."""
    about = "Bring what was done in another copy of a case into this one."
    parser = add_command(commands, "merge", run_merge, about)
    add_case(parser)
    parser.add_argument("other", type=Path, metavar="OTHER", help="the folder of the other copy")
    _add_who(parser)


def add_purge(commands: Any) -> None:
    """`workbench purge`."""
    about = "Remove personal data from a case for good; the chain of events stays whole."
    parser = add_command(commands, "purge", run_purge, about)
    add_case(parser)
    parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    parser.add_argument(
        "--order",
        action="append",
        default=[],
        metavar="ID",
        help="only what belongs to this order alone (may be given several times)",
    )
    parser.add_argument("--reason", default="", help="why")
    _add_who(parser, required=False)


def add_retention(commands: Any) -> None:
    """`workbench retention`."""
    about = "Say, or set, until when personal data are kept; 1 when the day is over."
    parser = add_command(commands, "retention", run_retention, about)
    add_case(parser)
    parser.add_argument("--until", type=_day, metavar="DAY", help="keep them until the end of DAY")
    parser.add_argument("--reason", default="", help="why so long")
    _add_who(parser, required=False)


def add_clock(commands: Any) -> None:
    """`workbench clock`."""
    about = "Say that this computer's clock is right though it stands before the newest event."
    parser = add_command(commands, "clock", run_clock, about)
    add_case(parser)
    parser.add_argument("--reason", required=True, help="what was wrong before")
    _add_who(parser)


def run_record(options: argparse.Namespace) -> int:
    """Print one line per event, and what is wrong with the chain."""
    from workbench.commands.record import record

    found = record(options.case, options.until)
    if options.json:
        rows = found.events[["seq", "who", "kind", "subject_kind", "subject_id", "hash"]]
        told = rows.assign(at=found.events["at"].map(str)).to_dict("records")
        bodies = [json.loads(body) for body in found.events["body"]]
        listed = [{**row, "body": body} for row, body in zip(told, bodies, strict=True)]
        problems = [vars(problem) for problem in found.problems]
        print_json({"ok": not problems, "events": listed, "problems": problems})
    else:
        for row in found.events.to_dict("records"):
            subject = f"{row['subject_kind']} {row['subject_id']}".strip()
            at = f"{row['at']:%Y-%m-%d %H:%M:%S} UTC"
            # One line per event, whatever somebody gave as a name.
            who = " ".join(row["who"].split())
            print(f"{row['seq']:>5}  {at}  {who}: {row['kind']} of {subject}")
        for problem in found.problems:
            print(problem)
        whole = "The chain holds." if not found.problems else "The chain is broken."
        print(f"{len(found.events)} events. {whole}")
    return SAID_NO if found.problems else DONE


def run_merge(options: argparse.Namespace) -> int:
    """Merge and say what came over."""
    from workbench.commands.record import merge_copies

    done = merge_copies(options.case, options.other, who=options.who)
    if options.json:
        print_json({"ok": True, **vars(done)})
        return DONE
    print(f"{done.events} events and {len(done.files)} evidence files came over.")
    for sha256 in done.only_there:
        print(f"Only the other copy loaded {sha256}: load that file here, and screen again")
    return DONE


def run_purge(options: argparse.Namespace) -> int:
    """Purge and say what was removed."""
    from workbench.commands.record import purge

    done = purge(
        options.case,
        reason=options.reason,
        who=options.who,
        order_ids=options.order,
        dry=options.dry_run,
    )
    if options.json:
        print_json({"ok": True, "removed": not options.dry_run, **vars(done)})
        return DONE
    size = sum(size for _, size in done.files)
    word = "Would remove" if options.dry_run else "Removed"
    print(
        f"{word} {len(done.files)} files ({size:,} bytes), and words of {len(done.events)} events"
    )
    for path, _ in done.files:
        print(f"  {path}")
    return DONE


def run_retention(options: argparse.Namespace) -> int:
    """Say until when personal data are kept; the check says no once the day is over."""
    from workbench.commands.record import keep_until, kept_until

    told = kept_until(options.case)
    if options.until:
        told = keep_until(options.case, options.until, reason=options.reason, who=options.who)
    if told is None:
        raise BadInput(
            "Nobody has said yet how long personal data are kept",
            str(options.case),
            "Say it: --until 2027-01-31 --reason … --who …",
        )
    if options.json:
        print_json({"ok": told.days_left >= 0, **vars(told), "until": str(told.until)})
    elif told.days_left >= 0:
        print(f"Until {told.until} ({told.days_left} days left): {told.reason}")
    else:
        print(f"The day was {told.until}. Purge: workbench purge --case {options.case}")
    return DONE if told.days_left >= 0 else SAID_NO


def run_clock(options: argparse.Namespace) -> int:
    """Write the event that says so."""
    from workbench.commands.record import clock

    clock(options.case, reason=options.reason, who=options.who)
    if options.json:
        print_json({"ok": True})
    else:
        print("Written down. What follows bears this clock's time.")
    return DONE


def _add_who(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("--who", required=required, default="", help="your name")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-01-31") from None
