"""What the detectors of texts report is what is documented, and bad input makes them quiet."""

import json
from collections.abc import Iterator

import pandas as pd
import pytest
from ibis.backends import BaseBackend

from tests.detect.conftest import documented_facts
from tests.detect.proof_shop import RING, Frames, looked_at, proposing
from tests.detect.test_copies import LINE, PRAISE, own_lines
from tests.detect.test_lexicon import TASK
from tests.detect.text_shop import HOUR, chats, reviews, shop
from workbench.detect import detectors

NAMES = {
    "copied_chats", "copied_reviews", "lexicon", "lexicon_share", "memo_marks", "review_lockstep",
}  # fmt: skip
TEXTS = [detector for detector in detectors() if detector.name in NAMES]


def everything() -> Iterator[Frames]:
    """Shops in which the ring is found by each detector of texts."""
    orders = shop()
    orders["seller_memo"] = orders.order_id.map(lambda one: "A3" if one in RING else None)
    posted = orders[orders.order_id.isin(RING)].completed_at.max() + HOUR
    given = reviews(orders, posted_at=posted, text=PRAISE)
    yield {"orders": orders, "messages": chats(orders, TASK), "reviews": given}
    yield {"orders": orders, "messages": own_lines(orders, LINE), "reviews": given}


def test_every_fact_is_documented_and_every_documented_fact_is_there(engine: BaseBackend) -> None:
    listed, seen = documented_facts(), set()
    for frames in everything():
        rows = looked_at(engine, frames, proposing(*RING), *TEXTS).rows
        for detector, own in rows[rows.detector != "proposed"].groupby("detector"):
            facts = json.loads(own.facts.iloc[0])
            assert set(facts) == listed["All detectors"] | listed[str(detector)], detector
            seen.add(detector)
    assert seen == NAMES


def same(**columns: object) -> Frames:
    """The shop of the ring with a column the same in all rows."""
    frames = next(everything())
    return frames | {"orders": frames["orders"].assign(**columns)}


def blank(value: object) -> Frames:
    frames = next(everything())
    said = {name: frames[name].assign(text=value) for name in ("messages", "reviews")}
    return frames | said


@pytest.mark.parametrize(
    "frames",
    [
        same(created_at=pd.Timestamp("2025-03-09")),
        same(created_at=lambda t: t.created_at.dt.normalize()),
        same(buyer_id="one", phone="one"),
        same(product_id="one", paid_amount="-1"),
        same(order_id="one"),
        same(order_id=None),
        same(completed_at=pd.NaT, product_id=None),
        blank(None),
        blank("\U0001f600 \x00 \ud800".encode("utf-8", "replace").decode()),
        {name: frame.iloc[:30] for name, frame in next(everything()).items()},
        {name: frame.iloc[:0] for name, frame in next(everything()).items()},
    ],
    ids=[
        "all at one time", "day only", "one buyer", "one item, negative", "one order",
        "no order ids", "never received, no items", "nothing said", "no words", "thirty orders",
        "nothing",
    ],
)  # fmt: skip
def test_bad_input_gives_an_answer(engine: BaseBackend, frames: Frames) -> None:
    runs = looked_at(engine, frames, *TEXTS).runs
    assert set(runs.state) <= {"ran", "found_nothing", "not_available"}
    assert len(runs) == len(TEXTS)
    few = len(frames["orders"]) <= 30 or frames["orders"].order_id.nunique() <= 1
    assert not (few and (runs.state == "ran").any())


def test_no_fact_holds_what_was_said(engine: BaseBackend) -> None:
    for frames in everything():
        facts = "".join(looked_at(engine, frames, proposing(*RING), *TEXTS).rows.facts)
        assert not any(text in facts for text in ("任务单", "A3", LINE, PRAISE))
