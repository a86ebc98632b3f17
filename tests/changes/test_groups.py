from workbench.changes import Baseline, group_changes


def baseline(**groups):
    members = {name: frozenset(orders) for name, (orders, _) in groups.items()}
    return Baseline(members, {name: told for name, (_, told) in groups.items()})


def rows(before, after):
    told = group_changes(before, after).drop(columns=["was", "now", "orders"])
    return [tuple(row) for row in told.itertuples(index=False)]


def test_a_group_that_is_the_same_is_so():
    before = baseline(a=("1234", "evidence"))
    assert rows(before, before) == [("same", "a", "a", [], [], "evidence", "evidence")]


def test_a_group_is_known_again_by_its_orders_though_its_id_is_another():
    before = baseline(a=("123456", "evidence"), b=("789", "none"))
    after = baseline(x=("3456X", "needs_documents"), b=("789", "none"))
    assert rows(before, after) == [
        ("changed", "a", "x", ["1", "2"], ["X"], "evidence", "needs_documents")
    ]


def test_what_shares_too_little_went_and_came():
    before = baseline(a=("1234567890", "evidence"))
    after = baseline(x=("0ABCDEFGHI", "evidence"))
    assert rows(before, after) == [
        ("gone", "a", "", sorted("1234567890"), [], "evidence", "none"),
        ("new", "", "x", [], sorted("0ABCDEFGHI"), "none", "evidence"),
    ]


def test_of_two_that_share_orders_the_closer_one_is_the_same_group():
    before = baseline(a=("1234", "evidence"))
    after = baseline(x=("12", "evidence"), y=("1234", "evidence"))
    assert [(row[0], row[1], row[2]) for row in rows(before, after)] == [
        ("new", "", "x"),
        ("same", "a", "y"),
    ]


def test_groups_that_nobody_marked_are_left_out():
    assert rows(baseline(a=("12", "none")), baseline(b=("89", "none"))) == []
    assert len(rows(baseline(a=("12", "none")), baseline(a=("12", "evidence")))) == 1


def test_nothing_is_no_row_with_all_columns():
    found = group_changes(baseline(), baseline())
    assert list(found)[:7] == [
        *("state", "before_id", "after_id", "lost", "gained", "before", "after")
    ]
    assert found.empty


def test_a_group_whose_sentence_is_another_changed():
    one = Baseline({"a": frozenset("12")}, {"a": "evidence"}, {"a": {"zh": "二", "en": "two"}})
    other = Baseline({"a": frozenset("12")}, {"a": "evidence"}, {"a": {"zh": "三", "en": "three"}})
    (row,) = group_changes(one, other).to_dict("records")
    assert (row["state"], row["was"]["en"], row["now"]["zh"]) == ("changed", "two", "三")
    assert row["orders"] == ["1", "2"]
