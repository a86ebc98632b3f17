"""Answers written by hand: two kinds measured, one that the columns cannot show."""

import pandas as pd

from workbench.known_answer import COLUMNS

NAN = float("nan")
# kind, level, state, absent, rings, planted, evidence, marked, false evidence, false marked
ROWS = [
    ("burst", "plain", "measured", "", 4, 100, 80, 90, 0, 2),
    ("burst", "hard", "measured", "", 4, 40, 0, 10, 0, 0),
    ("slow_phone", "plain", "not_visible", "orders.phone", 0, 0, 0, 0, 0, 0),
    ("slow_phone", "hard", "not_visible", "orders.phone", 0, 0, 0, 0, 0, 0),
    ("elsewhere", "plain", "measured", "", 0, 0, 0, 0, 1, 3),
    ("elsewhere", "hard", "measured", "", 0, 0, 0, 0, 0, 0),
]


def made_answers() -> pd.DataFrame:
    rows = []
    for kind, level, state, absent, rings, planted, evidence, marked, fe, fm in ROWS:
        shares = {"recall_evidence": NAN, "recall": NAN, "low": NAN, "high": NAN}
        if planted:
            shares |= {"recall_evidence": evidence / planted, "recall": marked / planted}
            shares |= {"low": 0.3, "high": 0.9}
        rows.append(
            {
                "shop": "",
                "kind": kind,
                "level": level,
                "state": state,
                "absent": absent,
                "seeds": 4,
                "rings": rings,
                "planted": planted,
                "evidence": evidence,
                "marked": marked,
                **shares,
                "false_evidence": fe,
                "false_marked": fm,
            }
        )
    return pd.DataFrame(rows)[list(COLUMNS)].astype(COLUMNS)
