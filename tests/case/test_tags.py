from datetime import UTC, datetime

import pytest

from workbench.case import clear_tag, create_case, set_tag, tags, undo
from workbench.errors import BadInput

ONE = {"subject": "order", "subject_id": "1"}


@pytest.fixture
def case(tmp_path):
    return create_case(tmp_path / "case")


def test_tags_that_are_on(case):
    set_tag(case, " ask  carrier ", who="li", **ONE)
    set_tag(case, "urgent", who="li", **ONE)
    set_tag(case, "urgent", who="wang", subject="group", subject_id="G-1")
    clear_tag(case, "ask carrier", who="wang", **ONE)
    found = tags(case)
    assert found[["subject", "subject_id", "tag", "who", "seq"]].to_numpy().tolist() == [
        ["order", "1", "urgent", "li", 2],
        ["group", "G-1", "urgent", "wang", 3],
    ]


def test_an_earlier_day_and_an_undo(case):
    set_tag(case, "urgent", who="li", **ONE)
    between = datetime.now(UTC)
    clear_tag(case, "urgent", who="li", **ONE)
    assert tags(case).empty
    assert tags(case, between)["tag"].tolist() == ["urgent"]
    undo(case, [2], who="li", reason="still urgent")
    assert tags(case)["tag"].tolist() == ["urgent"]


def test_a_tag_is_put_on_once_and_taken_off_once(case):
    set_tag(case, "urgent", who="li", **ONE)
    with pytest.raises(BadInput, match="'urgent' is already there"):
        set_tag(case, "urgent", who="wang", **ONE)
    clear_tag(case, "urgent", who="li", **ONE)
    with pytest.raises(BadInput, match="'urgent' is not there"):
        clear_tag(case, "urgent", who="li", **ONE)


@pytest.mark.parametrize("tag", ["", "  ", "x" * 81, "a\u202eb"])
def test_what_is_no_tag(case, tag):
    with pytest.raises(BadInput):
        set_tag(case, tag, who="li", **ONE)
    with pytest.raises(BadInput, match="needs a name"):
        set_tag(case, "fine", who=" ", **ONE)
    assert tags(case).empty
