"""Check a pack, and count its figures again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.appeal.verify import Verification, verify_pack
from workbench.figures.recomputed import Recomputed, recompute_pack

__all__ = ["Verified", "verify"]


@dataclass(frozen=True)
class Verified:
    """Whether a pack is what it was, and whether its figures come out (None: not asked)."""

    pack: Verification
    recomputed: Recomputed | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against the pack."""
        return self.pack.ok and (self.recomputed is None or self.recomputed.ok)


def verify(
    path: Path,
    seal: str = "",
    *,
    recompute: bool = False,
    shuffles: bool = False,
    progress: bool = False,
) -> Verified:
    """Check that a pack is what it was, and with `recompute` that its figures come out.

    Every figure is counted again from `reproduce/`, and the masked tables are screened again, with
    `shuffles` as often shuffled as for the pack. A
    pack without a seal of its own (one whose zip file cannot be read) is not recomputed. Raises
    BadInput where there is no such pack, or nothing to recompute in it.
    """
    checked = verify_pack(path, seal)
    if not recompute or not checked.seal:
        return Verified(checked)
    return Verified(checked, recompute_pack(Path(path), shuffles=shuffles, progress=progress))
