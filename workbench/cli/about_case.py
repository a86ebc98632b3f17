"""Commands about a case: screen it, hand it over, check what was handed over."""

from __future__ import annotations

import argparse
import os

from workbench.cli.output import DONE, print_json, watched
from workbench.language import LANGUAGES

__all__ = ["run_known_answer", "run_pack", "run_screen", "run_sensitivity"]

# Each command imports what it needs when it runs: `workbench verify` should not wait for Jupyter.


def run_screen(options: argparse.Namespace) -> int:
    """Screen a case and name its groups."""
    from workbench.commands import screen
    from workbench.commands.told import screen_told

    assessment = screen(
        options.case,
        engine=options.engine,
        shuffles=options.shuffles,
        processes=min(2, os.cpu_count() or 1),
        progress=watched(options),
    )
    if options.json:
        groups = assessment.groups[["group_id", "size", "assessment", "q_value", "sentence_en"]]
        runs = assessment.detectors[["detector", "state", "needs"]]
        print_json(
            {"ok": True, "groups": groups.to_dict("records"), "detectors": runs.to_dict("records")}
        )
    else:
        print(screen_told(assessment))
    return DONE


def run_known_answer(options: argparse.Namespace) -> int:
    """Plant made-up brushing into copies of a case, and say how much of it is found."""
    from workbench.commands import known_answer
    from workbench.known_answer import known_answers_told

    rows = known_answer(options.case, seeds=options.seeds, progress=watched(options))
    told = {language: known_answers_told(rows, language) for language in LANGUAGES}
    if options.json:
        filled = rows.astype(object).where(rows.notna(), None)
        print_json({"ok": True, "rows": filled.to_dict("records"), "told": told})
    else:
        print("\n".join(told["en"]))
    return DONE


def run_sensitivity(options: argparse.Namespace) -> int:
    """Say which constants move orders onto the list or off it."""
    from workbench.commands import sensitivity
    from workbench.commands.told import sensitivity_told

    rows = sensitivity(options.case, options.constant, progress=watched(options))
    if options.json:
        print_json({"ok": True, "rows": rows.to_dict("records")})
    else:
        print(sensitivity_told(rows))
    return DONE


def run_pack(options: argparse.Namespace) -> int:
    """Make the pack and say where it is and what seals it."""
    from workbench.cli.about_gate import refused
    from workbench.commands import pack
    from workbench.gate import NotReady

    try:
        made = pack(
            options.case,
            options.out,
            masked=not options.unmasked,
            final=options.final,
            who=options.who,
            reason=options.reason,
            template=options.template,
            form_template=options.form_template,
            overwrite=options.overwrite,
            progress=watched(options),
        )
    except NotReady as error:
        return refused(options, error)
    if options.json:
        print_json(
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
