import pytest

from workbench.case import decide
from workbench.errors import BadInput
from workbench.widgets import GroupPicker

from .conftest import Shop


@pytest.fixture
def picker(shop: Shop) -> GroupPicker:
    return GroupPicker(shop.case, shop.assessment)


def test_picture_and_list_show_the_same_groups(picker: GroupPicker):
    keys = ["G-aaaaaaaa", "G-bbbbbbbb", "G-cccccccc"]
    assert [mark["key"] for mark in picker.timeline.marks] == keys
    assert [group for _, group in picker.list.options] == keys
    assert picker.list.options[0][0] == (
        "◆ G-aaaaaaaa · 3 orders · 2025-03-01 10:00 – 11:00 · Unusual · Not decided yet"
    )
    assert [lane["key"] for lane in picker.timeline.lanes] == [
        "evidence",
        "needs_documents",
        "none",
    ]


def test_nothing_is_picked_at_first(picker: GroupPicker):
    assert picker.group_id == ""
    assert picker.list.value is None


def test_a_mark_picks_and_the_list_follows(picker: GroupPicker):
    picker.timeline.value = "G-bbbbbbbb"
    assert (picker.group_id, picker.list.value) == ("G-bbbbbbbb", "G-bbbbbbbb")


def test_a_line_picks_and_the_mark_follows(picker: GroupPicker):
    picker.list.value = "G-cccccccc"
    assert (picker.group_id, picker.timeline.value) == ("G-cccccccc", "G-cccccccc")


def test_a_page_cannot_pick_what_is_not_there(picker: GroupPicker):
    picker.pick("G-bbbbbbbb")
    picker.timeline.value = "G-zzzzzzzz"
    assert picker.group_id == ""


def test_a_wrong_id_is_told_with_the_right_ones(picker: GroupPicker):
    with pytest.raises(BadInput, match="no group 'G-1'") as caught:
        picker.pick("G-1")
    assert "G-aaaaaaaa" in str(caught.value)


def test_the_first_is_the_one_that_stands_out_most(picker: GroupPicker):
    picker.pick_first()
    assert picker.group_id == "G-aaaaaaaa"


def test_decisions_show_after_a_refresh_and_in_a_new_picker(picker: GroupPicker, shop: Shop):
    picker.pick("G-bbbbbbbb")
    decide(
        shop.case,
        subject="group",
        subject_id="G-bbbbbbbb",
        decision="defend",
        reason="r",
        who="w",
    )
    assert picker.timeline.marks[1]["decided"] == ""
    picker.refresh()
    assert picker.timeline.marks[1]["decided"] == "✔"
    assert picker.list.options[1][0].endswith("Defend")
    assert picker.group_id == "G-bbbbbbbb"
    assert picker.list.value == "G-bbbbbbbb"
    again = GroupPicker(shop.case, shop.assessment)
    assert again.timeline.marks[1]["decided"] == "✔"


def test_the_text_twin_is_stable_and_marks_the_picked_one(picker: GroupPicker, shop: Shop):
    picker.pick("G-bbbbbbbb")
    text = picker._repr_mimebundle_()["text/plain"]
    assert text.splitlines()[1].startswith("→ ▲ G-bbbbbbbb · 2 orders")
    twin = GroupPicker(shop.case, shop.assessment)
    twin.pick("G-bbbbbbbb")
    assert twin._repr_mimebundle_()["text/plain"] == text
    assert "widget-view" in "".join(picker._repr_mimebundle_())


def test_a_case_without_groups_says_so(shop: Shop):
    empty = type(shop.assessment)(
        shop.assessment.orders, shop.assessment.groups.head(0), shop.assessment.detectors
    )
    picker = GroupPicker(shop.case, empty)
    assert picker.told() == "Screening found no group of orders."
    assert picker.timeline.marks == []
    picker.pick_first()
    assert picker.group_id == ""


def test_chinese(shop: Shop):
    assert "未决定" in GroupPicker(shop.case, shop.assessment, "zh").told()


def test_the_list_shows_which_group_is_picked(shop: Shop):
    picker = GroupPicker(shop.case, shop.assessment)
    picker.pick("G-bbbbbbbb")
    picker.refresh()
    assert (picker.list.value, picker.list.index) == ("G-bbbbbbbb", 1)
    picker.list.index = 0  # what a browser sends
    assert picker.group_id == picker.list.value
