"""The command about what the platform had to do, and what comes next."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from typing import Any

from workbench.cli.command import add_case, add_command, add_language, language_of
from workbench.cli.output import DONE, print_json
from workbench.errors import BadInput
from workbench.language import LANGUAGES

__all__ = ["add_procedure", "run_procedure"]

_ANSWERS = {"yes": "yes", "no": "no", "na": "not_applicable", "not_applicable": "not_applicable"}


def add_procedure(commands: Any) -> None:
    """`workbench procedure`: the checks F01 to F23, the remedies, and what people record."""
    about = "Check the platform's decision (F01-F23), and say which remedy is next and by when."
    parser = add_command(commands, "procedure", run_procedure, about)
    add_case(parser)
    add_language(parser)
    parser.add_argument("--who", default="", help="who answers or records")
    parser.add_argument("--text", default="", help="why, or what was said")
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="F05=no",
        help="answer a check or a step of the ladder: yes (in order), no (a flaw), na; "
        "may be given several times",
    )
    rule = parser.add_argument_group("a version of the rule that the decision rests on")
    rule.add_argument("--rule", metavar="NAME", help="record a version of this rule")
    rule.add_argument("--clause", default="", help="its clause")
    for name, what in (
        ("effective", "the day it took effect"),
        ("ended", "the last day it was in force"),
        ("published", "the day the change was announced"),
        ("copied", "the day the archived copy was taken"),
    ):
        rule.add_argument(f"--{name}", type=_day, metavar="YYYY-MM-DD", help=what)
    money = parser.add_argument_group("money that the platform charged")
    money.add_argument("--charged", metavar="AMOUNT", help="record what was charged")
    money.add_argument(
        "--basis", default="", help="the basis and calculation, as the platform said"
    )
    asked = parser.add_argument_group("something that was asked for")
    asked.add_argument(
        "--asked", metavar="CODE", help="human_review, data, victim_report, mediation, …"
    )
    asked.add_argument("--to", default="", help="whom it was asked of")
    parser.add_argument(
        "--on", type=_day, metavar="YYYY-MM-DD", help="the day of the charge or request"
    )


def run_procedure(options: argparse.Namespace) -> int:
    """Record what was given, then print the checks, the ladder and the clocks."""
    from workbench.commands import procedure
    from workbench.procedure import not_advice, procedure_lines

    _record(options)
    found = procedure(options.case)
    if options.json:
        frames = ("checks", "ladder", "clocks", "conduct")
        print_json(
            {
                "ok": True,
                "notice": found.notice.notice_id if found.notice else None,
                **{name: _records(getattr(found, name)) for name in frames},
                "not_advice": {language: not_advice(language) for language in LANGUAGES},
            }
        )
        return DONE
    language = language_of(options)
    told = (found.checks, found.ladder, found.clocks, found.conduct)
    print("\n".join(procedure_lines(*told, language=language)))
    return DONE


def _record(options: argparse.Namespace) -> None:
    """Write down what the arguments tell; nothing where they tell nothing."""
    from workbench.case import open_case
    from workbench.commands import answer_procedure
    from workbench.procedure import record_deduction, record_request, record_rule_version

    # All is looked at before the first is written.
    answers = dict(_answer(one) for one in options.answer)
    if len(answers) > 1 and options.text:
        raise BadInput("One text cannot be the reason of several answers", "--text", "One by one")
    if options.rule and options.effective is None:
        raise BadInput("The version has no first day", "--effective", "Give it as YYYY-MM-DD")
    if (options.charged or options.asked) and options.on is None:
        raise BadInput("It is not said on which day", "--on", "Give it as YYYY-MM-DD")
    case = open_case(options.case)
    if answers:
        answer_procedure(options.case, answers, text=options.text, who=options.who)
    if options.rule:
        record_rule_version(
            case,
            rule=options.rule,
            clause=options.clause,
            effective_from=options.effective,
            effective_until=options.ended,
            published_at=options.published,
            captured_at=options.copied,
            source=options.text,
            who=options.who,
        )
    if options.charged:
        record_deduction(
            case,
            amount=options.charged,
            charged_at=options.on,
            basis=options.basis,
            who=options.who,
        )
    if options.asked:
        sent = datetime.combine(options.on, datetime.min.time())
        record_request(
            case,
            request=options.asked,
            to=options.to,
            sent_at=sent,
            text=options.text,
            who=options.who,
        )


def _answer(given: str) -> tuple[str, Any]:
    code, _, answered = given.partition("=")
    if answered.strip().lower() not in _ANSWERS:
        raise BadInput(
            f"This is no answer: {given!r}", "--answer", "Write it as F05=yes, F05=no or F05=na"
        )
    return code.strip(), _ANSWERS[answered.strip().lower()]


def _records(frame: Any) -> list[dict[str, Any]]:
    filled = frame.astype(object).where(frame.notna(), None)
    return list(filled.to_dict("records"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"no day: {text!r} (write it as 2026-01-31)") from None
