from workbench.changes import figure_changes


def figures(*told):
    return {f"N{n:02d}": {"name": name, "value": value} for n, (name, value) in enumerate(told)}


def rows(before, after):
    return [tuple(row) for row in figure_changes(before, after).itertuples(index=False)]


def test_figures_are_known_by_name_whatever_their_number():
    before = figures(("orders", "30"), ("defended", "12"))
    after = figures(("days", "3"), ("defended", "11"), ("orders", "30"))
    assert rows(before, after) == [
        ("same", "orders", "30", "30"),
        ("changed", "defended", "12", "11"),
        ("new", "days", "", "3"),
    ]


def test_a_figure_that_is_no_longer_told_is_gone():
    assert rows(figures(("orders", "30")), {}) == [("gone", "orders", "30", "")]


def test_figures_of_one_name_are_held_against_each_other_in_their_order():
    before = figures(("size", "4"), ("size", "5"))
    assert rows(before, figures(("size", "4"), ("size", "6"))) == [
        ("same", "size", "4", "4"),
        ("changed", "size", "5", "6"),
    ]


def test_a_group_with_another_id_by_now_keeps_its_figures():
    before = figures(("group G-1: size", "4"))
    assert [row[0] for row in rows(before, figures(("group G-2: size", "4")))] == ["gone", "new"]
    found = figure_changes(before, figures(("group G-2: size", "3")), {"G-1": "G-2"})
    assert [tuple(row) for row in found.itertuples(index=False)] == [
        ("changed", "group G-2: size", "4", "3")
    ]
