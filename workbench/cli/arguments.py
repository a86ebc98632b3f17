"""The arguments of every command."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from workbench import __version__
from workbench.cli.about_case import (
    run_known_answer,
    run_pack,
    run_screen,
    run_sensitivity,
)
from workbench.cli.about_data import run_load, run_map, run_mappings, run_quality, run_quarantine
from workbench.cli.about_evidence import add_attach, add_evidence
from workbench.cli.about_gate import (
    add_answer,
    add_gate,
    add_reply,
    add_sign_off,
    add_submit,
)
from workbench.cli.about_notice import add_board, add_notice
from workbench.cli.about_papers import add_template
from workbench.cli.about_procedure import add_procedure
from workbench.cli.about_proof import add_timestamp
from workbench.cli.about_record import (
    add_clock,
    add_merge,
    add_purge,
    add_record,
    add_retention,
)
from workbench.cli.about_rerun import add_rerun
from workbench.cli.about_verify import add_verify
from workbench.cli.command import add_case, add_command, add_serving
from workbench.cli.pages import run_demo, run_lab, run_serve
from workbench.language import LANGUAGES

__all__ = ["parser"]


def parser() -> argparse.ArgumentParser:
    """The parser; `run` of what it parses is the function to call."""
    whole = argparse.ArgumentParser(
        prog="workbench",
        description="Check, order by order, whether a shop's orders are fake; appeal with proof.",
        epilog="Exit code: 0 done, 1 a check said no, 2 bad input.",
    )
    whole.add_argument("--version", action="version", version=f"workbench {__version__}")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    read = (_load, _quarantine, _map, _mappings, _quality)
    find = (_screen, _known_answer, _sensitivity)
    show = (_lab, _serve)
    hand_over = (_pack, add_template, add_verify, add_rerun)
    keep = (add_record, add_merge, add_retention, add_purge, add_clock)
    send = (
        add_notice,
        add_board,
        add_procedure,
        add_gate,
        add_answer,
        add_sign_off,
        add_timestamp,
        add_submit,
        add_reply,
    )
    prove = (add_evidence, add_attach)
    for add in (_demo, *read, *find, *show, *prove, *hand_over, *send, *keep):
        add(commands)
    return whole


def _demo(commands: Any) -> None:
    parser = add_command(
        commands, "demo", run_demo, "Try everything on the sample shop, up to the dashboard."
    )
    add_case(parser, required=False, about="keep the sample's case here (a new folder)")
    add_serving(parser)


def _load(commands: Any) -> None:
    parser = add_command(
        commands, "load", run_load, "Load exports of a shop into a case; makes the case if new."
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE|FOLDER|ZIP")
    add_case(parser)
    parser.add_argument("--mapping", type=Path, help="a TOML file that says what columns mean")
    parser.add_argument(
        "--dates",
        choices=("day-first", "month-first", "year-first"),
        default="",
        help="how to read dates such as 03/04/2026 in columns that do not tell",
    )
    parser.add_argument(
        "--decimals",
        choices=("point", "comma"),
        default="",
        help="the decimal sign of amounts in columns that do not tell",
    )
    parser.add_argument("--shop", help="name of the shop of these files, and of a new case")
    parser.add_argument("--platform", help="platform, for a new case")
    parser.add_argument(
        "--seller",
        action="append",
        default=[],
        metavar="NAME",
        help="a name that the shop writes under in pasted chats (may be given several times)",
    )
    parser.add_argument(
        "--corrects",
        action="store_true",
        help="the files hold quarantined rows that were corrected (known by their columns as well)",
    )
    parser.add_argument("--zone", help="IANA time zone, for a new case (Asia/Shanghai)")
    parser.add_argument("--currency", help="ISO currency, for a new case (CNY)")
    parser.add_argument("--language", choices=LANGUAGES, help="language of a new case (zh)")
    parser.add_argument(
        "--events",
        metavar="URL",
        help="where a new case keeps its events: postgresql://USER@HOST/DATABASE (a file)",
    )


def _quarantine(commands: Any) -> None:
    parser = add_command(
        commands, "quarantine", run_quarantine, "Write the quarantined rows, to be corrected."
    )
    add_case(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="where to: FILE.xlsx or FILE.csv"
    )


def _quality(commands: Any) -> None:
    parser = add_command(
        commands, "quality", run_quality, "Say how good the loaded data are, and what is missing."
    )
    add_case(parser)
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="write the whole report: FILE.xlsx or FILE.html"
    )
    parser.add_argument("--language", choices=LANGUAGES, help="of FILE (the case's)")


def _map(commands: Any) -> None:
    parser = add_command(
        commands, "map", run_map, "Propose what the columns of an unknown table mean."
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--table", default="", help="the canonical table (the nearest one)")
    parser.add_argument("--sheet", default="", help="the sheet of a workbook (the one that fits)")
    parser.add_argument("--out", type=Path, metavar="FILE.toml", help="write the draft here")


def _mappings(commands: Any) -> None:
    parser = add_command(
        commands, "mappings", run_mappings, "List, keep or forget the mappings that are saved."
    )
    parser.add_argument("--keep", type=Path, metavar="FILE.toml", help="keep a mapping")
    parser.add_argument("--name", default="", help="its name (that of the file)")
    parser.add_argument("--replace", action="store_true", help="in place of one that is like it")
    parser.add_argument("--forget", metavar="NAME", help="forget a mapping")


def _screen(commands: Any) -> None:
    parser = add_command(commands, "screen", run_screen, "Look for groups of unusual orders.")
    add_case(parser)
    parser.add_argument(
        "--engine",
        metavar="URL",
        help="count on this engine: a Spark master (local[*], spark://HOST:7077; needs Java 17 and "
        "pip install '.[spark]') or an Ibis URL (DuckDB)",
    )
    parser.add_argument(
        "--shuffles",
        type=int,
        default=20,
        metavar="N",
        help="hold the result against N shuffled copies of the shop (20; 0 = by formula only)",
    )


def _known_answer(commands: Any) -> None:
    about = "Plant made-up fake orders into copies of the case; say how much of them is found."
    parser = add_command(commands, "known-answer", run_known_answer, about)
    add_case(parser)
    parser.add_argument("--seeds", type=int, help="rings of each kind and level (5)")


def _sensitivity(commands: Any) -> None:
    about = "Move each constant by a tenth; say how many orders enter or leave the list."
    parser = add_command(commands, "sensitivity", run_sensitivity, about)
    add_case(parser)
    parser.add_argument(
        "--constant",
        action="append",
        metavar="NAME",
        help="only this one (can be given again; all of them take minutes)",
    )


def _lab(commands: Any) -> None:
    parser = add_command(commands, "lab", run_lab, "Open the case's notebooks in JupyterLab.")
    add_case(parser)
    parser.add_argument("--no-browser", action="store_true", help="print the address only")


def _serve(commands: Any) -> None:
    parser = add_command(
        commands, "serve", run_serve, "Serve the merchant's dashboard on 127.0.0.1."
    )
    add_case(parser)
    add_serving(parser)


def _pack(commands: Any) -> None:
    parser = add_command(commands, "pack", run_pack, "Make the pack that is handed over.")
    add_case(parser)
    parser.add_argument(
        "--out", type=Path, metavar="FILE.zip", help="where to (exports/appeal.zip in the case)"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace FILE.zip if it exists")
    parser.add_argument(
        "--template", type=Path, metavar="FILE.docx", help="the firm's own template of the letter"
    )
    parser.add_argument(
        "--form-template", type=Path, metavar="FILE.docx", help="the firm's own for the forms"
    )
    parser.add_argument(
        "--unmasked",
        action="store_true",
        help="show buyers' personal data (needs --reason and --who, which stay in the record)",
    )
    parser.add_argument("--reason", default="", help="why the reader may see personal data")
    parser.add_argument(
        "--final",
        action="store_true",
        help="the pack to be sent: refused (1) while a starred check of the gate has not passed",
    )
    parser.add_argument(
        "--who", default="", metavar="NAME", help="who makes the final pack, or unmasks it"
    )
