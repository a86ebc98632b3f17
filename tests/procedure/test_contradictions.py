from datetime import datetime, timedelta

import pytest

from workbench.language import words
from workbench.procedure.contradictions import (
    CONTRADICTIONS,
    contradiction_name,
    contradiction_words,
    contradictions,
)
from workbench.procedure.moments import KIND_OF, Moment

T0 = datetime(2026, 2, 3, 10, 0)


def moment(step, hours, order="1", waybill=""):
    return Moment(T0 + timedelta(hours=hours), step, order, waybill=waybill)


def flagged(*moments):
    pairs = zip(moments, contradictions(moments), strict=True)
    return [(one.step, sorted(flags)) for one, flags in pairs if flags]


GOOD = (
    moment("placed", 0),
    moment("paid", 1),
    moment("picked", 2, waybill="A"),
    moment("shipped", 3),
    moment("collected", 4, waybill="A"),
    moment("moved", 5, waybill="A"),
    moment("signed", 6, waybill="A"),
    moment("confirmed", 7),
    moment("reviewed", 8),
    moment("refund_asked", 9),
)


def test_a_trade_in_its_usual_order_contradicts_nothing():
    assert flagged(*GOOD) == []
    # What happens at one moment contradicts nothing either.
    assert flagged(*(Moment(T0, one.step, "1", waybill="A") for one in GOOD)) == []


@pytest.mark.parametrize("code", CONTRADICTIONS)
def test_each_contradiction_is_seen(code):
    early, should_follow, _ = CONTRADICTIONS[code]
    for step in early:
        for later in should_follow:
            pair = (moment(step, 0, waybill="A"), moment(later, 1, waybill="A"))
            found = dict(flagged(*pair))
            assert code in found[step], (step, later)
            assert code not in dict(flagged(moment(later, 0), moment(step, 1))).get(step, [])


def test_signed_before_it_was_shipped():
    told = (moment("placed", 0), moment("signed", 1, waybill="A"), moment("shipped", 5))
    (flags,) = [one for one in contradictions(told) if one]
    assert flags == {"signed_before_shipped": T0 + timedelta(hours=5)}
    assert contradiction_words(flags, words("procedure", "en")) == (
        "signed for before it was shipped (2026-02-03 15:00)"
    )
    assert contradiction_words(flags, words("procedure", "zh")) == (
        "签收早于发货（2026-02-03 15:00）"
    )


def test_a_parcel_is_held_against_itself_and_an_order_against_itself():
    other_parcel = (moment("signed", 0, waybill="A"), moment("collected", 1, waybill="B"))
    assert flagged(*other_parcel) == []
    same_parcel = (moment("signed", 0, waybill="A"), moment("collected", 1, waybill="A"))
    assert flagged(*same_parcel) == [("signed", ["signed_before_collected"])]
    other_order = (moment("signed", 0, "1"), moment("placed", 1, "2"))
    assert flagged(*other_order) == []


def test_the_earliest_of_several_is_what_counts():
    # The second line was shipped after the first parcel had been signed for.
    two_lines = (moment("shipped", 1), moment("signed", 3, waybill="A"), moment("shipped", 9))
    assert flagged(*two_lines) == []


def test_several_contradictions_of_one_moment_are_all_told():
    told = (moment("signed", 0, waybill="A"), moment("placed", 1), moment("shipped", 2))
    assert flagged(*told) == [("signed", ["signed_before_placed", "signed_before_shipped"])]


def test_an_order_placed_after_the_decision():
    decided = moment("decided", 5, order="")
    assert flagged(moment("placed", 4), decided) == []
    assert flagged(moment("placed", 6), decided) == [("placed", ["placed_after_decision"])]


def test_every_contradiction_has_words_and_known_steps():
    for code, (early, should_follow, _) in CONTRADICTIONS.items():
        assert set(early) | set(should_follow) <= set(KIND_OF)
        zh, en = (contradiction_name(code, words("procedure", one)) for one in ("zh", "en"))
        assert zh != en
