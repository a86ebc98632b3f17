"""The command line: parse, call one function of `workbench.commands`, print, leave.

Exit code 0 means done, 1 that a check said no, 2 that the input could not be used.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from workbench import __version__
from workbench.errors import BadInput
from workbench.language import LANGUAGES

__all__ = ["main"]

DONE, SAID_NO, BAD_INPUT = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    options = _parser().parse_args(arguments)
    _speak_utf8()
    try:
        return int(options.run(options))
    except BadInput as error:
        if options.json:
            _print_json({"ok": False, "problems": [vars(p) for p in error.problems]})
        print(error, file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="workbench",
        description="Check, order by order, whether a shop's orders are fake; appeal with proof.",
        epilog="Exit code: 0 done, 1 a check said no, 2 bad input.",
    )
    parser.add_argument("--version", action="version", version=f"workbench {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    read = (_load, _quarantine, _map, _mappings, _quality)
    for add in (_demo, *read, _screen, _lab, _serve, _pack, _verify):
        add(commands)
    return parser


def _command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], about: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    parser.add_argument("--json", action="store_true", help="print one JSON object for machines")
    parser.set_defaults(run=run)
    return parser


def _demo(commands: Any) -> None:
    parser = _command(
        commands, "demo", run_demo, "Try everything on the sample shop, up to the dashboard."
    )
    _add_case(parser, required=False, about="keep the sample's case here (a new folder)")
    _add_serving(parser)


def _load(commands: Any) -> None:
    parser = _command(
        commands, "load", run_load, "Load exports of a shop into a case; makes the case if new."
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE|FOLDER|ZIP")
    _add_case(parser)
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


def _quarantine(commands: Any) -> None:
    parser = _command(
        commands, "quarantine", run_quarantine, "Write the quarantined rows, to be corrected."
    )
    _add_case(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="where to: FILE.xlsx or FILE.csv"
    )


def _quality(commands: Any) -> None:
    parser = _command(
        commands, "quality", run_quality, "Say how good the loaded data are, and what is missing."
    )
    _add_case(parser)
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="write the whole report: FILE.xlsx or FILE.html"
    )
    parser.add_argument("--language", choices=LANGUAGES, help="of FILE (the case's)")


def _map(commands: Any) -> None:
    parser = _command(
        commands, "map", run_map, "Propose what the columns of an unknown table mean."
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--table", default="", help="the canonical table (the nearest one)")
    parser.add_argument("--sheet", default="", help="the sheet of a workbook (the one that fits)")
    parser.add_argument("--out", type=Path, metavar="FILE.toml", help="write the draft here")


def _mappings(commands: Any) -> None:
    parser = _command(
        commands, "mappings", run_mappings, "List, keep or forget the mappings that are saved."
    )
    parser.add_argument("--keep", type=Path, metavar="FILE.toml", help="keep a mapping")
    parser.add_argument("--name", default="", help="its name (that of the file)")
    parser.add_argument("--replace", action="store_true", help="in place of one that is like it")
    parser.add_argument("--forget", metavar="NAME", help="forget a mapping")


def _screen(commands: Any) -> None:
    parser = _command(commands, "screen", run_screen, "Look for groups of unusual orders.")
    _add_case(parser)


def _lab(commands: Any) -> None:
    parser = _command(commands, "lab", run_lab, "Open the case's notebooks in JupyterLab.")
    _add_case(parser)
    parser.add_argument("--no-browser", action="store_true", help="print the address only")


def _serve(commands: Any) -> None:
    parser = _command(commands, "serve", run_serve, "Serve the merchant's dashboard on 127.0.0.1.")
    _add_case(parser)
    _add_serving(parser)


def _pack(commands: Any) -> None:
    parser = _command(commands, "pack", run_pack, "Make the pack that is handed over.")
    _add_case(parser)
    parser.add_argument(
        "--out", type=Path, metavar="FILE.zip", help="where to (exports/appeal.zip in the case)"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace FILE.zip if it exists")
    parser.add_argument(
        "--unmasked",
        action="store_true",
        help="show buyers' personal data (only for a reader who may see them)",
    )


def _verify(commands: Any) -> None:
    parser = _command(commands, "verify", run_verify, "Check that a pack is what it was.")
    parser.add_argument("file", type=Path, metavar="FILE.zip")
    parser.add_argument("--seal", default="", help="the seal that the sender told")


def _add_case(
    parser: argparse.ArgumentParser, *, required: bool = True, about: str = "the case folder"
) -> None:
    parser.add_argument("--case", type=Path, required=required, metavar="DIR", help=about)


def _add_serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8866, help="wanted port (8866)")
    parser.add_argument("--no-browser", action="store_true", help="print the address only")


# Each command imports what it needs when it runs: `workbench verify` should not wait for Jupyter.


def run_load(options: argparse.Namespace) -> int:
    """Load files and show the data-quality table."""
    from workbench.commands import load
    from workbench.load import quality_table

    given = {
        name: getattr(options, name)
        for name in ("shop", "platform", "zone", "currency", "language")
        if getattr(options, name) is not None
    }
    reports = load(
        options.files,
        options.case,
        mapping=options.mapping,
        dates=options.dates,
        decimals=options.decimals,
        sellers=options.seller,
        corrects=options.corrects,
        progress=_watched(options),
        **given,
    )
    if options.json:
        loaded = [json.loads(report.to_json()) for report in reports]
        left_out = [{"file": one.file, "why": dict(one.why)} for one in reports.left_out]
        _print_json({"ok": True, "files": loaded, "left_out": left_out})
        return DONE
    from workbench.commands.told import left_out_told, load_told

    print(load_told(reports, quality_table(reports, "en")))
    print(left_out_told(reports.left_out), end="")
    return DONE


def run_quarantine(options: argparse.Namespace) -> int:
    """Write the rows that are quarantined still."""
    from workbench.commands import quarantine

    rows = quarantine(options.case, options.out)
    if options.json:
        _print_json({"ok": True, "path": str(options.out), "rows": rows})
        return DONE
    print(f"{options.out}: {rows} quarantined rows.")
    print(f"Correct them there, then: workbench load {options.out} --case {options.case}")
    return DONE


def run_quality(options: argparse.Namespace) -> int:
    """Say in a few lines how good the data are; the whole report goes into a file."""
    from workbench.commands import quality, write_quality
    from workbench.commands.told import quality_json, quality_told

    report = quality(options.case, progress=_watched(options))
    written = None
    if options.out is not None:
        written = write_quality(report, options.case, options.out, language=options.language)
    if options.json:
        told = quality_json(report)
        _print_json({"ok": True, **told, **({"path": str(written)} if written else {})})
        return DONE
    print(quality_told(report))
    if written is not None:
        print(f"The whole report: {written}")
    return DONE


def run_map(options: argparse.Namespace) -> int:
    """Draft a mapping and say what a person must check."""
    from workbench.commands.draft import draft_mapping
    from workbench.commands.draft_told import draft_told

    draft = draft_mapping(options.file, options.table, options.out, options.sheet)
    if options.json:
        proposals = [
            {"column": p.column, "rule": p.rule, "sure": p.sure, "reason": p.reasons["en"]}
            for p in draft.proposals
        ]
        told = {"table": draft.table, "missing": draft.missing, "unused": draft.unused}
        _print_json({"ok": True, **told, "proposals": proposals})
    else:
        print(draft_told(draft))
    return DONE


def run_mappings(options: argparse.Namespace) -> int:
    """Keep or forget a mapping, and list those that are saved."""
    from workbench.commands.draft_told import saved_told
    from workbench.load import forget_mapping, keep_mapping, saved_mappings

    if options.forget is not None:
        forget_mapping(options.forget)
    if options.keep is not None:
        keep_mapping(options.keep, options.name, replaced=options.replace)
    saved = saved_mappings()
    if options.json:
        listed = [
            {"name": k.name, "table": k.form and k.form.table, "path": k.path, "fault": k.fault}
            for k in saved
        ]
        _print_json({"ok": True, "mappings": listed})
    else:
        print(saved_told(saved))
    return DONE


def run_screen(options: argparse.Namespace) -> int:
    """Screen a case and name its groups."""
    from workbench.commands import screen
    from workbench.commands.told import screen_told

    assessment = screen(options.case, progress=_watched(options))
    if options.json:
        groups = assessment.groups[["group_id", "size", "assessment", "q_value", "sentence_en"]]
        runs = assessment.detectors[["detector", "state", "needs"]]
        _print_json(
            {"ok": True, "groups": groups.to_dict("records"), "detectors": runs.to_dict("records")}
        )
    else:
        print(screen_told(assessment))
    return DONE


def run_lab(options: argparse.Namespace) -> int:
    """Run JupyterLab until it is closed."""
    from workbench.commands import lab

    return lab(options.case, browser=not options.no_browser)


def run_serve(options: argparse.Namespace) -> int:
    """Publish and serve the dashboard until Ctrl-C."""
    from workbench.commands.serve import serve

    return serve(
        options.case, port=options.port, browser=not options.no_browser, tell=_teller(options)
    )


def run_demo(options: argparse.Namespace) -> int:
    """Build the sample's case, screen it and serve its dashboard until Ctrl-C."""
    from workbench.commands.demo import demo

    return demo(
        options.case, port=options.port, browser=not options.no_browser, tell=_teller(options)
    )


