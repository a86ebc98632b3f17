import pytest

from workbench.errors import BadInput, Problem


def test_a_problem_says_what_where_and_what_to_do():
    error = BadInput("No amount", "a.csv, row 3", "Fill it in")
    assert str(error) == "No amount\n  where: a.csv, row 3\n  what to do: Fill it in"
    assert error.problems == (Problem("No amount", "a.csv, row 3", "Fill it in"),)


def test_what_is_not_known_is_not_printed():
    assert str(BadInput("No amount")) == "No amount"
    assert str(BadInput("No amount", do="Fill it in")) == "No amount\n  what to do: Fill it in"


def test_all_problems_are_carried_and_printed():
    problems = [Problem("first", "a"), Problem("second")]
    error = BadInput.many(iter(problems))
    assert error.problems == tuple(problems)
    assert str(error) == "first\n  where: a\nsecond"


def test_an_error_without_a_problem_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="at least one"):
        BadInput.many([])
