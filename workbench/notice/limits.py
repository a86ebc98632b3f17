"""What a platform takes of files, as its rule pack knows it."""

from __future__ import annotations

from workbench.notice.rule_pack import RulePack
from workbench.proof.smallest_set import Limits

__all__ = ["limits_of"]


def limits_of(pack: RulePack | None) -> tuple[Limits, bool]:
    """The limits on files, and whether all that are known may be relied on.

    That is so where a person confirmed each against the notice, or it was read in the source;
    never where none is known.
    """
    if pack is None:
        return Limits(), False
    told = (pack.max_files, pack.max_file_bytes, pack.max_total_bytes, pack.max_characters)
    known = [one for one in told if one is not None]
    values = [one.value if one is not None else None for one in told]
    return Limits(*values), bool(known) and all(one.verified for one in known)