def run_pack(options: argparse.Namespace) -> int:
    """Make the pack and say where it is and what seals it."""
    from workbench.commands import pack

    made = pack(
        options.case,
        options.out,
        masked=not options.unmasked,
        overwrite=options.overwrite,
        progress=_watched(options),
    )
    if options.json:
        _print_json(
            {
                "ok": True,
                "path": str(made.path),
                "sha256": made.sha256,
                "seal": made.seal,
                "files": list(made.files),
                "notes": list(made.notes),
            }
        )
        return DONE
    print(f"{made.path}: {len(made.files)} files")
    for note in made.notes:
        print(f"Note: {note}")
    print(f"SHA-256 of the file: {made.sha256}")
    print(f"Seal (SHA-256 of its tag manifest): {made.seal}")
    print(f"Anyone can check it: workbench verify {made.path}")
    return DONE


def run_verify(options: argparse.Namespace) -> int:
    """Say whether a pack is what it was, or which file is not."""
    from workbench.appeal.verify import verify_pack

    checked = verify_pack(options.file, options.seal)
    if options.json:
        _print_json(
            {
                "ok": checked.ok,
                "seal": checked.seal,
                "problems": [vars(problem) for problem in checked.problems],
            }
        )
    elif checked.ok:
        print(f"Yes: all {len(checked.files)} files are what they were. Seal: {checked.seal}")
    else:
        print(f"No: {options.file} is not what it was.")
        for problem in checked.problems:
            print(problem)
    return DONE if checked.ok else SAID_NO


def _teller(options: argparse.Namespace) -> Callable[[str], None]:
    if options.json:
        return lambda text: _print_json({"ok": True, "message": text})
    return lambda text: print(text, flush=True)


def _watched(options: argparse.Namespace) -> bool:
    return not options.json and sys.stderr.isatty()


def _print_json(thing: object) -> None:
    print(json.dumps(thing, ensure_ascii=False, default=str), flush=True)


def _speak_utf8() -> None:
    # A Windows console in another code page must show Chinese or "?", never end in a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
