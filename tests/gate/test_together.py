import pandas as pd

from workbench.gate.together import together_explained

from .saying import NOTHING, asked, known, told

GROUPS = {"G-1": ["1", "2"], "G-2": ["3"]}
ALL = ["1", "2", "3"]


def files(*rows):
    return pd.DataFrame(rows, columns=["codes", "subjects"])


def test_a_paper_of_the_group_or_words_of_a_person_explain_it():
    papers = files((["E10"], [("group", "G-1")]))
    verdict = together_explained(ALL, GROUPS, papers, ["E10"], NOTHING)
    assert (verdict.state, list(verdict.orders)) == ("needs_answer", ["3"])
    assert asked(verdict) == [("gate.10", "G-2")]
    why = known((verdict.questions[0], "yes", "live stream of 1 January"))
    done = together_explained(ALL, GROUPS, papers, ["E10"], why)
    assert done.state == "passed"
    assert told(done) == (
        "Groups with defended orders: 2; with a paper that says why they came together: 1; "
        "explained in words only: 1; not explained: 0."
    )


def test_a_paper_of_another_kind_or_of_one_order_does_not_explain_the_group():
    papers = files((["E01"], [("group", "G-1")]), (["E10"], [("order", "1"), ("case", "")]))
    assert list(together_explained(ALL, GROUPS, papers, ["E10"], NOTHING).orders) == ["1", "2", "3"]


def test_what_nobody_can_explain_fails():
    question = together_explained(["3"], {"G-2": ["3"]}, files(), ["E10"], NOTHING).questions[0]
    answered = known((question, "no", ""))
    assert together_explained(["3"], {"G-2": ["3"]}, files(), ["E10"], answered).state == "failed"


def test_orders_in_no_group_need_no_such_paper():
    assert together_explained(["9"], {}, files(), ["E10"], NOTHING).state == "passed"
    assert together_explained([], {}, files(), ["E10"], NOTHING).state == "needs_answer"
