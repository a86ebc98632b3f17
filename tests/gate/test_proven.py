import pandas as pd

from workbench.gate.proven import all_proven

from .saying import told


def strength(*rows):
    return pd.DataFrame(rows, columns=["order_id", "independent", "neutral", "sufficient"])


def test_two_sources_and_a_neutral_one_for_each_is_enough():
    verdict = all_proven(["1"], strength(("1", 2, True, True)))
    assert verdict.state == "passed"
    assert told(verdict) == "Defended orders with enough evidence: 1 of 1."


def test_each_weak_order_is_named_and_what_it_lacks_counted():
    rows = strength(
        ("1", 2, True, True), ("2", 2, False, False), ("3", 1, True, False), ("4", 0, False, False)
    )
    verdict = all_proven(["1", "2", "3", "4", "5"], rows)
    assert verdict.state == "failed"
    # An order that the table does not know has no evidence at all.
    assert verdict.orders == ["2", "3", "4", "5"]
    assert told(verdict) == (
        "Defended orders with enough evidence: 1 of 5. "
        "Without any evidence: 2; with one source only: 1; without a neutral source: 1."
    )


def test_nothing_defended_is_nothing_to_ask_for():
    assert all_proven([], strength()).state == "failed"
