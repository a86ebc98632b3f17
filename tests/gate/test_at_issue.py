import pandas as pd

from workbench.gate.at_issue import all_decided, all_present

from .saying import NOTHING, asked, known, told


def orders(*rows):
    return pd.DataFrame(rows, columns=["order_id", "named", "in_data"])


def test_every_named_order_in_the_data_passes():
    verdict = all_present(orders(("1", True, True), ("2", False, False)), NOTHING)
    assert (verdict.state, list(verdict.orders)) == ("passed", [])
    assert told(verdict) == "Of 1 orders that the notice names, the data hold 1."


def test_an_absent_order_fails_until_somebody_says_why():
    rows = orders(("1", True, True), ("2", True, False), ("3", True, False))
    verdict = all_present(rows, NOTHING)
    assert (verdict.state, list(verdict.orders)) == ("failed", ["2", "3"])
    assert asked(verdict) == [("gate.3", "2"), ("gate.3", "3")]
    first, second = verdict.questions
    part = all_present(rows, known((first, "yes", "of another shop")))
    assert (part.state, list(part.orders)) == ("failed", ["3"])
    assert "explained: 1; absent and not explained: 1." in told(part)
    whole = all_present(rows, known((first, "yes", "other shop"), (second, "yes", "mistyped")))
    assert whole.state == "passed"


def test_a_list_that_was_cut_off_is_asked_about():
    rows = orders(("1", True, True), ("2", True, True))
    assert all_present(rows, NOTHING, 2).state == "passed"
    verdict = all_present(rows, NOTHING, 3)
    assert (verdict.state, asked(verdict)) == ("needs_answer", [("gate.3", "")])
    assert told(verdict).endswith("The notice says that there are 3.")
    given = known((verdict.questions[0], "yes", "one is named twice"))
    assert all_present(rows, given, 3).state == "passed"


def test_a_notice_without_a_list_is_asked_about():
    verdict = all_present(orders(("1", False, True)), NOTHING)
    assert verdict.state == "needs_answer"
    assert asked(verdict) == [("gate.3", "")]


def test_an_undecided_order_holds_the_appeal_back():
    rows = pd.DataFrame({"order_id": ["1", "2"], "decision": ["defend", ""]})
    verdict = all_decided(rows)
    assert (verdict.state, list(verdict.orders)) == ("failed", ["2"])
    assert told(verdict) == "Orders that nobody has decided on yet: 1 of 2."


def test_decided_orders_are_counted_by_what_was_decided():
    rows = pd.DataFrame({"order_id": list("123"), "decision": ["defend", "hold", "defend"]})
    assert told(all_decided(rows)) == "Orders to defend: 2; to concede: 0; on hold: 1."
    assert all_decided(rows).state == "passed"


def test_nothing_at_issue_is_no_pass():
    assert all_decided(pd.DataFrame({"order_id": [], "decision": []})).state == "needs_answer"
