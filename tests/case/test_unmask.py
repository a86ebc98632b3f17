import json

import pytest

from workbench.case import create_case, events
from workbench.case.unmask import unmask
from workbench.errors import BadInput


def test_unmasking_is_in_the_record_with_its_reason(tmp_path):
    case = create_case(tmp_path / "case")
    unmask(case, scope="appeal.zip", reason=" the court asked ", who="li")
    row = events(case.database).iloc[0]
    assert (row["kind"], row["who"]) == ("unmasked", "li")
    assert json.loads(row["body"]) == {"reason": "the court asked", "scope": "appeal.zip"}


def test_it_needs_a_reason_and_a_name(tmp_path):
    case = create_case(tmp_path / "case")
    with pytest.raises(BadInput) as refused:
        unmask(case, scope="appeal.zip", reason=" ", who="")
    assert len(refused.value.problems) == 2
    assert len(events(case.database)) == 0
