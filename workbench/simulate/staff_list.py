"""Who works in the shop: some of them buy here as well, as staff do."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.simulate.draft import Draft, draft
from workbench.simulate.identities import identities
from workbench.simulate.streams import stream
from workbench.simulate.text_columns import digits, frame, glue
from workbench.simulate.world import World

__all__ = ["staff"]

PEOPLE = 8


def staff(world: World, rows: Draft) -> pd.DataFrame:
    """The table of staff: eight people, three of whom are among the honest regular buyers."""
    rng = stream(world.seed, "staff")
    honest = np.unique(rows["buyer"][(rows["kind"] == 0)])
    customers = rng.choice(honest, min(3, len(honest)), replace=False)
    others = world.register.people(PEOPLE - len(customers))
    person = np.sort(np.concatenate([customers, others]))
    told = identities(draft(PEOPLE, person, 0), world.seed)
    return frame(
        {
            "staff_id": glue("YG", digits(np.arange(1, PEOPLE + 1), 3)),
            "name": told["buyer_name"],
            "phone": told["phone"],
            "buyer_id": told["buyer_id"],
        }
    )
