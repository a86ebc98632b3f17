"""The command that checks a pack."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.cli.command import add_command
from workbench.cli.output import DONE, SAID_NO, print_json, watched

if TYPE_CHECKING:
    from workbench.appeal.verify import Verification
    from workbench.figures.recomputed import Recomputed

__all__ = ["add_verify", "run_verify"]

# `workbench verify` alone should not wait for what screening needs: it is imported when it runs.


def add_verify(commands: Any) -> None:
    """`workbench verify PACK [--seal] [--recompute [--shuffles]]`."""
    parser = add_command(commands, "verify", run_verify, "Check that a pack is what it was.")
    parser.add_argument("file", type=Path, metavar="PACK.zip", help="the pack")
    parser.add_argument("--seal", default="", help="the seal that the sender told you")
    parser.add_argument(
        "--recompute",
        action="store_true",
        help="count every figure of the letter again, and screen the masked tables again",
    )
    parser.add_argument(
        "--shuffles",
        action="store_true",
        help="with --recompute: make the shuffles behind the q-values again, too (takes minutes)",
    )


def run_verify(options: argparse.Namespace) -> int:
    """Say whether a pack is what it was, and with --recompute whether its figures come out."""
    pack, found = _checked(options)
    ok = pack.ok and (found is None or found.ok)
    if options.json:
        print_json({"ok": ok, **_as_json(pack, found)})
    else:
        print("\n".join(_told(pack, found, options.file)))
    return DONE if ok else SAID_NO


def _checked(options: argparse.Namespace) -> tuple[Verification, Recomputed | None]:
    if not (options.recompute or options.shuffles):
        from workbench.appeal.verify import verify_pack

        return verify_pack(options.file, options.seal), None
    from workbench.commands.verify import verify

    found = verify(
        options.file,
        options.seal,
        recompute=True,
        shuffles=options.shuffles,
        progress=watched(options),
    )
    return found.pack, found.recomputed


def _told(pack: Verification, found: Recomputed | None, path: Path) -> list[str]:
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


def _as_json(pack: Verification, found: Recomputed | None) -> dict[str, Any]:
    told: dict[str, Any] = {
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
