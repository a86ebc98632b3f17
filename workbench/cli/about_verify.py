"""The command that checks a pack."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.cli.command import add_command
from workbench.cli.output import DONE, SAID_NO, print_json, watched

if TYPE_CHECKING:
    from workbench.commands.verify import Verified

__all__ = ["add_verify", "run_verify"]

# `workbench verify` alone should not wait for what screening needs: it is imported when it runs.


def add_verify(commands: Any) -> None:
    """`workbench verify PACK [--seal] [--recompute]`."""
    parser = add_command(commands, "verify", run_verify, "Check that a pack is what it was.")
    parser.add_argument("file", type=Path, metavar="PACK.zip", help="the pack")
    parser.add_argument("--seal", default="", help="the seal that the sender told you")
    parser.add_argument(
        "--recompute",
        action="store_true",
        help="count every figure of the letter again, and screen the masked tables again",
    )


def run_verify(options: argparse.Namespace) -> int:
    """Say whether a pack is what it was, and with --recompute whether its figures come out."""
    checked = _verified(options)
    if options.json:
        print_json(_as_json(checked))
    else:
        print("\n".join(_told(checked, options.file)))
    return DONE if checked.ok else SAID_NO


def _verified(options: argparse.Namespace) -> Verified:
    from workbench.commands.verify import verify

    return verify(
        options.file, options.seal, recompute=options.recompute, progress=watched(options)
    )


def _told(checked: Verified, path: Path) -> list[str]:
    pack, found = checked.pack, checked.recomputed
    if pack.ok:
        told = [f"Yes: all {len(pack.files)} files are what they were. Seal: {pack.seal}"]
    else:
        told = [f"No: {path} is not what it was.", *map(str, pack.problems)]
    if found is None:
        return told
    told += [f"{one.where}: {one.what}" for one in found.differences]
    told += [f"{one.where} was not recomputed: {one.what}" for one in found.open]
    told += [f"Note: {note}" for note in found.notes]
    counted = found.figures - len(found.open)
    verdict = f"No: {len(found.differences)} differences" if found.differences else "Yes"
    told.append(
        f"{verdict}: {counted} of {found.figures} figures counted again, {found.screened} of them "
        f"by screening the masked tables again; {len(found.open)} not recomputed."
    )
    return told


def _as_json(checked: Verified) -> dict[str, Any]:
    pack, found = checked.pack, checked.recomputed
    told: dict[str, Any] = {
        "ok": checked.ok,
        "seal": pack.seal,
        "problems": [vars(problem) for problem in pack.problems],
    }
    if found is not None:
        told["recomputed"] = {
            "ok": found.ok,
            "figures": found.figures,
            "screened": found.screened,
            "differences": [vars(one) for one in found.differences],
            "not_recomputed": [vars(one) for one in found.open],
            "notes": list(found.notes),
        }
    return told
