"""Commands about sending: the gate, answers, the second reader, submissions and replies."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from workbench.cli.command import add_case, add_command, add_language, language_of
from workbench.cli.output import DONE, SAID_NO, print_json
from workbench.errors import BadInput

__all__ = ["add_answer", "add_gate", "add_reply", "add_sign_off", "add_submit", "refused"]

# Each command imports what it needs when it runs: `workbench verify` should not wait for Jupyter.


def add_gate(commands: Any) -> None:
    """`workbench gate`."""
    about = "Say, check by check, whether an attempt may be spent; 1 when it may not."
    parser = add_command(commands, "gate", run_gate, about)
    add_case(parser)
    add_language(parser)
    parser.add_argument(
        "--questions", action="store_true", help="list the questions that are open, with their code"
    )
    parser.add_argument("--unmasked", action="store_true", help="the pack will not be masked")


def add_answer(commands: Any) -> None:
    """`workbench answer`."""
    about = "Answer a question of the gate or of the procedure. Yes: it is in order."
    parser = add_command(commands, "answer", run_answer, about)
    parser.add_argument("question", metavar="CODE", help="such as gate.16 or F02")
    parser.add_argument("answer", choices=("yes", "no", "not_applicable"))
    add_case(parser)
    parser.add_argument("--text", default="", help="the answer in words")
    of = parser.add_mutually_exclusive_group()
    of.add_argument("--order", default="", metavar="ID", help="asked of this order")
    of.add_argument("--group", default="", metavar="ID", help="asked of this group")
    _add_who(parser, "who answers")


def add_sign_off(commands: Any) -> None:
    """`workbench sign-off`."""
    about = "A second person, who decided nothing, read what is to be sent and agrees."
    parser = add_command(commands, "sign-off", run_sign_off, about)
    add_case(parser)
    parser.add_argument("--text", default="", help="in the reader's words")
    _add_who(parser, "who read it")


def add_submit(commands: Any) -> None:
    """`workbench submit`."""
    about = "Record that an appeal was sent (it sends nothing): one attempt is spent."
    parser = add_command(commands, "submit", run_submit, about)
    add_case(parser)
    parser.add_argument("--attempt", type=int, metavar="N", help="its number (the next one)")
    parser.add_argument("--sent-at", required=True, metavar="TIME", help=_TIME)
    parser.add_argument("--channel", required=True, help="how it was sent: online form, mail")
    parser.add_argument("--reference", default="", help="the platform's receipt number")
    parser.add_argument("--pack", type=Path, metavar="FILE.zip", help="what was sent")
    _add_who(parser, "who sent it")


def add_reply(commands: Any) -> None:
    """`workbench reply`."""
    about = "Record what the platform answered."
    parser = add_command(commands, "reply", run_reply, about)
    add_case(parser)
    parser.add_argument("--attempt", type=int, metavar="N", help="to which (the last one)")
    parser.add_argument("--result", choices=("accepted", "partly", "rejected"), required=True)
    parser.add_argument("--replied-at", required=True, metavar="TIME", help=_TIME)
    parser.add_argument("--reason", default="", help="in the platform's words")
    parser.add_argument(
        "--human-review",
        choices=("yes", "no", "unknown"),
        default="unknown",
        help="whether the answer says that a person decided (unknown)",
    )
    _add_who(parser, "who received it")


_TIME = "the shop's local time, such as 2026-01-06T09:30"


def run_gate(options: argparse.Namespace) -> int:
    """Show the checks; 1 when one of them holds the appeal back."""
    from workbench.commands import gate
    from workbench.gate import gate_lines, may_send

    checks = gate(options.case, masked=not options.unmasked)
    if options.json:
        print_json({"ok": may_send(checks), "checks": checks.to_dict("records")})
    else:
        told = gate_lines(checks, language_of(options), questions=options.questions)
        print("\n".join(told))
    return DONE if may_send(checks) else SAID_NO


def run_answer(options: argparse.Namespace) -> int:
    """Write an answer."""
    from workbench.commands import answer

    subject: Literal["order", "group", "case"] = "case"
    if options.order or options.group:
        subject = "order" if options.order else "group"
    event = answer(
        options.case,
        options.question,
        options.answer,
        who=options.who,
        text=options.text,
        subject=subject,
        subject_id=options.order or options.group,
    )
    return _written(options, event.seq)


def run_sign_off(options: argparse.Namespace) -> int:
    """Write that a second person agrees."""
    from workbench.commands import sign_off

    return _written(options, sign_off(options.case, who=options.who, text=options.text).seq)


def run_submit(options: argparse.Namespace) -> int:
    """Write that an appeal was sent."""
    from workbench.commands import submit

    event = submit(
        options.case,
        sent_at=_moment(options.sent_at),
        channel=options.channel,
        who=options.who,
        attempt=options.attempt,
        reference=options.reference,
        pack=options.pack,
    )
    return _written(options, event.seq)


def run_reply(options: argparse.Namespace) -> int:
    """Write what the platform answered."""
    from workbench.commands import reply

    event = reply(
        options.case,
        result=options.result,
        replied_at=_moment(options.replied_at),
        who=options.who,
        attempt=options.attempt,
        reason=options.reason,
        human_review=options.human_review,
    )
    return _written(options, event.seq)


def refused(options: argparse.Namespace, error: Any) -> int:
    """Say why no final pack was made (`error` is a NotReady): a check said no."""
    from workbench.case import open_case

    if options.json:
        failing = error.failing.to_dict("records")
        print_json({"ok": False, "refused": failing})
    else:
        print("No final pack was made. What holds it back:")
        print(error.told(open_case(options.case).language))
        print(f"See what to do: workbench gate --case {options.case} --questions")
    return SAID_NO


def _written(options: argparse.Namespace, seq: int) -> int:
    if options.json:
        print_json({"ok": True, "event": seq})
    else:
        print(f"Written as event {seq}.")
    return DONE


def _add_who(parser: argparse.ArgumentParser, about: str) -> None:
    parser.add_argument("--who", required=True, metavar="NAME", help=about)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(
            f"This is no time: {text}", do="Write it as 2026-01-06T09:30 or 2026-01-06 09:30"
        ) from None
