from dataclasses import replace

import pandas as pd
import pytest

from tests.explain.made import END, NOON, orders
from workbench.explain.score import Case, memberships, order_scores


def case(name: str, members: str, likelihood: float, assessment: str = "evidence") -> Case:
    return Case(name, frozenset(members), NOON, END, assessment, likelihood)


def lines(ids: str, **columns) -> pd.DataFrame:
    return orders([{"order_id": i, "created_at": NOON, **columns} for i in ids])


def test_members_get_the_whole_likelihood_and_other_orders_of_their_accounts_little():
    own = lines("ab", buyer_id="ann")
    theirs = pd.DataFrame({"order_id": ["a", "b", "z", "y"], "buyer_id": [*["ann"] * 3, "bob"]})
    belonging = memberships([case("G-1", "ab", 0.9)], own, theirs)
    scores = order_scores(belonging)
    assert scores.score.to_dict() == pytest.approx({"a": 0.9, "b": 0.9, "z": 0.018})
    assert scores.group_id["a"] == "G-1"
    assert pd.isna(scores.group_id["z"])


def test_orders_beside_a_group_inherit_less_and_are_no_members():
    crowd = replace(case("G-1", "ab", 0.9), beside=frozenset("c"))
    scores = order_scores(memberships([crowd], lines("ab")))
    assert scores.score.to_dict() == pytest.approx({"a": 0.9, "b": 0.9, "c": 0.27})
    assert pd.isna(scores.group_id["c"])


def test_an_item_of_three_lines_is_a_main_one_in_a_group_of_many_items():
    # 3 of 18 lines are less than a fifth, and no accident.
    many = [lines(f"{n}", product_id=f"i{n // 3}") for n in range(9)]
    own = pd.concat([lines("abcdefghi"), *many])
    scores = order_scores(memberships([case("G-1", "abcdefghi012345678", 0.5)], own)).score
    assert set(scores) == {0.5}


def test_beliefs_of_two_groups_join_by_noisy_or():
    # 1 − (1 − 0.5)(1 − 0.8) = 0.9
    belonging = memberships([case("G-1", "ab", 0.5), case("G-2", "bc", 0.8)], lines("abc"))
    assert order_scores(belonging).score.to_dict() == pytest.approx({"a": 0.5, "b": 0.9, "c": 0.8})


def test_main_group_is_the_graver_one_then_the_likelier():
    cases = [case("G-1", "ab", 0.9, "none"), case("G-2", "ab", 0.6), case("G-3", "a", 0.7)]
    main = order_scores(memberships(cases, lines("ab"))).group_id
    assert main.to_dict() == {"a": "G-3", "b": "G-2"}


def test_members_of_another_item_or_outside_the_window_count_half():
    own = pd.concat(
        [
            lines("abcdefgh"),
            lines("i", product_id="spoon"),
            lines("j").assign(created_at=END + pd.Timedelta(days=2)),
        ]
    )
    scores = order_scores(memberships([case("G-1", "abcdefghij", 0.5)], own)).score
    assert scores["a"] == pytest.approx(0.5)
    assert scores["i"] == scores["j"] == pytest.approx(0.25)


def test_without_a_main_item_all_members_count():
    own = orders(
        [{"order_id": str(n), "created_at": NOON, "product_id": f"i{n}"} for n in range(8)]
    )
    cases = [Case("G-1", frozenset(own.order_id), NOON, END, "none", 0.5)]
    assert set(order_scores(memberships(cases, own)).score) == {0.5}


def test_lines_without_an_item_say_nothing_of_the_main_item():
    own = pd.concat([lines("ab"), lines("c", product_id=None)])
    belonging = memberships([case("G-1", "abc", 0.5)], own)
    assert order_scores(belonging).score.to_dict() == pytest.approx({"a": 0.5, "b": 0.5, "c": 0.25})


def test_no_groups_give_no_scores():
    assert order_scores(memberships([], lines("a"))).empty
