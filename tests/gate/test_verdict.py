import pytest

from workbench.gate.verdict import FAILED, NEEDS_ANSWER, PASSED, Question

from .saying import NOTHING, known

ASKED = Question("gate.16", lambda say: "?")
EYE = Question("gate.9.a", lambda say: "?", worded=False)


@pytest.mark.parametrize(
    ("question", "answer", "text", "state"),
    [
        (ASKED, "yes", "by new scans", PASSED),
        (ASKED, "yes", "  ", NEEDS_ANSWER),  # it should say how
        (ASKED, "no", "", FAILED),
        (ASKED, "not_applicable", "last attempt", PASSED),
        (ASKED, "not_applicable", "", NEEDS_ANSWER),
        (EYE, "yes", "", PASSED),
        (EYE, "not_applicable", "", NEEDS_ANSWER),
    ],
)
def test_yes_means_in_order_and_words_are_wanted(question, answer, text, state):
    assert known((question, answer, text)).state(question) == state


def test_without_an_answer_it_is_open():
    assert NOTHING.state(ASKED) == NEEDS_ANSWER
    assert NOTHING.to(ASKED) is None


def test_the_worst_of_several_counts():
    one, two, three = (Question("q", lambda say: "?", "order", n) for n in "123")
    given = known((one, "yes", "a"), (two, "no", ""))
    assert given.worst([one]) == PASSED
    assert given.worst([one, three]) == NEEDS_ANSWER
    assert given.worst([one, two, three]) == FAILED
    assert given.worst([]) == PASSED
    assert given.count([one, two, three], PASSED) == 1


def test_an_answer_of_one_order_is_none_of_another():
    one, two = (Question("q", lambda say: "?", "order", n) for n in "12")
    assert known((one, "yes", "a")).state(two) == NEEDS_ANSWER
