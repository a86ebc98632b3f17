import pandas as pd
import pytest

from workbench.case import create_case, events
from workbench.case.answers import answer, answers
from workbench.errors import BadInput


@pytest.fixture
def case(tmp_path):
    return create_case(tmp_path / "case")


def test_the_last_answer_to_a_question_stands(case):
    answer(case, question="F02", answer="no", who="li")
    answer(case, question="F03", answer="yes", text=" seen ", who="li")
    answer(case, question="F02", answer="yes", text="archived", who="wang")
    shown = answers(case)[["question", "subject", "answer", "text", "who", "seq"]]
    assert shown.to_numpy().tolist() == [
        ["F03", "case", "yes", "seen", "li", 2],
        ["F02", "case", "yes", "archived", "wang", 3],
    ]
    assert len(events(case.database)) == 3


def test_a_question_is_answered_of_each_subject_by_itself(case):
    for order_id in ("1", "2"):
        answer(
            case, question="gate.7", answer="yes", who="li", subject="order", subject_id=order_id
        )
    answer(
        case, question="gate.7", answer="no", who="li", subject="order", subject_id="1", text="paid"
    )
    shown = answers(case).set_index("subject_id")
    assert shown["answer"].to_dict() == {"2": "yes", "1": "no"}


def test_an_earlier_day_can_be_shown(case):
    first = answer(case, question="F02", answer="no", who="li")
    answer(case, question="F02", answer="yes", who="li")
    at = pd.Timestamp(first.at).to_pydatetime()
    assert answers(case, until=at)["answer"].tolist() == ["no"]


def test_no_answers_give_the_columns_and_no_rows(case):
    frame = answers(case)
    assert frame.empty
    assert list(frame) == [
        "question", "subject", "subject_id", "answer", "text", "who", "at", "seq",
    ]  # fmt: skip


def test_all_that_is_wrong_is_said_at_once(case):
    with pytest.raises(BadInput) as caught:
        answer(case, question="is it so?", answer="perhaps", who=" ", subject="order")
    told = [problem.what for problem in caught.value.problems]
    assert len(told) == 4
    assert "'is it so?'" in told[0]
    assert "'perhaps'" in told[1]
    assert events(case.database).empty
