"""Check 4: each defended order is proven by two independent sources, one of them neutral."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from workbench.gate.verdict import FAILED, PASSED, Tell, Verdict

__all__ = ["all_proven"]


def all_proven(defended: Sequence[str], strength: pd.DataFrame) -> Verdict:
    """Whether every defended order has evidence enough.

    `strength` has, per order, order_id, independent (number of sources), neutral and sufficient,
    as `workbench.proof.order_strength` gives it. An order without a row has no evidence.
    """
    if not defended:
        return Verdict(
            FAILED,
            [
                lambda say: say(
                    "No order has been decided to be defended: there is nothing to ask for."
                )
            ],
        )
    known = strength.set_index("order_id").reindex(list(defended))
    enough = known["sufficient"].eq(True)
    none = int(known["independent"].fillna(0).eq(0).sum())
    one = int(known["independent"].eq(1).sum())
    no_neutral = int((known["neutral"].ne(True) & known["independent"].gt(0)).sum())
    told: list[Tell] = [
        lambda say: say(
            "Defended orders with enough evidence: {count} of {all}.",
            count=int(enough.sum()),
            all=len(defended),
        )
    ]
    if enough.all():
        return Verdict(PASSED, told)
    told.append(
        lambda say: say(
            "Without any evidence: {none}; with one source only: {one}; without a neutral source: "
            "{no_neutral}.",
            none=none,
            one=one,
            no_neutral=no_neutral,
        )
    )
    return Verdict(FAILED, told, known.index[~enough].tolist())
