"""The count: found, missed, falsely flagged, and the same again with the same seeds."""

import pandas as pd
import pytest

from workbench.known_answer import COLUMNS, KINDS, LEVELS, answers, known_answers
from workbench.known_answer.trial import Trial


def test_planted_found_and_falsely_flagged_are_counted_apart(monkeypatch, shop_tables):
    own = [f"o{n}" for n in range(4)]
    before = pd.DataFrame({"order_id": own, "assessment": ["evidence", "none", "none", "none"]})
    monkeypatch.setattr(answers, "screen", lambda tables: _Found(before))
    orders = pd.DataFrame(
        [
            # order, assessment, group, kind, ring, cover
            ("o0", "evidence", "G-1", None, None, False),  # flagged before as well
            ("o1", "evidence", "G-1", None, None, False),  # newly, beside the burst
            ("o2", "needs_documents", "G-9", None, None, False),  # newly, beside none
            ("o3", "none", None, None, None, False),
            ("p0", "evidence", "G-1", "burst", "r1", False),
            ("p1", "needs_documents", "G-1", "burst", "r1", False),
            ("p2", "none", None, "burst", "r1", False),
            ("p3", "evidence", "G-1", "burst", "r1", True),  # its honest cover
        ],
        columns=["order_id", "assessment", "group_id", "kind", "ring", "cover"],
    ).assign(score=0.5)
    trials = [Trial("plain", 1, ("burst",), orders)]
    monkeypatch.setattr(answers, "trials", lambda *_, **__: iter(trials))
    rows = known_answers(shop_tables, seeds=1)
    assert list(rows.columns) == list(COLUMNS)
    burst = rows[(rows.kind == "burst") & (rows.level == "plain")].iloc[0]
    assert (burst.rings, burst.planted, burst.evidence, burst.marked) == (1, 3, 1, 2)
    assert burst.recall == pytest.approx(2 / 3)
    assert burst.recall_evidence == pytest.approx(1 / 3)
    assert (burst.false_evidence, burst.false_marked) == (2, 2)  # o1 and the cover order
    other = rows[(rows.kind == "elsewhere") & (rows.level == "plain")].iloc[0]
    assert (other.false_evidence, other.false_marked) == (0, 1)
    hard = rows[(rows.kind == "burst") & (rows.level == "hard")].iloc[0]
    assert (hard.planted, hard.seeds) == (0, 1)
    assert pd.isna(hard.recall)


class _Found:
    def __init__(self, orders):
        self.orders = orders


def test_every_kind_and_level_has_a_row_in_the_same_order(monkeypatch, shop_tables):
    before = pd.DataFrame({"order_id": ["o"], "assessment": ["none"]})
    monkeypatch.setattr(answers, "screen", lambda tables: _Found(before))
    empty = pd.DataFrame(
        columns=["order_id", "assessment", "group_id", "kind", "ring", "cover", "score"]
    ).astype({"cover": bool})
    monkeypatch.setattr(
        answers, "trials", lambda *_, **__: iter([Trial("plain", 1, ("burst",), empty)])
    )
    rows = known_answers(shop_tables, seeds=1)
    expected = [(kind, level) for kind in [*KINDS, "elsewhere"] for level in LEVELS]
    assert list(zip(rows.kind, rows.level, strict=True)) == expected
