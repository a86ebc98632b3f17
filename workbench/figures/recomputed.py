"""Count a pack's figures again, and screen its masked tables again, in one go."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from workbench.errors import BadInput
from workbench.explain.constants import constants
from workbench.figures.recompute import (
    FIGURES,
    FOLDER,
    CannotCount,
    Difference,
    Pack,
    opened,
    recount,
)
from workbench.figures.rescreen import figures_again, results_again, screened_again
from workbench.figures.settings import constants_sha256, versions

__all__ = ["Recomputed", "recompute_pack"]


@dataclass(frozen=True)
class Recomputed:
    """What came out when a pack was counted and screened again.

    `figures` is how many figures there are, `screened` how many of them the new screening gave
    again; `differences` name each figure (or table) that does not come out; `open` those that
    masked tables cannot give, with the pack's reason; `notes` say what else may explain a
    difference, such as another version of the workbench.
    """

    figures: int
    screened: int
    differences: tuple[Difference, ...]
    open: tuple[Difference, ...]
    notes: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether every figure that can be counted again came out."""
        return not self.differences


def recompute_pack(path: Path, *, shuffles: bool = False, progress: bool = False) -> Recomputed:
    """Count every figure of a pack again and screen its masked tables again.

    With `shuffles` they are also shuffled again as often as for the pack, which takes many times
    as long: no figure of the letter depends on it, only the q-values beside it. Nothing of the
    pack is run. Raises BadInput where there is no such pack, or it has no folder
    `reproduce/`.
    """
    try:
        with ZipFile(path) as archive:
            return _recomputed(opened(archive), shuffles=shuffles, progress=progress)
    except (CannotCount, OSError, EOFError, ValueError, KeyError) as error:
        do = "Give the zip file of a pack that has a folder reproduce/"
        raise BadInput(f"The pack cannot be recomputed: {error}", str(path), do) from None


def _recomputed(pack: Pack, *, shuffles: bool, progress: bool) -> Recomputed:
    told = json.loads(pack.read(f"{FOLDER}/{FIGURES}"))
    settings = json.loads(pack.read(f"{FOLDER}/settings.json"))
    counted = recount(pack)
    made = int(settings["screening"].get("null", {}).get("shuffles", 0))
    again = screened_again(pack, shuffles=made if shuffles else 0, progress=progress)
    wanted = [one for one in told["figures"] if one["id"] in set(counted.screened)]
    lost = figures_again(wanted, again)
    skipped = bool(made) and not shuffles
    # Where masked tables cannot give some figures the screening is known to come out otherwise.
    masked = any(one["screened"] and one.get("not_recomputed") for one in told["figures"])
    others = [] if masked else results_again(pack, again, but_shuffles=skipped)
    return Recomputed(
        counted.figures,
        len(wanted) - len(lost),
        (*counted.differences, *lost, *others),
        counted.open,
        tuple(_notes(pack, settings, skipped=skipped)),
    )


def _notes(pack: Pack, settings: dict[str, Any], *, skipped: bool) -> Sequence[str]:
    notes = []
    made = json.loads(pack.read(f"{FOLDER}/versions.json"))
    here = versions()
    if made["code_sha256"] != here["code_sha256"]:
        notes.append(
            f"The pack was made by workbench {made['workbench']}, whose screening differs from "
            f"that of this one ({here['workbench']}): differences may come from there."
        )
    for name, number in sorted(made["packages"].items()):
        if here["packages"].get(name) != number:
            notes.append(f"The pack was made with {name} {number}; here it is another version.")
    if settings["constants_sha256"] != constants_sha256(constants()):
        notes.append("The constants of the screening are not those that the pack was made with.")
    if skipped:
        notes.append("q-values were held against shuffles; --shuffles makes them again.")
    return notes
