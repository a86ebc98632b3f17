"""Commands about data: load, correct, map, and say how good they are."""

from __future__ import annotations

import argparse
import json

from workbench.cli.output import DONE, print_json, watched

__all__ = ["run_load", "run_map", "run_mappings", "run_quality", "run_quarantine"]

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
    if options.events is not None:
        given["events_url"] = options.events
    reports = load(
        options.files,
        options.case,
        mapping=options.mapping,
        dates=options.dates,
        decimals=options.decimals,
        sellers=options.seller,
        corrects=options.corrects,
        progress=watched(options),
        **given,
    )
    if options.json:
        loaded = [json.loads(report.to_json()) for report in reports]
        left_out = [{"file": one.file, "why": dict(one.why)} for one in reports.left_out]
        print_json({"ok": True, "files": loaded, "left_out": left_out})
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
        print_json({"ok": True, "path": str(options.out), "rows": rows})
        return DONE
    print(f"{options.out}: {rows} quarantined rows.")
    print(f"Correct them there, then: workbench load {options.out} --case {options.case}")
    return DONE


def run_quality(options: argparse.Namespace) -> int:
    """Say in a few lines how good the data are; the whole report goes into a file."""
    from workbench.commands import quality, write_quality
    from workbench.commands.told import quality_json, quality_told

    report = quality(options.case, progress=watched(options))
    written = None
    if options.out is not None:
        written = write_quality(report, options.case, options.out, language=options.language)
    if options.json:
        told = quality_json(report)
        print_json({"ok": True, **told, **({"path": str(written)} if written else {})})
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
        print_json({"ok": True, **told, "proposals": proposals})
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
        print_json({"ok": True, "mappings": listed})
    else:
        print(saved_told(saved))
    return DONE
