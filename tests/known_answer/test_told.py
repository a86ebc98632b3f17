"""What is said of the answers: figures worked out by hand, in both languages."""

import pytest

from workbench.known_answer import known_answers_told, silences

from .made import made_answers


def test_levels_are_taken_together_per_kind():
    (row,) = silences(made_answers()).to_dict("records")
    assert (row["kind"], row["rings"], row["planted"], row["marked"]) == ("burst", 8, 140, 100)
    assert row["recall"] == pytest.approx(100 / 140)
    assert (row["least"], row["most"]) == (10, 25)
    assert row["low"] == pytest.approx(0.378, abs=0.001)  # Wilson, 8 rings
    assert row["high"] == pytest.approx(0.911, abs=0.001)


def test_every_kind_gets_a_sentence_and_silence_its_worth():
    overall, burst, hidden, false = known_answers_told(made_answers(), "en")
    assert "90% of those that hide at level plain (rings of about 25 orders" in overall
    assert "25% of those that hide at level hard (rings of about 10 orders" in overall
    assert burst == (
        "Burst on one offer: of rings of 10 to 25 orders like these, 71% would have been found "
        "(38% to 91%); that nothing was found is worth something."
    )
    assert hidden.startswith("Shared phone over weeks: not visible in these data")
    assert "orders.phone" in hidden
    assert false == (
        "Beside 8 planted rings, 1 of the shop's own orders were newly marked as unusual, and 5 "
        "at all."
    )


def test_it_is_said_in_chinese_too():
    told = known_answers_told(made_answers(), "zh")
    assert len(told) == 4
    assert "71%" in told[1]
    assert "orders.phone" in told[2]


def test_nothing_visible_is_said_so():
    rows = made_answers()
    hidden = rows[rows.state == "not_visible"]
    assert known_answers_told(hidden, "en")[0].startswith("Nothing could be planted")
