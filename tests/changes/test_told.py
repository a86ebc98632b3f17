from datetime import date

import pandas as pd

from workbench.changes import Baseline, changes_told, figure_changes, group_changes

LOST = {order: ("refunded", date(2026, 5, 12)) for order in "1234"}


def groups(before, after, was="evidence", now="evidence"):
    one = Baseline({"G-3": frozenset(before)} if before else {}, {"G-3": was})
    other = Baseline({"G-x": frozenset(after)} if after else {}, {"G-x": now})
    return group_changes(one, other)


def none():
    return figure_changes({}, {})


def test_a_group_that_lost_orders_says_why_and_when():
    told = changes_told(groups("123456789", "56789"), none(), LOST, "en")
    assert told == ["Group G-3 lost 4 orders: 4 were refunded on 2026-05-12 (1, 2, 3, 4)."]
    told = changes_told(groups("123456789", "56789"), none(), LOST, "zh")
    assert told == ["订单组 G-3 减少 4 笔订单：4 笔已于 2026-05-12 退款（1, 2, 3, 4）。"]


def test_several_reasons_stand_in_one_sentence():
    reasons = {"1": ("closed", None), "2": ("refunded", None)}
    (told,) = changes_told(groups("123456", "3456"), none(), reasons, "en")
    assert told == "Group G-3 lost 2 orders: 1 were closed (1); 1 were refunded (2)."


def test_what_came_and_went_is_told():
    reasons = dict.fromkeys("12345678", ("new", None))
    assert changes_told(groups("", "1234"), none(), reasons, "en") == [
        "Group G-x is new (4 orders, Unusual): 4 came with the newer files (1, 2, 3, 4)."
    ]
    (gone,) = changes_told(groups("1234", ""), none(), reasons, "en")
    assert gone.startswith("Group G-3 is no longer found: 4 ")


def test_another_assessment_is_told_in_words():
    (told,) = changes_told(groups("12", "12", now="none"), none(), {}, "en")
    assert told == "Group G-3 was “Unusual” and is “No concern”."


def test_many_orders_are_not_all_listed():
    reasons = dict.fromkeys(map(str, range(100, 130)), ("others", None))
    before, after = set(reasons) | set("abcdefghijklmnopqrstuvwxyz"), "abcdefghijklmnopqrstuvwxyz"
    (told,) = changes_told(groups(before, after), none(), reasons, "en")
    assert "107…" in told
    assert "108" not in told


def test_figures_are_counted_and_listed():
    before = {"N1": {"name": "Defended", "value": "12"}, "N2": {"name": "Held", "value": "3"}}
    after = {"N1": {"name": "Defended", "value": "8"}, "N3": {"name": "Days", "value": "2"}}
    told = changes_told(groups("", ""), figure_changes(before, after), {}, "en")
    assert told == [
        "No marked group changed.",
        "2 of 2 figures of the letter change:",
        "  Defended: 12 → 8",
        "  Held: 3 is gone",
        "  Days: 2 is new",
    ]
    same = changes_told(groups("", ""), figure_changes(before, before), {}, "en")
    assert same[-1] == "All 2 figures of the letter are what they were."


def test_without_a_letter_nothing_is_said_of_figures():
    assert changes_told(pd.DataFrame(groups("12", "12")), none(), {}, "en") == [
        "No marked group changed."
    ]


def test_a_sentence_worded_anew_is_told_with_what_became_of_the_orders():
    one = Baseline({"G-3": frozenset("12")}, {"G-3": "evidence"}, {"G-3": {"zh": "二", "en": "2."}})
    other = Baseline(
        {"G-3": frozenset("12")}, {"G-3": "evidence"}, {"G-3": {"zh": "一", "en": "1."}}
    )
    reasons = {"1": ("closed", None), "2": ("others", None)}
    assert changes_told(group_changes(one, other), none(), reasons, "en") == [
        "Group G-3 is told otherwise. Before: 2. Now: 1.",
        "Of the orders of group G-3: 1 were closed (1).",
    ]


def test_figures_inside_a_sentence_that_was_worded_anew_are_told_together():
    before = {"N1": {"name": "G-3, what is seen: …[9] of 17…", "value": "9"}}
    after = {"N1": {"name": "G-3, what is seen: …[5] of 17…", "value": "5"}}
    told = changes_told(groups("", ""), figure_changes(before, after), {}, "en")
    assert told[1:] == [
        "1 of 1 figures of the letter change:",
        "  G-3, what is seen: 0 figures changed, 1 are gone, 1 are new",
    ]
